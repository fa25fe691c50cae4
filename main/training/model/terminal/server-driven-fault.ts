import { z } from 'zod';

/**
 * The mishaps of a server-driven reader. Those that name a state (`reader_offline`,
 * `reader_updating`) hold until it ends; each of the others happens once, to the next command,
 * card or event it fits.
 */
export const serverDrivenFaults = [
  /** Refused with terminal_reader_timeout; `arrives` says whether the reader heard it even so. */
  z.strictObject({ kind: z.literal('command_times_out'), arrives: z.boolean() }),
  /** Refused with terminal_reader_busy: the reader updates its software or changes settings. */
  z.strictObject({
    kind: z.literal('reader_updating'),
    forMs: z.int().min(1).max(86_400_000),
  }),
  /** Refused with terminal_reader_offline until `reader_online` or until it is called off. */
  z.strictObject({ kind: z.literal('reader_offline') }),
  z.strictObject({ kind: z.literal('reader_online') }),
  /** Refused with terminal_reader_hardware_fault. */
  z.strictObject({ kind: z.literal('hardware_fault') }),
  /** The action fails with connection_error; `authorized` says whether Stripe heard of the card. */
  z.strictObject({ kind: z.literal('connection_error'), authorized: z.boolean() }),
  /** The customer presses cancel at the prompt that shows now, or at the next that has the button. */
  z.strictObject({ kind: z.literal('customer_cancels') }),
  /** The reader goes away with a card presented: the action stays in_progress, no event follows. */
  z.strictObject({ kind: z.literal('reader_lost_during_action'), authorized: z.boolean() }),
  /** The card cannot be read, however often the customer tries. */
  z.strictObject({ kind: z.literal('card_unreadable') }),
  /** The authorization takes longer, with either integration. */
  z.strictObject({
    kind: z.literal('slow_authorization'),
    extraMs: z.int().min(0).max(600_000),
  }),
  /** What happens to the next `terminal.reader.*` event. */
  z.strictObject({ kind: z.literal('event_missing') }),
  z.strictObject({ kind: z.literal('event_late'), byMs: z.int().min(1).max(86_400_000) }),
  z.strictObject({ kind: z.literal('event_twice') }),
] as const;

const serverDrivenFault = z.discriminatedUnion('kind', serverDrivenFaults);

export type ServerDrivenFault = z.infer<typeof serverDrivenFault>;

/** Reads a mishap. Null when it is none. */
export function parseServerDrivenFault(value: unknown): ServerDrivenFault | null {
  const parsed = serverDrivenFault.safeParse(value);
  return parsed.success ? parsed.data : null;
}
