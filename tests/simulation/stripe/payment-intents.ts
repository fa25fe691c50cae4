import {
  type ChargeId,
  chargeId,
  type KioskId,
  type PaymentIntentId,
  paymentIntentId,
  type SaleId,
} from '../../../main/domain/ids.ts';
import type { PaymentIntentStatus } from '../../../main/domain/payment-intent.ts';
import type { Agenda, Appointment } from '../time/agenda.ts';

/** Stripe's authorisations of a Terminal payment last 2 days. In milliseconds. */
export const holdLastsMs = 2 * 24 * 3_600_000;

export interface ModelCharge {
  readonly id: ChargeId;
  readonly failure: { readonly code: string; readonly declineCode: string } | null;
}

/** Who changed a PaymentIntent; the kiosk answers only for what it did itself. */
export type Actor = 'kiosk' | 'reader' | 'dashboard' | 'stripe' | 'other_kiosk' | 'second_kiosk';

export interface LedgerEntry {
  readonly atMs: number;
  readonly what:
    | 'created'
    | 'declined'
    | 'authorized'
    | 'captured'
    | 'canceled'
    | 'expired'
    | 'refunded'
    | 'amount_changed'
    | 'given_away';
  readonly by: Actor;
  readonly amount: number;
}

/** A PaymentIntent as the model's ledger holds it. */
export interface ModelIntent {
  readonly id: PaymentIntentId;
  readonly createdAtMs: number;
  readonly clientSecret: string;
  readonly currency: string;
  readonly saleId: string | null;
  /** Whose it is; only the dashboard changes it. */
  kioskId: string | null;
  readonly orderHash: string | null;
  readonly history: LedgerEntry[];
  readonly charges: ModelCharge[];
  amount: number;
  status: PaymentIntentStatus;
  amountCapturable: number;
  amountReceived: number;
  amountRefunded: number;
  lastPaymentError: { readonly code: string; readonly declineCode: string } | null;
  cancellationReason: string | null;
  captureBeforeMs: number | null;
  lapses: Appointment | null;
}

export type Refusal = { readonly refused: string };

export type CardOutcome =
  | { readonly kind: 'approved' }
  | {
      readonly kind: 'declined';
      readonly code: string;
      readonly declineCode: string;
      readonly hasCharge: boolean;
    };

export interface NewIntent {
  readonly amount: number;
  readonly currency: string;
  readonly saleId: SaleId | null;
  readonly kioskId: KioskId | null;
  readonly orderHash: string | null;
}

/** The payment system's own ledger of PaymentIntents: what really happened to money. */
export class PaymentIntents {
  readonly #agenda: Agenda;
  readonly #all = new Map<PaymentIntentId, ModelIntent>();
  readonly #onEntry: (intent: ModelIntent, entry: LedgerEntry) => void;
  #count = 0;

  constructor(agenda: Agenda, onEntry: (intent: ModelIntent, entry: LedgerEntry) => void) {
    this.#agenda = agenda;
    this.#onEntry = onEntry;
  }

  get all(): ReadonlyMap<PaymentIntentId, ModelIntent> {
    return this.#all;
  }

  find(id: PaymentIntentId): ModelIntent | null {
    return this.#all.get(id) ?? null;
  }

