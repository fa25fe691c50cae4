import type { ReaderActionKind } from '../../../main/ports/readers-api.ts';
import type { ModelIntent } from './payment-intents.ts';

/** What Stripe holds of a reader's last action. A reader has one: whatever comes next takes its place. */
export interface Slot {
  readonly kind: ReaderActionKind;
  readonly intent: ModelIntent | null;
  /** The kiosk, or the other till, that asked for it. */
  readonly by: string;
  status: 'in_progress' | 'succeeded' | 'failed';
  failureCode: string | null;
  hasCard: boolean;
}

/** A payment is on the reader: it waits for a card, charges one, holds one, or was cut off in the middle. */
export function isLive(slot: Slot | null): slot is Slot & { readonly intent: ModelIntent } {
  if (slot?.intent == null) return false;
  return slot.status === 'in_progress' || (slot.hasCard && slot.status === 'succeeded');
}
