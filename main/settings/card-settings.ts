import { z } from 'zod';

/** What of cards on file the studio wants. */
export interface CardSettings {
  /** Members are offered to keep a card. */
  readonly keep: boolean;
  /** How much of charges to cards on file may wait for the network, minor units, and for how long; null: none may. */
  readonly waiting: {
    readonly each: number;
    readonly total: number;
    readonly hours: number;
  } | null;
}

const amountWords = 'must be a whole number of minor units: 25.00 dollars is 2500';
const amount = z.int({ error: amountWords }).min(1, amountWords).max(99_999_999, amountWords);
// Longer than a long weekend is no wait for a network: prices and members have changed by then.
const hoursWords = 'must be a whole number of hours, from 1 to 168';
const hours = z.int({ error: hoursWords }).min(1, hoursWords).max(168, hoursWords);

/** `cards` in `foyer.json`. */
export const cardsSection = z.strictObject({
  keep: z.boolean({ error: 'must be true or false' }).optional(),
  waiting: z
    .strictObject({ each: amount, total: amount, hours })
    .refine(({ each, total }) => each <= total, {
      path: ['each'],
      error: 'must not be more than cards.waiting.total',
    })
    .optional(),
});

/** What the file says, with what it leaves open filled in: cards are kept, and no charge waits. */
export function cardSettings(read: z.infer<typeof cardsSection> | undefined): CardSettings {
  return { keep: read?.keep ?? true, waiting: read?.waiting ?? null };
}
