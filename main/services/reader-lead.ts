import type { ReaderEffect } from '../domain/effect.ts';
import type { AttemptId, ErrandId, ReaderId } from '../domain/ids.ts';
import type { Sale } from '../domain/sale.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { ChosenReader, ReaderBook, ReaderChoice } from '../ports/reader-book.ts';
import type { Errand, ReaderDriver } from '../ports/reader-driver.ts';
import { cartDisplay } from './cart-display.ts';
import type { ErrandSteps } from './errands.ts';
import { readerInUse } from './reader-choice.ts';
import { attemptOf, ownerIdOf, ownerInLog } from './reader-errand.ts';
import { repeatedly } from './repeatedly.ts';
import type { ReaderHealth, SeenReader } from './server-driven/reader-health.ts';
import type { ServerReaderDriver } from './server-driven/server-reader-driver.ts';
import type { StripeReach } from './stripe-reach.ts';

export interface ReaderLeadOptions {
  readonly choice: () => ReaderChoice;
  readonly book: ReaderBook;
  readonly page: ReaderDriver;
  /** Null when the system behind this kiosk can't lead readers: the page leads every one. */
  readonly server: ServerReaderDriver | null;
  readonly health: ReaderHealth;
  readonly errands: ErrandSteps;
  readonly reach: StripeReach;
  /** In memory only; null for a refund, and where it is not known any more. */
  readonly secretOf: (owner: ErrandId) => string | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: () => void;
}

/** How often a reader that main leads is looked at while nothing is asked of it. Milliseconds. */
const lookEveryMs = 30_000;

/** Leading a reader is one integration's business at a time: the other's words about it are refused by Stripe. */
type Leader = 'page' | 'server';

/** Gives each command to whoever leads the reader in use, and an attempt to the spare when the first is not there. */
export class ReaderLead implements ReaderDriver {
  readonly #options: ReaderLeadOptions;
  /** Who leads the attempt that was begun last. */
  #last: { readonly attemptId: AttemptId; readonly leader: Leader } | null = null;

  constructor(options: ReaderLeadOptions) {
    this.#options = options;
  }

  /** Takes off what a former run left on a reader, and looks at the reader now and then, until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { server, clock, log } = this.#options;
    if (server === null) return;
    server.start();
    await repeatedly(() => this.look(), {
      clock,
      signal,
      firstMs: 0,
      everyMs: lookEveryMs,
      onFault: (why) => log.write('error', 'reader.not_looked_at', { why }),
    });
    await server.close();
  }

  /** Looks at the reader in use, unless somebody who waits for a card there does. */
  look(): void {
    const readerId = this.#ledByServer();
    if (readerId !== null) this.#options.server?.look(readerId);
  }

  /** What was last seen of the reader in use; null while the page leads it. */
  get seen(): SeenReader | null {
    const readerId = this.#ledByServer();
    return readerId === null ? null : this.#options.health.of(readerId);
  }

  /** An event spoke of a reader. */
  wake(readerId: string): void {
    this.#options.server?.wake(readerId);
  }

