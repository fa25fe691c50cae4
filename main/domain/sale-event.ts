import type { AttemptId, RefundId } from './ids.ts';
import type { PaymentIntentFacts } from './payment-intent.ts';
import type { PlatformFacts, PlatformOrder } from './platform-order.ts';
import type { Keeping, StaffDecision, StoredCard, Tender } from './sale.ts';

/** The steps that change something at Stripe. */
export type Step = 'create' | 'capture' | 'cancel' | 'confirm';

/** Everything that can happen to a sale. Those of the reader are hints (P4); those of Stripe were read by main. */
export type SaleEvent =
  // The customer.
  /** At review: keep this card, or (null) do not. */
  | { readonly kind: 'keeping_chosen'; readonly keeping: Keeping | null }
  /** At review: pay with this card on file, or (null) in person. */
  | {
      readonly kind: 'stored_card_chosen';
      readonly storedCard: StoredCard | null;
      /** Of staff who charge it for the member: their name, and what for. */
      readonly by?: string;
      readonly why?: string;
    }
  /** At review: the platform's order it pays, and how much of that the member's account there pays. */
  | { readonly kind: 'platform_order_set'; readonly platformOrder: PlatformOrder }
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'extended' }
  | { readonly kind: 'customer_canceled' }
  | { readonly kind: 'another_card_asked' }
  | { readonly kind: 'customer_accepted'; readonly attemptId: AttemptId }
  | { readonly kind: 'customer_left' }
  // The reader, told by the driver.
  /** Main is about to ask the reader itself; stored before the call. */
  | {
      readonly kind: 'reader_called';
      readonly attemptId: AttemptId;
      readonly steps: 'one_step' | 'two_step';
    }
  /** The reader did not answer: the same attempt goes to the spare. */
  | { readonly kind: 'reader_moved'; readonly attemptId: AttemptId }
  | { readonly kind: 'reader_prompted'; readonly attemptId: AttemptId }
  /** A reader that asks for the card and charges it in one step has come to an end. */
  | { readonly kind: 'reader_finished'; readonly attemptId: AttemptId; readonly hint: ProcessHint }
  | {
      readonly kind: 'card_collected';
      readonly attemptId: AttemptId;
      /** The studio wants the customer asked once more before the card is charged. */
      readonly askFirst: boolean;
    }
  | { readonly kind: 'collect_failed'; readonly attemptId: AttemptId; readonly code: string }
  | {
      readonly kind: 'process_answered';
      readonly attemptId: AttemptId;
      /** Which processPayment of the attempt answered, from 1: an earlier one's late answer is dropped. */
      readonly count: number;
      readonly hint: ProcessHint;
    }
  /** A page was loaded: what the former page held (the collected card, a running call) is gone. */
  | { readonly kind: 'window_loaded' }
  // Stripe, asked by main.
  | { readonly kind: 'payment_intent_created'; readonly paymentIntent: PaymentIntentFacts }
  /** Looked for by its metadata: null means that a complete look found none. */
  | {
      readonly kind: 'payment_intent_looked_up';
      readonly paymentIntent: PaymentIntentFacts | null;
      /** What the platform says of the order, where it knows no PaymentIntent that could be paid. */
      readonly platform?: PlatformFacts;
    }
  /** The platform has recorded the payment; `agrees` is false where its order's amount is another. */
  | { readonly kind: 'order_recorded'; readonly agrees: boolean }
  /** It refuses to, for good. */
  | { readonly kind: 'order_not_recorded'; readonly code: string }
  | {
      readonly kind: 'payment_intent_read';
      readonly paymentIntent: PaymentIntentFacts;
      /** The sale's revision when the read left. */
      readonly leftAt: number;
    }
  | { readonly kind: 'read_refused' }
  /** Stripe answered the step with success; what is true now is read next. */
  | { readonly kind: 'step_done'; readonly step: 'capture' | 'cancel' | 'confirm' }
  /** Refused for good: the same request would be refused again. */
  | {
      readonly kind: 'step_refused';
      readonly step: Step;
      readonly code: string;
      /** The request had been sent before, without an answer: the first may have been carried out. */
      readonly wasRepeated: boolean;
    }
  /** A 5xx is stored under its key and replayed for a day: only a look can tell, then a new key (P2). */
  | { readonly kind: 'step_uncertain'; readonly step: Step }
  /** No answer. The outbox repeats it under the same key; the customer hears of trouble. */
  | { readonly kind: 'unanswered' }
  /** Listed at Stripe under this sale's id: by a sweep, not by a call of this sale. */
  | { readonly kind: 'payment_intent_found'; readonly paymentIntent: PaymentIntentFacts }
  /** The consent to charge the card on file is gone: it is not charged. */
  | { readonly kind: 'consent_missing' }
  /** The charge to a card on file has waited for the network as long as it may. */
  | { readonly kind: 'wait_lapsed' }
  /** A refund of this sale was asked for, and the request is on disk with this event. Minor units. */
  | { readonly kind: 'giving_back'; readonly refundId: RefundId; readonly amount: number }
  /** That refund was refused, cancelled, or has failed: the money is still the studio's. */
  | { readonly kind: 'not_given_back'; readonly refundId: RefundId; readonly amount: number }
  /** An event, a sweep or a person wants the PaymentIntent read again. */
  | { readonly kind: 'look_asked' }
  // Staff. `by` is the name they gave; both texts are theirs.
  | {
      readonly kind: 'tender_recorded';
      readonly tender: Tender;
      readonly by: string;
      readonly why: string;
    }
  | {
      readonly kind: 'staff_decided';
      readonly decision: StaffDecision;
      /** Only of `capture_part`: how much of the hold is taken, minor units. */
      readonly amount?: number;
      readonly by: string;
      readonly why: string;
    }
  // Time and the machine.
  | { readonly kind: 'time_passed'; readonly wait: WaitName }
  | { readonly kind: 'restarted' }
  /** Its record is from a backup: what was decided and done after that is not known. */
  | { readonly kind: 'record_restored' }
  /** A sale on its way has no work in the outbox any more: what it waits for must be found out anew. */
  | { readonly kind: 'work_missing' };

export type ProcessHint =
  | { readonly kind: 'processed' }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly declineCode: string | null;
      /** Null when the error held no PaymentIntent: the outcome is unknown. */
      readonly paymentIntentStatus: string | null;
    };

export type WaitName =
  | 'reviewing'
  | 'starting'
  | 'waking_reader'
  | 'awaiting_card'
  | 'still_paying'
  | 'card_read'
  | 'declined'
  | 'authorizing'
  | 'lingering';