  create(wanted: NewIntent, by: Actor): ModelIntent {
    this.#count += 1;
    const id = paymentIntentId(`pi_${String(this.#count).padStart(6, '0')}`);
    const intent: ModelIntent = {
      ...wanted,
      id,
      // Stripe tells times in whole seconds.
      createdAtMs: Math.floor(this.#agenda.nowMs / 1_000) * 1_000,
      clientSecret: `${id}_secret_canary${String(this.#count)}`,
      history: [],
      charges: [],
      status: 'requires_payment_method',
      amountCapturable: 0,
      amountReceived: 0,
      amountRefunded: 0,
      lastPaymentError: null,
      cancellationReason: null,
      captureBeforeMs: null,
      lapses: null,
    };
    this.#all.set(id, intent);
    this.#enter(intent, 'created', by, wanted.amount);
    return intent;
  }

  /** A reader has read a card that is not charged yet. */
  attach(intent: ModelIntent): void {
    if (intent.status === 'requires_payment_method') intent.status = 'requires_confirmation';
  }

  /** That card is gone again. */
  detach(intent: ModelIntent): void {
    if (intent.status === 'requires_confirmation') intent.status = 'requires_payment_method';
  }

  /** A card is charged. Refused unless the PaymentIntent waits for one. */
  confirm(intent: ModelIntent, card: CardOutcome, by: Actor): Refusal | null {
    this.detach(intent);
    if (intent.status !== 'requires_payment_method') return unexpectedState;
    if (card.kind === 'declined') {
      // What the reader itself refused never reached the bank, and Stripe shows nothing of it.
      if (!card.hasCharge) return null;
      const failure = { code: card.code, declineCode: card.declineCode };
      intent.charges.push({ id: this.#chargeId(intent), failure });
      intent.lastPaymentError = failure;
      this.#enter(intent, 'declined', by, intent.amount);
      return null;
    }
    intent.charges.push({ id: this.#chargeId(intent), failure: null });
    intent.status = 'requires_capture';
    intent.lastPaymentError = null;
    intent.amountCapturable = intent.amount;
    intent.captureBeforeMs = Math.floor((this.#agenda.nowMs + holdLastsMs) / 1_000) * 1_000;
    intent.lapses = this.#agenda.after(holdLastsMs, () => {
      this.#lapse(intent);
    });
    this.#enter(intent, 'authorized', by, intent.amount);
    return null;
  }

  capture(intent: ModelIntent, amount: number, by: Actor): Refusal | null {
    if (intent.status !== 'requires_capture') return unexpectedState;
    if (amount > intent.amountCapturable) return { refused: 'amount_too_large' };
    intent.status = 'succeeded';
    intent.amountReceived = amount;
    intent.amountCapturable = 0;
    callOff(intent);
    this.#enter(intent, 'captured', by, amount);
    return null;
  }

  cancel(intent: ModelIntent, by: Actor): Refusal | null {
    if (intent.status === 'succeeded' || intent.status === 'canceled') return unexpectedState;
    intent.cancellationReason = 'abandoned';
    this.#end(intent, 'canceled', by);
    return null;
  }

  refund(intent: ModelIntent, by: Actor): Refusal | null {
    if (intent.status !== 'succeeded' || intent.amountRefunded > 0) return unexpectedState;
    intent.amountRefunded = intent.amountReceived;
    this.#enter(intent, 'refunded', by, intent.amountReceived);
    return null;
  }

  /** Refused once a card was charged, as Stripe does. */
  changeAmount(intent: ModelIntent, amount: number, by: Actor): Refusal | null {
    if (intent.status !== 'requires_payment_method') return unexpectedState;
    intent.amount = amount;
    this.#enter(intent, 'amount_changed', by, amount);
    return null;
  }

  /** Somebody writes over `metadata.kiosk`. */
  giveAway(intent: ModelIntent, to: KioskId, by: Actor): void {
    intent.kioskId = to;
    this.#enter(intent, 'given_away', by, intent.amount);
  }

  #lapse(intent: ModelIntent): void {
    intent.cancellationReason = 'automatic';
    this.#end(intent, 'expired', 'stripe');
  }

  #end(intent: ModelIntent, what: 'canceled' | 'expired', by: Actor): void {
    intent.status = 'canceled';
    intent.amountCapturable = 0;
    callOff(intent);
    this.#enter(intent, what, by, intent.amount);
  }

  #chargeId(intent: ModelIntent): ChargeId {
    return chargeId(`ch_${intent.id.slice(3)}_${String(intent.charges.length + 1)}`);
  }

  #enter(intent: ModelIntent, what: LedgerEntry['what'], by: Actor, amount: number): void {
    const entry = { atMs: this.#agenda.nowMs, what, by, amount };
    intent.history.push(entry);
    this.#onEntry(intent, entry);
  }
}

const unexpectedState: Refusal = { refused: 'payment_intent_unexpected_state' };

function callOff(intent: ModelIntent): void {
  if (intent.lapses !== null) intent.lapses.called = false;
  intent.lapses = null;
}

/** True while a card's money is held or has been taken and not given back. */
export function holdsMoney(intent: ModelIntent): boolean {
  return (
    intent.status === 'requires_capture' ||
    (intent.status === 'succeeded' && intent.amountRefunded < intent.amountReceived)
  );
}
