import { kioskId, type ReaderId } from '../../../main/domain/ids.ts';
import type { EventNotice, Page } from '../../../main/ports/payments-api.ts';
import { drawnUnit } from '../time/chance.ts';
import type { eventTroubles } from '../plan/reader-fault.ts';
import type { LedgerEntry, ModelIntent } from './payment-intents.ts';
import type { ModelRefund, RefundChange } from './refunds.ts';
import type { ModelSetup, SetupChange } from './setup-intents.ts';

interface ModelEvent {
  readonly notice: EventNotice;
  readonly visibleAtMs: number;
  readonly place: number;
}

const types: Readonly<Record<LedgerEntry['what'], string>> = {
  created: 'payment_intent.created',
  declined: 'payment_intent.payment_failed',
  authorized: 'payment_intent.amount_capturable_updated',
  captured: 'payment_intent.succeeded',
  canceled: 'payment_intent.canceled',
  expired: 'payment_intent.canceled',
  refunded: 'charge.refunded',
  amount_changed: 'payment_intent.updated',
  stamped: 'payment_intent.updated',
  given_away: 'payment_intent.updated',
};

/** How the stream misbehaves at the moment. */
export interface StreamTroubles {
  /** New events are listed only this much later. */
  lateMs: number;
  /** Each event comes a second time, under an id of its own. */
  twice: boolean;
  /** Events of one page are in no order. */
  shuffled: boolean;
  /** What is wrong with the events of readers alone. */
  readers: (typeof eventTroubles)[number] | null;
}

/** By so much the events of readers are late. Milliseconds. */
const readerLateMs = 20_000;

/** The log of events, listable for 30 days, newest first. */
export class EventStream {
  readonly troubles: StreamTroubles = {
    lateMs: 0,
    twice: false,
    shuffled: false,
    readers: null,
  };
  readonly #events: ModelEvent[] = [];
  #count = 0;

  add(intent: ModelIntent, { atMs, what }: LedgerEntry): void {
    const about = aboutIntent(intent);
    this.#repeat((lateMs) => this.#add({ ...about, type: types[what] }, atMs, lateMs));
  }

  addOfSetup({ id, kioskId: kiosk }: ModelSetup, what: SetupChange, atMs: number): void {
    const about = { paymentIntentId: null, kioskId: kioskId(kiosk), readerId: null };
    const type = `setup_intent.${what}`;
    this.#repeat((lateMs) => this.#add({ ...about, type, setupIntentId: id }, atMs, lateMs));
  }

  addOfRefund(refund: ModelRefund, what: RefundChange, atMs: number): void {
    const kiosk = refund.kioskId === null ? null : kioskId(refund.kioskId);
    const about = { ...aboutIntent(refund.intent), kioskId: kiosk, stripeRefundId: refund.id };
    this.#repeat((lateMs) => this.#add({ ...about, type: `refund.${what}` }, atMs, lateMs));
  }

  /** `intent` is null for what a reader does for no payment. */
  addOfReader(readerId: ReaderId, intent: ModelIntent | null, what: string, atMs: number): void {
    const { readers } = this.troubles;
    if (readers === 'missing') return;
    const about = intent === null ? aboutNothing : aboutIntent(intent);
    const event = { ...about, type: `terminal.reader.action_${what}`, readerId };
    const late = readers === 'late' ? readerLateMs : 0;
    this.#repeat((lateMs) => this.#add(event, atMs, late + lateMs));
    if (readers === 'twice') this.#add(event, atMs, late);
  }

  #repeat(add: (lateMs: number) => void): void {
    const { lateMs, twice } = this.troubles;
    add(lateMs);
    if (twice) add(lateMs + 3_000);
  }

  /** At most 100 to a page. */
  list(createdFromMs: number, startingAfter: string | null, nowMs: number): Page<EventNotice> {
    const visible: ModelEvent[] = [];
    for (let place = this.#events.length - 1; place >= 0; place -= 1) {
      const event = this.#events[place]!;
      if (event.notice.createdAtMs < createdFromMs) break;
      if (event.visibleAtMs <= nowMs) visible.push(event);
    }
    if (this.troubles.shuffled) visible.sort((left, right) => left.place - right.place);
    const from =
      startingAfter === null
        ? 0
        : visible.findIndex(({ notice }) => notice.id === startingAfter) + 1;
    const entries = visible.slice(from, from + 100).map(({ notice }) => notice);
    return { entries, hasMore: visible.length > from + 100 };
  }

  #add(about: Omit<EventNotice, 'id' | 'createdAtMs'>, atMs: number, lateMs: number): void {
    this.#count += 1;
    this.#events.push({
      visibleAtMs: atMs + lateMs,
      place: drawnUnit(this.#count, 77),
      notice: {
        ...about,
        id: `evt_${String(this.#count).padStart(6, '0')}`,
        createdAtMs: Math.floor(atMs / 1_000) * 1_000,
      },
    });
  }
}

const aboutNothing = { paymentIntentId: null, kioskId: null, readerId: null } as const;

function aboutIntent(
  intent: ModelIntent,
): Pick<EventNotice, 'paymentIntentId' | 'kioskId' | 'readerId'> {
  const kiosk = intent.kioskId === null ? null : kioskId(intent.kioskId);
  return { paymentIntentId: intent.id, kioskId: kiosk, readerId: null };
}
