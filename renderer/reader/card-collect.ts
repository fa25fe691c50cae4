/** An error of the SDK's, as far as it is told of. */
export interface SdkError {
  readonly code?: string;
  /** Null as well as left out at run time, whatever Stripe's type says; so is the PaymentIntent. */
  readonly decline_code?: string | null;
  readonly payment_intent?: { readonly status: string } | null;
}

/** What the SDK said of a card that was to be charged, kept, or given back to. */
export type Processed =
  | { readonly kind: 'processed' }
  | {
      readonly kind: 'failed';
      readonly error: SdkError;
      /** `paymentIntentStatus` of the contract: null where the outcome is not known. */
      readonly status: string | null;
    };

/** What a collect came to. `process` does with the card that was read what it was collected for. */
export type Collected =
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'collected'; readonly process: () => Promise<Processed> };

/** How the SDK asks for a card for one purpose: a payment, a setup or a refund. */
export interface CardCollect {
  readonly purpose: 'payment' | 'setup' | 'refund';
  /** What the reader shows before the prompt. Never rejects: what is not shown is no harm. */
  show(): Promise<void>;
  collect(): Promise<Collected>;
  /** Whatever the SDK answers: that the collect has ended, the collect itself tells. */
  cancel(): Promise<unknown>;
}
