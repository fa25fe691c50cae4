import { z } from 'zod';

/** A text that decides nothing: what is no text of a bounded length counts as not told. */
export const hint = z.string().max(500).nullish().catch(null);

/** Stripe leaves some texts empty instead of leaving them out. */
export function told(text: z.infer<typeof hint>): string | null {
  return text === undefined || text === '' ? null : text;
}
