/** A PaymentIntent as a platform reads it from its own Stripe account. */
export interface PlatformPaymentIntent {
  readonly id: string;
  readonly clientSecret: string;
  readonly status: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly customer: string | null;
  readonly chargeId: string | null;
  /** Why the last card was declined. */
  readonly error: string | null;
  /** As Stripe wrote it, with nothing expanded. */
  readonly json: object;
}

/** What a platform needs to know of a card that was tapped. */
export interface PlatformCharge {
  readonly paymentMethod: string | null;
  /** The reusable card that came of it; null for none. */
  readonly generatedCard: string | null;
  readonly brand: string | null;
  readonly issuer: string | null;
}

/** How a platform asks for a PaymentIntent. */
export interface PlatformPaymentOrder {
  readonly amount: number;
  readonly currency: string;
  readonly types: readonly string[];
  readonly captureMethod: 'automatic' | 'manual';
  readonly customer?: string;
  /** The tapped card is to become a reusable one. */
  readonly keepsCard?: boolean;
  readonly receiptEmail?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Stripe's refusal of what a platform asked. */
export class StripeRefused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'StripeRefused';
    this.status = status;
    this.code = code;
  }
}

/** A platform's own Stripe account, as far as a platform uses it. Every method rejects with `StripeRefused`. */
export interface PlatformStripe {
  createPaymentIntent(order: PlatformPaymentOrder): Promise<PlatformPaymentIntent>;
  readPaymentIntent(id: string): Promise<PlatformPaymentIntent>;
  /** `amount` in minor units. */
  capture(id: string, amount: number): Promise<PlatformPaymentIntent>;
  readCharge(id: string): Promise<PlatformCharge>;
  createCustomer(name: string): Promise<string>;
  createSetupIntent(order: {
    readonly customer: string;
    readonly type: 'card' | 'card_present';
  }): Promise<{ readonly id: string; readonly clientSecret: string }>;
  /** The card the reader saw, and the reusable one that came of it. */
  readSetupIntent(id: string): Promise<{
    readonly paymentMethod: string | null;
    readonly generatedCard: string | null;
  }>;
  readPaymentMethod(
    id: string,
  ): Promise<{ readonly type: string; readonly customer: string | null }>;
  attach(paymentMethod: string, customer: string): Promise<void>;
  setBilling(
    paymentMethod: string,
    billing: { readonly name: string | null; readonly postalCode: string },
  ): Promise<void>;
  /** Bound to the Stripe location. */
  connectionToken(location: string): Promise<string>;
  listReaders(
    location: string,
  ): Promise<readonly { readonly id: string; readonly label: string }[]>;
  registerReader(reader: {
    readonly code: string;
    readonly label: string;
    readonly location: string;
  }): Promise<void>;
  renameReader(id: string, label: string): Promise<void>;
  removeReader(id: string): Promise<void>;
}
