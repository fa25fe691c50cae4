import type { ChargeId, PaymentIntentId } from './ids.ts';
import type { PlatformFacts } from './platform-order.ts';

/** Stripe's words. An unknown one is refused where the reply is parsed. */
export const paymentIntentStatuses = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'requires_capture',
  'succeeded',
  'canceled',
] as const;

export type PaymentIntentStatus = (typeof paymentIntentStatuses)[number];

/** What the receipt needs of the card; nothing that could be used to pay. */
export interface CardDetails {
  readonly brand: string;
  readonly last4: string;
  readonly readMethod: string | null;
  readonly applicationPreferredName: string | null;
  readonly dedicatedFileName: string | null;
  readonly authorizationCode: string | null;
  readonly authorizationResponseCode: string | null;
  readonly applicationCryptogram: string | null;
  readonly terminalVerificationResults: string | null;
  readonly transactionStatusInformation: string | null;
  readonly cardholderVerificationMethod: string | null;
  readonly accountType: string | null;
}

/** A PaymentIntent as main has read it itself. Holds no client secret. */
export interface PaymentIntentFacts {
  readonly id: PaymentIntentId;
  readonly status: PaymentIntentStatus;
  readonly amount: number;
  readonly currency: string;
  readonly amountCapturable: number;
  readonly amountReceived: number;
  /** Of the latest Charge; whoever refunded it. */
  readonly amountRefunded: number;
  /** The cardholder's bank has taken the latest Charge back, or wants to. */
  readonly disputed: boolean;
  readonly acceptsCardPresent: boolean;
  /** The latest Charge, a failed one too: it tells one attempt's decline from another's. */
  readonly latestChargeId: ChargeId | null;
  readonly lastPaymentError: {
    readonly code: string;
    readonly declineCode: string | null;
  } | null;
  /** Stripe's word for why it was cancelled: `automatic` when its hold lapsed. Null while it is not. */
  readonly cancellationReason: string | null;
  /** When the hold lapses, epoch milliseconds UTC. */
  readonly captureBeforeMs: number | null;
  readonly card: CardDetails | null;
  /** `metadata.sale` and `metadata.kiosk`: whose it is (P10). */
  readonly saleId: string | null;
  readonly kioskId: string | null;
  readonly livemode: boolean;
  /** The connected account it is on; left out where it is on the account of the key. */
  readonly account?: string;
  /** Of a PaymentIntent that a selling platform made: what it says of the order. Left out where there is none. */
  readonly platform?: PlatformFacts;
  /** Nobody could read the PaymentIntent itself any more: all but `platform` is as last known. */
  readonly unseen?: true;
}