  command(errand: Errand, effect: ReaderEffect, clientSecret: string | null): void {
    const { page, server } = this.#options;
    const { attemptId } = effect;
    switch (effect.kind) {
      case 'reader.collect':
        this.#collect(errand, effect, clientSecret);
        return;
      case 'reader.process':
        if (this.#leaderOf(errand, attemptId) === 'page')
          page.command(errand, effect, clientSecret);
        else this.#process(errand, effect);
        return;
      case 'reader.cancel':
        // Whatever of it is on a reader is in the book, also when another run of the kiosk put it there.
        server?.cancel(errand, attemptId);
        if (this.#last?.attemptId !== attemptId || this.#last.leader === 'page') {
          page.command(errand, effect, clientSecret);
        }
    }
  }

  /**
   * The first reader does not answer: the same attempt, on the same intent, goes to the spare, and so do later
   * ones until staff say otherwise. False when there is no spare to go to.
   */
  moveToSpare(errand: Errand, attemptId: AttemptId, code: string): boolean {
    return isAway(code) && this.#move(errand, attemptId, code);
  }

  /**
   * The same for a reader of which nothing was heard in time, unless it is Stripe that does not answer. Not from the
   * page to the page: it may be waiting for the first reader still, and its words about either are the same. A refund
   * stays where it may have been asked for: at two readers at once, a Charge could be given back twice.
   */
  moveFromSilent(errand: Errand, attemptId: AttemptId): boolean {
    const { choice, reach, book } = this.#options;
    const { main, spare } = choice();
    if (reach.now !== 'reached') return false;
    if (main.integration === 'sdk' && spare?.integration === 'sdk') return false;
    const mayGiveBack =
      errand.kind === 'refund' && book.openPrompts().some((one) => one.attemptId === attemptId);
    return !mayGiveBack && this.#move(errand, attemptId, 'no_answer');
  }

  /** True while what the page says of this attempt is about the reader that it leads. */
  isLedByPage(errand: Errand, attemptId: AttemptId): boolean {
    return this.#leaderOf(errand, attemptId) === 'page';
  }

  #move(errand: Errand, attemptId: AttemptId, code: string): boolean {
    const { choice, book, page, server, errands, clock, secretOf, log, onChange } = this.#options;
    const owner = ownerIdOf(errand);
    const now = choice();
    const last = this.#last;
    if (last?.attemptId !== attemptId || now.spare === null || now.using === 'spare') return false;
    const moved = errands.apply(owner, { kind: 'reader_moved', attemptId }, () => {
      book.saveChoice({ ...now, using: 'spare' }, 'kiosk', clock.nowMs());
    });
    if (moved === null) return false;
    log.write('warn', 'reader.spare_taken', {
      ...ownerInLog(owner),
      code,
      reader: now.spare.readerId ?? '',
    });
    server?.withdraw(attemptId);
    if (last.leader === 'page') {
      page.command(moved, { kind: 'reader.cancel', attemptId }, null);
    }
    // The page must know of the reader before it is told to collect at it.
    onChange();
    this.#collect(moved, { kind: 'reader.collect', attemptId }, secretOf(owner));
    return true;
  }

  /** Shows what is being bought on the reader, if it is this kiosk's alone and main leads it. */
  show(sale: Sale, isWanted: () => boolean): void {
    const reader = this.#inUse.isShared ? null : this.#ledByServer();
    if (reader !== null) this.#options.server?.show(reader, cartDisplay(sale), isWanted);
  }

  clear(): void {
    const reader = this.#inUse.isShared ? null : this.#ledByServer();
    if (reader !== null) this.#options.server?.clear(reader);
  }

  #collect(
    errand: Errand,
    effect: Extract<ReaderEffect, { kind: 'reader.collect' }>,
    clientSecret: string | null,
  ): void {
    const { page, server } = this.#options;
    const readerId = this.#ledByServer();
    const leader = readerId === null ? 'page' : 'server';
    this.#last = { attemptId: effect.attemptId, leader };
    if (readerId === null) page.command(errand, effect, clientSecret);
    else server?.command(errand, effect, readerId);
  }

  #process(errand: Errand, effect: Extract<ReaderEffect, { kind: 'reader.process' }>): void {
    const { server, book } = this.#options;
    // The card is on the reader that was asked last, whichever is in use by now; an earlier one did not answer.
    const readerId = book
      .openPrompts()
      .findLast((prompt) => prompt.attemptId === effect.attemptId)?.readerId;
    const asked = readerId ?? this.#inUse.readerId;
    if (asked !== null) server?.command(errand, effect, asked);
  }

  /** An attempt remembers only a reader that main has called. */
  #leaderOf(errand: Errand, attemptId: AttemptId): Leader {
    if (this.#last?.attemptId === attemptId) return this.#last.leader;
    return attemptOf(errand)?.serverDriven === undefined ? 'page' : 'server';
  }

  get #inUse(): ChosenReader {
    return readerInUse(this.#options.choice());
  }

  #ledByServer(): ReaderId | null {
    const { readerId, integration } = this.#inUse;
    return this.#options.server !== null && integration === 'server_driven' ? readerId : null;
  }
}

/** The reader itself is not there; what another till does with it, or a wrong key, is no reason to leave it. */
const awayCodes: ReadonlySet<string> = new Set([
  'terminal_reader_offline',
  'terminal_reader_timeout',
  'terminal_reader_hardware_fault',
  'resource_missing',
  'no_reader_found',
  'reader_lost',
  'network_error',
  'network_timeout',
  'reader_connection_error',
  'no_established_connection',
]);

function isAway(code: string): boolean {
  return awayCodes.has(code);
}
