import { faultMessage } from '../domain/fault-message.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger, OutboxRow } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Answer } from '../ports/payments-api.ts';
import { retryDelayMs } from './retry-delay.ts';

/** What a row's call came to: the answer, and how to store what it means. */
export interface Settled {
  readonly answer: Answer<unknown>;
  /** Stores the meaning; `settleRow` is to be carried out in the same transaction. */
  readonly store: (settleRow: () => void) => void;
  /** The row is over. Otherwise it is asked again, later, under the same key. */
  readonly isOver: boolean;
}

export interface OutboxWorkerOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  /** This boot of this process: a row held by any other is free. */
  readonly boot: string;
  /** Makes the row's call. Must not throw for what the outside does. */
  readonly carryOut: (row: OutboxRow, signal: AbortSignal) => Promise<Settled>;
}

/** Independent sales do not wait for one another; more than this many calls at once help nobody. */
const callsAtOnceMax = 4;
/** How long to wait after the file could not be used, in milliseconds. */
const faultPauseMs = 2_000;
/** After this many tries a receipt that can't be worked on is set aside; work on a payment never is. */
const receiptFaultsMax = 10;
/** Looks again at least this often, should a wake-up be missed. */
const idleMs = 30_000;

/** Carries out the outbox's rows, at least once each, until `close`. */
export class OutboxWorker {
  readonly #options: OutboxWorkerOptions;
  readonly #closing = new AbortController();
  readonly #calls = new Set<Promise<void>>();
  readonly #faulty: { readonly row: OutboxRow; readonly why: string }[] = [];
  #nap = new AbortController();
  #loop: Promise<void> | null = null;

  constructor(options: OutboxWorkerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** There may be work: look now. */
  wake(): void {
    this.#nap.abort();
  }

  /** Takes no further rows, gives up the calls under way (their rows are asked again by the next boot), and waits. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.wake();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      this.#nap = new AbortController();
      const isWell = this.#takeWhatIsDue();
      await this.#napUntilDue(isWell);
    }
    await Promise.all(this.#calls);
  }

  /** False when the file could not be used; that is looked at again after a while. */
  #takeWhatIsDue(): boolean {
    const { ledger, clock, boot } = this.#options;
    try {
      this.#giveBackFaulty();
      while (this.#calls.size < callsAtOnceMax) {
        const row = ledger.claim(boot, clock.nowMs());
        if (row === null) return true;
        const call = this.#work(row).finally(() => {
          this.#calls.delete(call);
          this.wake();
        });
        this.#calls.add(call);
      }
      return true;
    } catch (error) {
      this.#logFault('outbox.not_usable', error);
      return false;
    }
  }

  async #napUntilDue(isWell: boolean): Promise<void> {
    const { clock } = this.#options;
    const ms = isWell ? this.#untilDueMs() : faultPauseMs;
    await clock.sleep(ms, this.#nap.signal).catch(() => {
      // Woken.
    });
  }

  #untilDueMs(): number {
    const { ledger, clock } = this.#options;
    if (this.#calls.size >= callsAtOnceMax) return idleMs;
    try {
      const nowMs = clock.nowMs();
      const next = ledger.nextDueAtMs(nowMs);
      const untilDueMs = next === null ? idleMs : next - nowMs;
      return Math.min(idleMs, Math.max(untilDueMs, this.#calls.size > 0 ? 100 : 1));
    } catch (error) {
      this.#logFault('outbox.not_usable', error);
      return faultPauseMs;
    }
  }

  /** Never rejects: what goes wrong here is put off, told, and done later. */
  async #work(row: OutboxRow): Promise<void> {
    const { ledger, clock, boot } = this.#options;
    const startedMs = clock.monotonicMs();
    try {
      const settled = await this.#options.carryOut(row, this.#closing.signal);
      const { answer } = settled;
      if (this.#closing.signal.aborted && answer.kind === 'unanswered') return;
      settled.store(() => {
        if (settled.isOver) {
          const outcome = answer.kind === 'done' ? 'done' : 'refused';
          ledger.finish(row, boot, outcome, clock.nowMs());
        } else {
          const nextAtMs = clock.nowMs() + retryDelayMs(row.id, row.tries);
          ledger.postpone(row, boot, nextAtMs, answer.kind);
        }
      });
      this.#logAnswer(row, answer, startedMs);
    } catch (error) {
      this.#logFault(row.work.kind, error);
      this.#faulty.push({ row, why: faultMessage(error) });
    }
  }

  /**
   * A row whose outcome could not be stored (a full disk, a damaged sale) is asked again, later, under its key. Only
   * a receipt that fails so again and again is set aside: every other row is what carries its sale on.
   */
  #giveBackFaulty(): void {
    const { ledger, clock, boot } = this.#options;
    for (let faulty = this.#faulty[0]; faulty !== undefined; faulty = this.#faulty[0]) {
      const { row, why } = faulty;
      const nowMs = clock.nowMs();
      if (!ledger.holds(row, boot)) {
        // Its outcome was stored; what followed failed.
      } else if (row.tries >= receiptFaultsMax && row.work.kind === 'charge.receipt_email') {
        ledger.setAside(row, boot, why, nowMs);
      } else {
        ledger.postpone(row, boot, nowMs + retryDelayMs(row.id, row.tries), why);
      }
      this.#faulty.shift();
    }
  }

  #logAnswer(row: OutboxRow, answer: Answer<unknown>, startedMs: number): void {
    const { clock, log } = this.#options;
    log.write(answer.kind === 'done' ? 'info' : 'warn', `${row.work.kind}.${answer.kind}`, {
      sale: row.saleId,
      ...('ordinal' in row.work ? { ordinal: row.work.ordinal } : {}),
      tries: row.tries + 1,
      durationMs: Math.round(clock.monotonicMs() - startedMs),
      ...('requestId' in answer ? { requestId: answer.requestId } : {}),
      ...('code' in answer ? { code: answer.code } : {}),
      ...('status' in answer ? { status: answer.status } : {}),
    });
  }

  #logFault(step: string, error: unknown): void {
    const why = faultMessage(error);
    this.#options.log.write('error', 'outbox.fault', { step, why });
  }
}
