import { DamagedSale } from '../domain/damaged-sale.ts';
import type { ReaderId, SaleId, StripeRefundId } from '../domain/ids.ts';
import type { EventCursor } from '../ports/books.ts';
import type { Answer, EventNotice } from '../ports/payments-api.ts';
import type { AccountOptions } from './account-options.ts';
import { learnTime } from './known-time.ts';
import { mendDamaged } from './mend-damaged.ts';

/** `created` has whole seconds and late events slip in behind the cursor: windows overlap. Milliseconds. */
const overlapMs = 600_000;
/** Stripe lists events of the last 30 days. Milliseconds. */
const keptMs = 30 * 24 * 3_600_000;
/** A round walks at most this many pages of 100; a longer stream is not worth walking. */
const pagesMax = 50;
/** How many of them are remembered beside the file. */
const seenMax = 5_000;
/** Others' events are passed over in transactions of this many. */
const passedOverMax = 500;

export interface EventStreamOptions extends AccountOptions {
  /** A sweep was asked for, and that is on disk. */
  readonly onSweepAsked: () => void;
  /** A reader, of this kiosk or another, has done something: a hint to look at it, which may come more than once. */
  readonly onReaderEvent?: (readerId: ReaderId) => void;
  /** An event spoke of a Refund. What that asks for must be on disk on return; the same may be told again. */
  readonly onRefundEvent?: (event: EventNotice) => void;
  /** Nobody knows what happened for a while: whatever is not a sale, and is followed by events, is to be read. */
  readonly onEventsLost?: () => void;
}

export type NotListed = Exclude<Answer<never>, { kind: 'done' }>;

type Listed =
  | NotListed
  | { readonly kind: 'listed'; readonly oldestFirst: readonly EventNotice[] }
  /** There is more than a round may walk. */
  | { readonly kind: 'too_long'; readonly newest: EventNotice | null };

/**
 * The account's events after the stored cursor. An event only ever asks for a read (P4); the cursor moves in the same
 * transaction as what the event asked for.
 */
export class EventStream {
  readonly #options: EventStreamOptions;
  /** Where the first window began, while there is no cursor; also after the stream was lost. */
  #fromMs: number | null = null;
  /** Ids the file has said to be dealt with. */
  readonly #seen = new Set<string>();
  /** The cursor this run has found to be of no use. */
  #lostCursor: string | null = null;

  constructor(options: EventStreamOptions) {
    this.#options = options;
  }

  /**
   * Lists what came since the cursor and deals with it, oldest first. Rejects when the file can't be used; what was
   * dealt with by then is on disk, and the rest comes again.
   */
  async follow(signal: AbortSignal): Promise<NotListed | { readonly kind: 'followed' }> {
    const { books, clock, payments } = this.#options;
    // "Ten minutes ago" means nothing by a wall clock that may be years off.
    const silence = await learnTime(clock, payments, signal);
    if (silence !== null) return silence;
    const cursor = books.eventCursor();
    const isUsable = cursor !== null && cursor.id !== this.#lostCursor;
    if (isUsable && clock.nowMs() - cursor.createdAtMs + overlapMs > keptMs) {
      this.#startAnew(cursor, null, 'older than events are kept');
      return this.follow(signal);
    }
    this.#fromMs ??= clock.nowMs() - overlapMs;
    const fromMs = isUsable ? cursor.createdAtMs - overlapMs : this.#fromMs;

    const listed = await this.#list(fromMs, signal);
    if (listed.kind === 'too_long') {
      this.#startAnew(cursor, listed.newest, 'too long to walk');
      return { kind: 'followed' };
    }
    if (listed.kind !== 'listed') return listed;
    const { oldestFirst } = listed;
    if (isUsable && !oldestFirst.some(({ id }) => id === cursor.id)) {
      this.#startAnew(cursor, null, 'not of this account, or jumped back');
    }
    this.#dealWith(oldestFirst);
    return { kind: 'followed' };
  }

