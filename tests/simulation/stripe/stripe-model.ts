import type { PaymentIntentId } from '../../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../../main/domain/payment-intent.ts';
import type { Sighting } from '../../../main/ports/books.ts';
import type {
  CreateRequest,
  EventNotice,
  LivePaymentIntent,
  Page,
} from '../../../main/ports/payments-api.ts';
import type { Agenda } from '../time/agenda.ts';
import { EventStream } from './event-stream.ts';
import { factsOf, sightingOf } from './facts.ts';
import { IdempotencyKeys } from './idempotency-keys.ts';
import {
  type Actor,
  type LedgerEntry,
  type ModelIntent,
  PaymentIntents,
} from './payment-intents.ts';
import type { Reply } from './reply.ts';

/** A look-up begins this much earlier than asked, as main/backends/stripe does: the kiosk's clock may be wrong. */
const lookUpMarginMs = 24 * 3_600_000;
const pageLength = 100;
const missing = { status: 404, code: 'resource_missing' } as const;

/** The payment system behind the wire: its ledger, its stored replies, its events, its lists. */
export class StripeModel {
  readonly intents: PaymentIntents;
  readonly events = new EventStream();
  readonly createKeys = new IdempotencyKeys<LivePaymentIntent>();
  readonly stepKeys = new IdempotencyKeys<null>();
  readonly #agenda: Agenda;

  constructor(agenda: Agenda, onEntry: (intent: ModelIntent, entry: LedgerEntry) => void) {
    this.#agenda = agenda;
    this.intents = new PaymentIntents(agenda, (intent, entry) => {
      this.events.add(intent, entry);
      onEntry(intent, entry);
    });
  }

  create(
    { total, saleId, kioskId, orderHash }: CreateRequest,
    by: Actor,
  ): Reply<LivePaymentIntent> {
    const { amount, currency } = total;
    const wanted = { amount, currency, saleId, kioskId, orderHash };
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
