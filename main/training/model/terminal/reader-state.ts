import type Stripe from 'stripe';

import type { Presentation } from '../moves/presentation.ts';
import type { TestCard } from '../test-cards.ts';
import type { PaymentPurpose, RefundPurpose, SetupPurpose } from './purpose.ts';

/** A prompt for a card as a client ordered it; `type` is the action's. */
export type CardOrder = (
  | {
      readonly type: 'process_payment_intent' | 'collect_payment_method' | 'confirm_payment_intent';
      readonly purpose: PaymentPurpose;
    }
  | { readonly type: 'process_setup_intent'; readonly purpose: SetupPurpose }
  | { readonly type: 'refund_payment'; readonly purpose: RefundPurpose }
) & {
  /** Whether the customer sees a cancel button. */
  readonly cancelable: boolean;
};

/** The orders of a payment, the only ones whose card can be collected first and confirmed later. */
export type PaymentOrder = Extract<CardOrder, { readonly purpose: PaymentPurpose }>;

/** What the customer will do by itself at a prompt; null waits for somebody to show a card. */
export type CustomerPlan =
  | { readonly does: 'presents'; readonly atMs: number; readonly card: TestCard }
  | { readonly does: 'cancels'; readonly atMs: number }
  | null;

/** What goes wrong while a card is authorized. `authorized` says whether Stripe heard of it. */
export type Mishap =
  | { readonly kind: 'connection_error'; readonly authorized: boolean }
  | { readonly kind: 'reader_lost'; readonly authorized: boolean }
  | null;

/** What came of a card beside its intent, as the action shows it. */
export interface Made {
  readonly generatedCard?: string;
  readonly refund?: string;
}

/** How an action ended. */
export type ActionResult =
  | { readonly status: 'succeeded'; readonly made: Made }
  | {
      readonly status: 'failed';
      readonly code: string;
      readonly message: string;
      /** Null when the failure came from the reader itself and not from Stripe's API. */
      readonly apiError: Stripe.Terminal.Reader.Action.ApiError | null;
    };

/** A card that was read and waits for its confirm. */
export interface CollectedPhase {
  readonly kind: 'collected';
  readonly order: PaymentOrder;
  readonly presentation: Presentation;
  readonly untilMs: number;
}

/** What one server-driven reader is doing. Times are epoch milliseconds. */
export type ReaderPhase =
  | { readonly kind: 'resting' }
  | { readonly kind: 'prompting'; readonly order: CardOrder; readonly customer: CustomerPlan }
  | {
      readonly kind: 'reading';
      readonly order: CardOrder;
      readonly card: TestCard;
      readonly tipAmount: number | null;
      readonly untilMs: number;
    }
  | CollectedPhase
  | {
      readonly kind: 'authorizing';
      readonly order: CardOrder;
      readonly presentation: Presentation;
      readonly mishap: Mishap;
      readonly untilMs: number;
      /** Where the card was collected before: as it was then. It may be confirmed again. */
      readonly collected: CollectedPhase | null;
    }
  /** The bank has answered and the PaymentIntent shows it, but the action does not yet. */
  | {
      readonly kind: 'reporting';
      readonly result: ActionResult;
      readonly next: { readonly kind: 'resting' } | CollectedPhase;
      readonly untilMs: number;
    }
  /** The reader went away in the middle of a card; only cancel_action brings it back. */
  | { readonly kind: 'lost' };

/** An event that Stripe has not shown yet. */
export interface LateEvent {
  readonly atMs: number;
  readonly createdSec: number;
  readonly type: ReaderEventType;
  readonly reader: Stripe.Terminal.Reader;
}

/** The events that tell of a reader's action. */
export type ReaderEventType =
  | 'terminal.reader.action_succeeded'
  | 'terminal.reader.action_failed'
  | 'terminal.reader.action_updated';

/** What is true of a reader and not in the object Stripe shows. Its id is the reader's. */
export interface ReaderState {
  readonly id: string;
  readonly registrationCode: string | null;
  readonly phase: ReaderPhase;
  /** Grows with each phase. */
  readonly turn: number;
  readonly lateEvents: readonly LateEvent[];
}
