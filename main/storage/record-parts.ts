import { z } from 'zod';

/** Money in a stored record, in the minor unit. */
export const money = z.strictObject({ amount: z.int(), currency: z.string().length(3) });
export const count = z.int().min(0);
export const textOrNull = z.string().nullable();

/** An id in a stored record. Brands are given only to text that has the form: what was edited by hand does not pass. */
export function id<Id>(parse: (text: string) => Id) {
  return z.string().transform((text, context): Id => {
    try {
      return parse(text);
    } catch (error) {
      context.addIssue(error instanceof Error ? error.message : 'not an id');
      return z.NEVER;
    }
  });
}
