import { kioskId, type ReaderId } from '../../../main/domain/ids.ts';
import type { EventNotice, Page } from '../../../main/ports/payments-api.ts';
import { drawnUnit } from '../time/chance.ts';
import type { eventTroubles } from '../plan/reader-fault.ts';
import type { LedgerEntry, ModelIntent } from './payment-intents.ts';

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
    this.#repeat((lateMs) => this.#add(intent, types[what], null, atMs, lateMs));
  }

  addOfReader(readerId: ReaderId, intent: ModelIntent, what: string, atMs: number): void {
    const { readers } = this.troubles;
    if (readers === 'missing') return;
    const type = `terminal.reader.action_${what}`;
    const late = readers === 'late' ? readerLateMs : 0;
    this.#repeat((lateMs) => this.#add(intent, type, readerId, atMs, late + lateMs));
    if (readers === 'twice') this.#add(intent, type, readerId, atMs, late);
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

  #add(
    intent: ModelIntent,
    type: string,
    readerId: ReaderId | null,
    atMs: number,
    lateMs: number,
  ): void {
    this.#count += 1;
    this.#events.push({
      visibleAtMs: atMs + lateMs,
      place: drawnUnit(this.#count, 77),
      notice: {
        id: `evt_${String(this.#count).padStart(6, '0')}`,
        type,
        createdAtMs: Math.floor(atMs / 1_000) * 1_000,
        paymentIntentId: intent.id,
        kioskId: intent.kioskId === null ? null : kioskId(intent.kioskId),
        readerId,
      },
    });
  }
}
