import { z } from 'zod';
import { attemptIdSchema } from './sale.ts';

const commandId = z.string().min(1).max(80);

/** What asks for a card: a sale, a setup that keeps one, or a refund in person. */
const ownerId = z.string().regex(/^(sale|setup|refund)_[0-9a-z]{10,40}$/);

/** Stripe's error codes and statuses: an open set, so short words rather than a list. */
const stripeWord = z.string().regex(/^[a-z0-9_]{1,64}$/);

/** What the window saw of a command. Hints: they wake a read, they never decide (P4). */
export const readerReportRequest = z.strictObject({
  ownerId,
  attemptId: attemptIdSchema,
  commandId,
  report: z.discriminatedUnion('kind', [
    /** The reader shows its prompt. */
    z.strictObject({ kind: z.literal('awaiting_card') }),
    z.strictObject({ kind: z.literal('collected') }),
    z.strictObject({ kind: z.literal('collect_failed'), code: stripeWord }),
    /** A setup was confirmed, or a refund processed; of a payment `payment:capture` tells. */
    z.strictObject({ kind: z.literal('processed') }),
    z.strictObject({
      kind: z.literal('process_failed'),
      code: stripeWord,
      declineCode: stripeWord.nullable(),
      /**
       * Status of the PaymentIntent inside the error; null when the error held none. Of a setup or a refund:
       * `requires_payment_method` where the SDK says by its code that nothing came of it, else null.
       */
      paymentIntentStatus: stripeWord.nullable(),
    }),
  ]),
});

/** The SDK says the payment was processed: main reads the PaymentIntent and captures it. */
export const paymentCaptureRequest = z.strictObject({
  ownerId,
  attemptId: attemptIdSchema,
  commandId,
});

export const readerStatusRequest = z.strictObject({
  connection: z.enum(['not_connected', 'connecting', 'connected']),
  payment: z.enum(['not_ready', 'ready', 'waiting_for_input', 'processing']),
  label: z.string().max(200).nullable(),
  /** Why there is no connection: an SDK code, or `no_reader_found`, `which_reader`, `sdk_not_loaded`. */
  problem: stripeWord.nullable(),
});

export type ReaderReport = z.infer<typeof readerReportRequest>['report'];
export type ReaderStatus = z.infer<typeof readerStatusRequest>;

export interface CartView {
  readonly lineItems: readonly {
    readonly description: string;
    readonly amount: number;
    readonly quantity: number;
  }[];
  readonly tax: number;
  readonly total: number;
  readonly currency: string;
}

/** One command at a time, each with an id of its own. Main decides, the window drives the reader. */
export type ReaderCommand = {
  readonly ownerId: string;
  readonly attemptId: string;
  readonly commandId: string;
} & (
  | {
      readonly kind: 'collect';
      readonly collect: CollectOrder;
    }
  /** Process what was collected under this attempt; a payment also a second and third time. */
  | { readonly kind: 'process' }
  | { readonly kind: 'cancel' }
);

/** What to ask for a card for. A client secret is held for this step only: never stored, logged, or put in a URL. */
export type CollectOrder =
  | {
      readonly for: 'payment';
      readonly clientSecret: string;
      readonly cart: CartView;
      /** The customer agreed that the card is kept for what was agreed. */
      readonly keepsCard: boolean;
    }
  | { readonly for: 'setup'; readonly clientSecret: string }
  | {
      readonly for: 'refund';
      readonly chargeId: string;
      /** Minor units. */
      readonly amount: number;
      readonly currency: string;
    };
