import type { PromptObject } from '../../../main/ports/reader-book.ts';
import type { ReaderActionKind } from '../../../main/ports/readers-api.ts';
import type { ModelIntent } from './payment-intents.ts';
import type { ModelSetup } from './setup-intents.ts';

/** What Stripe holds of a reader's last action. A reader has one: whatever comes next takes its place. */
export interface Slot {
  readonly kind: ReaderActionKind;
  /** Of a payment, and of what is given back of one. */
  readonly intent: ModelIntent | null;
  /** Of keeping a card without a sale. */
  readonly setup: ModelSetup | null;
  /** How much is given back; null for what gives nothing back. */
  readonly givesBack: number | null;
  /** The kiosk, or the other till, that asked for it. */
  readonly by: string;
  status: 'in_progress' | 'succeeded' | 'failed';
  failureCode: string | null;
  hasCard: boolean;
}

/** A payment is on the reader: it waits for a card, charges one, holds one, or was cut off in the middle. */
export function isLive(slot: Slot | null): slot is Slot & { readonly intent: ModelIntent } {
  return isInUse(slot) && slot.intent !== null && slot.givesBack === null;
}

/** Somebody's card is asked for, whatever for. */
export function isInUse(slot: Slot | null): slot is Slot {
  if (slot === null || slot.kind === 'set_reader_display') return false;
  return slot.status === 'in_progress' || (slot.hasCard && slot.status === 'succeeded');
}

/** What a prompt is about, as Stripe names it: a refund by its Charge. */
export function objectOf({ intent, setup, givesBack }: Slot): PromptObject | null {
  if (setup !== null) return setup.id;
  if (givesBack === null) return intent?.id ?? null;
  return intent?.charges.at(-1)?.id ?? null;
}