  async #list(createdFromMs: number, signal: AbortSignal): Promise<Listed> {
    const newestFirst: EventNotice[] = [];
    let startingAfter: string | null = null;
    for (let page = 0; page < pagesMax; page += 1) {
      const answer: Answer<{ entries: readonly EventNotice[]; hasMore: boolean }> =
        await this.#options.payments.listEvents({ createdFromMs, startingAfter }, signal);
      if (answer.kind !== 'done') return answer;
      newestFirst.push(...answer.value.entries);
      startingAfter = answer.value.entries.at(-1)?.id ?? null;
      if (!answer.value.hasMore || startingAfter === null) {
        return { kind: 'listed', oldestFirst: oldestFirst(newestFirst) };
      }
    }
    return { kind: 'too_long', newest: newestFirst[0] ?? null };
  }

  /** One read tells all that happened before it: a sale, a refund, and a reader, is asked for once in a round. */
  #dealWith(events: readonly EventNotice[]): void {
    const looked = new Set<SaleId>();
    const woken = new Set<ReaderId>();
    const refunds = new Set<StripeRefundId>();
    let passedOver: EventNotice[] = [];
    for (const event of events) {
      if (this.#isSeen(event)) continue;
      this.#wakeReader(event, woken);
      this.#lookAtRefund(event, refunds);
      const dealtWith = [...passedOver, event];
      const found = event.readerId === null ? this.#saleOf(event) : null;
      if (found === 'damaged' || (found === null && this.#isOurs(event))) {
        this.#askForSweep(dealtWith);
        passedOver = [];
      } else if (found !== null && !looked.has(found)) {
        looked.add(found);
        this.#askForLook(found, dealtWith);
        passedOver = [];
      } else {
        passedOver = dealtWith.length < passedOverMax ? dealtWith : this.#pass(dealtWith);
      }
    }
    this.#pass(passedOver);
  }

  /** The windows overlap, so most of what is listed was seen: the file is asked of each once. */
  #isSeen({ id }: EventNotice): boolean {
    if (this.#seen.has(id)) return true;
    if (!this.#options.books.isEventSeen(id)) return false;
    if (this.#seen.size >= seenMax) this.#seen.clear();
    this.#seen.add(id);
    return true;
  }

  /** The sale it speaks of; null when no sale knows that PaymentIntent. */
  #saleOf({ paymentIntentId }: EventNotice): SaleId | 'damaged' | null {
    if (paymentIntentId === null) return null;
    const { ledger, log, mend } = this.#options;
    try {
      return ledger.findSaleOfPaymentIntent(paymentIntentId)?.id ?? null;
    } catch (error) {
      if (!(error instanceof DamagedSale)) throw error;
      mendDamaged(error, mend, log);
      return 'damaged';
    }
  }

  #isOurs({ kioskId, paymentIntentId, readerId }: EventNotice): boolean {
    return kioskId === this.#options.kioskId && paymentIntentId !== null && readerId === null;
  }

  /** Before it counts as dealt with: a hint that comes twice does no harm, and one that is lost costs a moment. */
  #wakeReader({ readerId }: EventNotice, woken: Set<ReaderId>): void {
    if (readerId === null || woken.has(readerId)) return;
    woken.add(readerId);
    this.#options.onReaderEvent?.(readerId);
  }

  /** Before it counts as dealt with, too: a look that is asked for twice is one read. */
  #lookAtRefund(event: EventNotice, looked: Set<StripeRefundId>): void {
    const id = event.stripeRefundId;
    if (id === undefined || looked.has(id)) return;
    looked.add(id);
    this.#options.onRefundEvent?.(event);
  }

  #askForLook(id: SaleId, events: readonly EventNotice[]): void {
    this.#options.steps.apply(id, { kind: 'look_asked' }, () => {
      this.#save(events);
    });
  }

  #askForSweep(events: readonly EventNotice[]): void {
    const { ledger, books, onSweepAsked } = this.#options;
    ledger.atomically(() => {
      books.askForSweep();
      this.#save(events);
    });
    onSweepAsked();
  }

  #pass(events: readonly EventNotice[]): [] {
    if (events.length > 0) this.#options.ledger.atomically(() => this.#save(events));
    return [];
  }

  /** Part of a transaction: these events are dealt with. An event that came late moves the cursor not back. */
  #save(events: readonly EventNotice[]): void {
    const { books } = this.#options;
    const stored = books.eventCursor();
    const before = stored?.id === this.#lostCursor ? null : stored;
    const newest = events.reduce<EventCursor | null>(
      (latest, { id, createdAtMs }) =>
        latest === null || createdAtMs >= latest.createdAtMs ? { id, createdAtMs } : latest,
      before,
    );
    if (newest !== null) books.saveEvents(newest, events, newest.createdAtMs - 2 * overlapMs);
  }

  /**
   * The stream can't tell what happened meanwhile: every unfinished sale is read, and so is whatever else is followed,
   * and the account is swept, before the cursor begins anew at `newest`, or with the next event there is.
   */
  #startAnew(cursor: EventCursor | null, newest: EventNotice | null, why: string): void {
    const { ledger, books, steps, clock, log, onSweepAsked, onEventsLost } = this.#options;
    log.write('warn', 'events.started_anew', { why });
    for (const { id } of ledger.unfinishedSales()) steps.apply(id, { kind: 'look_asked' });
    onEventsLost?.();
    this.#lostCursor = cursor?.id ?? null;
    this.#fromMs = clock.nowMs() - overlapMs;
    ledger.atomically(() => {
      books.askForSweep();
      if (newest !== null) this.#save([newest]);
    });
    onSweepAsked();
  }
}

/** By their own time, and where that is equal as they were listed, last first. */
function oldestFirst(newestFirst: readonly EventNotice[]): readonly EventNotice[] {
  return newestFirst.toReversed().sort((left, right) => left.createdAtMs - right.createdAtMs);
}
