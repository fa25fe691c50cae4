import type { CardFacts } from '../../../main/domain/card-on-file.ts';
import type { PaymentIntentId, PaymentMethodId } from '../../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../../main/domain/payment-intent.ts';
import type { RefundFacts } from '../../../main/domain/refund.ts';
import type { Sighting } from '../../../main/ports/books.ts';
import type { CustomerFacts, LeftBehind, LiveSetupIntent } from '../../../main/ports/cards-api.ts';
import type {
  CreateRequest,
  EventNotice,
  LivePaymentIntent,
  Page,
} from '../../../main/ports/payments-api.ts';
import type { Agenda } from '../time/agenda.ts';
import { Customers } from './customers.ts';
import { EventStream } from './event-stream.ts';
import { factsOf, sightingOf } from './facts.ts';
import { IdempotencyKeys } from './idempotency-keys.ts';
import { type CardChange, type CardsAttach, KeptCards, type ModelCard } from './kept-cards.ts';
import {
  type Actor,
  type CardOutcome,
  type LedgerEntry,
  type ModelIntent,
  PaymentIntents,
} from './payment-intents.ts';
import { type ModelRefund, Refunds } from './refunds.ts';
import type { Reply } from './reply.ts';
import { SetupIntents } from './setup-intents.ts';
import { walletOf } from './tap.ts';

/** A look-up begins this much earlier than asked, as main/backends/stripe does: the kiosk's clock may be wrong. */
const lookUpMarginMs = 24 * 3_600_000;
const pageLength = 100;
const missing = { status: 404, code: 'resource_missing' } as const;

/** Told of everything that changes behind the wire. */
export interface StripeWitness {
  entered(intent: ModelIntent, entry: LedgerEntry): void;
  customerMade(made: CustomerFacts, by: Actor): void;
  cardChanged(card: ModelCard, what: CardChange): void;
  refundMade(refund: ModelRefund): void;
}

/** The payment system behind the wire: its ledger, its stored replies, its events, its lists. */
export class StripeModel {
  readonly intents: PaymentIntents;
  readonly customers: Customers;
  readonly cards: KeptCards;
  readonly setups: SetupIntents;
  readonly refunds: Refunds;
  readonly events = new EventStream();
  readonly createKeys = new IdempotencyKeys<LivePaymentIntent>();
  readonly stepKeys = new IdempotencyKeys<null>();
  readonly customerKeys = new IdempotencyKeys<CustomerFacts>();
  readonly cardKeys = new IdempotencyKeys<CardFacts>();
  readonly setupKeys = new IdempotencyKeys<LiveSetupIntent>();
  readonly refundKeys = new IdempotencyKeys<RefundFacts>();
  readonly #agenda: Agenda;

  constructor(agenda: Agenda, attaches: CardsAttach, witness: StripeWitness) {
    this.#agenda = agenda;
    this.customers = new Customers(agenda, (made, by) => witness.customerMade(made, by));
    this.cards = new KeptCards(attaches, (card, what) => witness.cardChanged(card, what));
    this.intents = new PaymentIntents(agenda, this.cards, (intent, entry) => {
      this.events.add(intent, entry);
      witness.entered(intent, entry);
    });
    this.setups = new SetupIntents(this.cards, (setup, what) => {
      this.events.addOfSetup(setup, what, agenda.nowMs);
    });
    this.refunds = new Refunds(agenda, this.intents, (refund, what) => {
      this.events.addOfRefund(refund, what, agenda.nowMs);
      if (what === 'created') witness.refundMade(refund);
    });
  }

  create(
    { total, saleId, kioskId, orderHash, keepFor, storedCard }: CreateRequest,
    by: Actor,
  ): Reply<LivePaymentIntent> {
    const { amount, currency } = total;
    const card = storedCard?.paymentMethodId;
    const wanted = { amount, currency, saleId, kioskId, orderHash, keepFor, storedCard: card };
    return { status: 200, value: liveOf(this.intents.create(wanted, by)) };
  }

  read(id: PaymentIntentId): Reply<LivePaymentIntent> {
    const intent = this.intents.find(id);
    return intent === null ? missing : { status: 200, value: liveOf(intent) };
  }

  lookUp(saleId: string, createdSinceMs: number): Reply<PaymentIntentFacts | null> {
    const fromMs = createdSinceMs - lookUpMarginMs;
    const found = [...this.intents.all.values()]
      .reverse()
      .find((intent) => intent.saleId === saleId && intent.createdAtMs >= fromMs);
    return { status: 200, value: found === undefined ? null : factsOf(found) };
  }

  capture(id: PaymentIntentId, amount: number, by: Actor): Reply<null> {
    const intent = this.intents.find(id);
    if (intent === null) return missing;
    const refusal = this.intents.capture(intent, amount, by);
    return refusal === null ? done : { status: 400, code: refusal.refused };
  }

  cancel(id: PaymentIntentId, by: Actor): Reply<null> {
    const intent = this.intents.find(id);
    if (intent === null) return missing;
    const refusal = this.intents.cancel(intent, by);
    return refusal === null ? done : { status: 400, code: refusal.refused };
  }

  /** What a card's bank says is a refusal of the request as well. */
  confirm(
    id: PaymentIntentId,
    card: PaymentMethodId,
    outcome: CardOutcome,
    by: Actor,
  ): Reply<null> {
    const intent = this.intents.find(id);
    if (intent === null) return missing;
    const refusal = this.intents.chargeStored(intent, card, outcome, by);
    return refusal === null ? done : { status: 402, code: refusal.refused };
  }

  leftBehind(id: PaymentIntentId): Reply<LeftBehind> {
    const intent = this.intents.find(id);
    if (intent === null) return missing;
    const { generatedCard, tap } = intent;
    const wallet = tap === null ? null : walletOf(tap);
    return { status: 200, value: { generatedCard, wallet, last4: '4242' } };
  }

  listPaymentIntents(
    createdFromMs: number,
    createdToMs: number,
    startingAfter: PaymentIntentId | null,
  ): Reply<Page<Sighting>> {
    const inPeriod = [...this.intents.all.values()]
      .filter(({ createdAtMs }) => createdAtMs >= createdFromMs && createdAtMs <= createdToMs)
      .reverse();
    const from =
      startingAfter === null ? 0 : inPeriod.findIndex(({ id }) => id === startingAfter) + 1;
    const entries = inPeriod.slice(from, from + pageLength).map(sightingOf);
    return { status: 200, value: { entries, hasMore: inPeriod.length > from + pageLength } };
  }

  listEvents(createdFromMs: number, startingAfter: string | null): Reply<Page<EventNotice>> {
    const value = this.events.list(createdFromMs, startingAfter, this.#agenda.nowMs);
    return { status: 200, value };
  }
}

const done = { status: 200, value: null } as const;

function liveOf(intent: ModelIntent): LivePaymentIntent {
  return { paymentIntent: factsOf(intent), clientSecret: intent.clientSecret };
}
