/**
 * The tables whose rows hang on a sale, each with the column that names it; children come after what they hang on. What
 * became of its card and its refunds are not among them: they stay known whatever becomes of the sale's record.
 */
export const rowsOfSale = [
  ['payment_attempts', 'sale_id'],
  ['sale_events', 'sale_id'],
  ['outbox', 'owner'],
  ['calls', 'owner'],
  ['reader_prompts', 'owner'],
] as const;

/** The tables in which work for the outside has left its traces, whoever it belongs to. */
export const rowsOfWork = ['outbox', 'calls', 'reader_prompts'] as const;
