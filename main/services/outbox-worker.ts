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
/** Looks again at least this often, should a wake-up be missed. */
const idleMs = 30_000;

/** Carries out the outbox's rows, at least once each, until `close`. */
export class OutboxWorker {
  readonly #options: OutboxWorkerOptions;
  readonly #closing = new AbortController();
  readonly #calls = new Set<Promise<void>>();
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
      this.#takeWhatIsDue();
      await this.#napUntilDue();
    }
    await Promise.all(this.#calls);
  }

  #takeWhatIsDue(): void {
    const { ledger, clock, boot } = this.#options;
    while (this.#calls.size < callsAtOnceMax) {
      const row = ledger.claim(boot, clock.nowMs());
      if (row === null) return;
      const call = this.#work(row).finally(() => {
        this.#calls.delete(call);
        this.wake();
      });
      this.#calls.add(call);
    }
  }

  async #napUntilDue(): Promise<void> {
    const { ledger, clock } = this.#options;
    const next = ledger.nextDueAtMs();
    const busy = this.#calls.size >= callsAtOnceMax;
    const untilDueMs = next === null || busy ? idleMs : next - clock.nowMs();
    const ms = Math.min(idleMs, Math.max(untilDueMs, this.#calls.size > 0 ? 20 : 1));
    await clock.sleep(ms, this.#nap.signal).catch(() => {
      // Woken.
    });
  }

  async #work(row: OutboxRow): Promise<void> {
    const { ledger, clock, boot, log } = this.#options;
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
      log.write(answer.kind === 'done' ? 'info' : 'warn', `${row.work.kind}.${answer.kind}`, {
        sale: row.saleId,
        ...('ordinal' in row.work ? { ordinal: row.work.ordinal } : {}),
        tries: row.tries + 1,
        durationMs: Math.round(clock.monotonicMs() - startedMs),
        ...('requestId' in answer ? { requestId: answer.requestId } : {}),
        ...('code' in answer ? { code: answer.code } : {}),
        ...('status' in answer ? { status: answer.status } : {}),
      });
    } catch (error) {
      this.#setAside(row, error);
    }
  }

  /** Only a fault of ours comes here. The row is kept for a person and stops nothing else. */
  #setAside(row: OutboxRow, error: unknown): void {
    const { ledger, clock, boot, log } = this.#options;
    const why = error instanceof Error ? error.message : 'unknown fault';
    log.write('error', 'outbox.row_set_aside', { sale: row.saleId, step: row.work.kind, why });
    ledger.setAside(row, boot, why, clock.nowMs());
  }
}
