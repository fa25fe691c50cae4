import {
  type ChargeId,
  chargeId,
  type CustomerId,
  type KioskId,
  type PaymentIntentId,
  paymentIntentId,
  type PaymentMethodId,
  type SaleId,
} from '../../../main/domain/ids.ts';
import type { PaymentIntentStatus } from '../../../main/domain/payment-intent.ts';
import type { Agenda, Appointment } from '../time/agenda.ts';
import type { KeptCards } from './kept-cards.ts';
import { isKeepable, type Tap, type TapKind } from './tap.ts';

/** Stripe's authorisations of a Terminal payment last 2 days. In milliseconds. */
export const holdLastsMs = 2 * 24 * 3_600_000;

export interface ModelCharge {
  readonly id: ChargeId;
  readonly failure: { readonly code: string; readonly declineCode: string } | null;
}

/** Who changed a PaymentIntent; the kiosk answers only for what it did itself. */
export type Actor =
  | 'kiosk'
  | 'reader'
  | 'dashboard'
  | 'stripe'
  | 'other_kiosk'
  | 'second_kiosk'
  /** The selling platform, with its own key. */
  | 'platform';

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
    /** What it is for was written into its metadata afterwards. */
    | 'stamped'
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
  saleId: string | null;
  /** Whose it is; only the dashboard, and the stamp of one that a platform made, change it. */
  kioskId: string | null;
  orderHash: string | null;
  /** A card that is approved is charged at once. */
  readonly takesAtOnce: boolean;
  /** Whose account the tapped card is kept for; `setup_future_usage` goes with it. */
  readonly keepFor: CustomerId | null;
  /** Charged off session; null where a card is tapped. */
  readonly storedCard: PaymentMethodId | null;
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
  /** What was tapped at last. */
  tap: TapKind | null;
  generatedCard: PaymentMethodId | null;
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
  readonly keepFor?: CustomerId | undefined;
  readonly storedCard?: PaymentMethodId | undefined;
  readonly takesAtOnce?: boolean;
}

/** The payment system's own ledger of PaymentIntents: what really happened to money. */
export class PaymentIntents {
  readonly #agenda: Agenda;
  readonly #all = new Map<PaymentIntentId, ModelIntent>();
  readonly #cards: KeptCards;
  readonly #onEntry: (intent: ModelIntent, entry: LedgerEntry) => void;
  #count = 0;

  constructor(
    agenda: Agenda,
    cards: KeptCards,
    onEntry: (intent: ModelIntent, entry: LedgerEntry) => void,
  ) {
    this.#agenda = agenda;
    this.#cards = cards;
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
      keepFor: wanted.keepFor ?? null,
      storedCard: wanted.storedCard ?? null,
      takesAtOnce: wanted.takesAtOnce ?? false,
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
      tap: null,
      generatedCard: null,
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
  confirm(intent: ModelIntent, card: CardOutcome, by: Actor, tap: Tap = plainTap): Refusal | null {
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
    intent.lastPaymentError = null;
    intent.tap = tap.kind;
    const { keepFor } = intent;
    if (keepFor !== null && tap.keepsCard && isKeepable(tap.kind)) {
      const from = { intentId: intent.id, source: intent.saleId ?? '' };
      intent.generatedCard = this.#cards.generate(from, tap, keepFor).id;
    }
    // Neither Interac nor a card on file knows a hold.
    if (tap.kind === 'interac' || intent.storedCard !== null || intent.takesAtOnce) {
      this.#enter(intent, 'authorized', by, intent.amount);
      this.#take(intent, intent.amount, by);
      return null;
    }
    intent.status = 'requires_capture';
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
    // What of a hold is not taken is shown as refunded.
    intent.amountRefunded = intent.amount - amount;
    this.#take(intent, amount, by);
    return null;
  }

  /** A card on file is charged off session; what its bank says is the answer as well. */
  chargeStored(
    intent: ModelIntent,
    card: PaymentMethodId,
    outcome: CardOutcome,
    by: Actor,
  ): Refusal | null {
    if (intent.status !== 'requires_payment_method') return unexpectedState;
    const kept = this.#cards.all.get(card);
    if (kept?.customerId == null) return { refused: 'payment_method_unexpected_state' };
    const refusal = this.confirm(intent, outcome, by);
    if (refusal !== null || outcome.kind === 'approved') return refusal;
    return { refused: outcome.code };
  }

  cancel(intent: ModelIntent, by: Actor): Refusal | null {
    if (intent.status === 'succeeded' || intent.status === 'canceled') return unexpectedState;
    intent.cancellationReason = 'abandoned';
    this.#end(intent, 'canceled', by);
    return null;
  }

  /** So much of it is given back, or is on its way. */
  refunded(intent: ModelIntent, amount: number, by: Actor): void {
    intent.amountRefunded += amount;
    this.#enter(intent, 'refunded', by, amount);
  }

  /** It did not arrive. */
  refundCameBack(intent: ModelIntent, amount: number): void {
    intent.amountRefunded -= amount;
  }

  /** Refused once a card was charged, as Stripe does. */
  changeAmount(intent: ModelIntent, amount: number, by: Actor): Refusal | null {
    if (intent.status !== 'requires_payment_method') return unexpectedState;
    intent.amount = amount;
    this.#enter(intent, 'amount_changed', by, amount);
    return null;
  }

  /** What it is for is written into the metadata of one that was made without. */
  stamp(
    intent: ModelIntent,
    about: Pick<ModelIntent, 'saleId' | 'kioskId' | 'orderHash'>,
    by: Actor,
  ): void {
    if (intent.saleId !== null) return;
    Object.assign(intent, about);
    this.#enter(intent, 'stamped', by, intent.amount);
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

  #take(intent: ModelIntent, amount: number, by: Actor): void {
    intent.status = 'succeeded';
    intent.amountReceived = amount;
    intent.amountCapturable = 0;
    callOff(intent);
    this.#enter(intent, 'captured', by, amount);
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

/** Nobody wants it kept. */
const plainTap: Tap = { kind: 'plastic', fingerprint: 'fp_anybody', keepsCard: false };

const unexpectedState: Refusal = { refused: 'payment_intent_unexpected_state' };

function callOff(intent: ModelIntent): void {
  if (intent.lapses !== null) intent.lapses.called = false;
  intent.lapses = null;
}

/** True while a card's money is held or has been taken and not given back. */
export function holdsMoney(intent: ModelIntent): boolean {
  return (
    intent.status === 'requires_capture' ||
    (intent.status === 'succeeded' && givenBack(intent) < intent.amountReceived)
  );
}

/** What of the money that was taken was given back: without the part of a hold that was never taken. */
export function givenBack({ amount, amountReceived, amountRefunded }: ModelIntent): number {
  return Math.max(0, amountRefunded - (amount - amountReceived));
}
