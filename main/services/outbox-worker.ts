import { DamagedSale } from '../domain/damaged-sale.ts';
import { faultMessage } from '../domain/fault-message.ts';
import type { SaleId } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { CallRecord, Ledger, OutboxRow, WorkOwner } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Answer } from '../ports/payments-api.ts';
import { mendDamaged } from './mend-damaged.ts';
import { Nap } from './nap.ts';
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
  /** Makes the row's call. Must not throw for what the outside does. */
  readonly carryOut: (row: OutboxRow, signal: AbortSignal) => Promise<Settled>;
  /** The row's sale can't be believed as it is stored. */
  readonly onDamaged: (id: SaleId) => void;
  /** The file itself could not be used just now. */
  readonly onFileFault: () => void;
}

interface FaultyRow {
  readonly row: OutboxRow;
  readonly why: string;
}

/** Stands for the answer of a call whose outcome could not be stored. */
const notStored: CallRecord = {
  outcome: 'unanswered',
  status: null,
  code: 'not_stored',
  requestId: null,
  durationMs: 0,
};

/** Owners do not wait for one another; more than this many calls at once help nobody. */
const callsAtOnceMax = 4;
const letters: ReadonlySet<OutboxRow['work']['kind']> = new Set([
  'charge.receipt_email',
  'consent.email',
]);
/** How long to wait after the file could not be used, in milliseconds. */
const faultPauseMs = 2_000;
/** After this many tries a letter that can't be worked on is set aside; work on money or a card never is. */
const letterFaultsMax = 10;
/** Looks again at least this often, should a wake-up be missed. */
const idleMs = 30_000;

/**
 * Carries out the outbox's rows, at least once each, until `close`. The lease on a row is this worker's memory: one
 * worker runs in the one process that may write, and with that process its leases are gone.
 */
export class OutboxWorker {
  readonly #options: OutboxWorkerOptions;
  readonly #closing = new AbortController();
  /** Whose work is under way: one row of an owner at a time, in the order of its steps. */
  readonly #leased = new Set<WorkOwner>();
  readonly #calls = new Set<Promise<void>>();
  readonly #faulty: FaultyRow[] = [];
  readonly #nap: Nap;
  #loop: Promise<void> | null = null;

  constructor(options: OutboxWorkerOptions) {
    this.#options = options;
    this.#nap = new Nap(options.clock);
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** There may be work: look now. */
  wake(): void {
    this.#nap.wake();
  }

  /** Takes no further rows, gives up the calls under way (their rows are asked again by the next boot), and waits. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.wake();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      this.#nap.begin();
      const isWell = this.#takeWhatIsDue();
      await this.#nap.sleep(isWell ? this.#untilDueMs() : faultPauseMs);
    }
    await Promise.all(this.#calls);
  }

  /** False when the file could not be used; that is looked at again after a while. */
  #takeWhatIsDue(): boolean {
    const { ledger, clock } = this.#options;
    try {
      const isWell = this.#giveBackFaulty();
      while (this.#calls.size < callsAtOnceMax) {
        const row = ledger.nextDue(clock.nowMs(), this.#leased);
        if (row === null) return isWell;
        this.#leased.add(row.owner);
        const call = this.#work(row).finally(() => {
          this.#calls.delete(call);
          this.wake();
        });
        this.#calls.add(call);
      }
      return isWell;
    } catch (error) {
      this.#logFault('outbox.not_usable', error);
      this.#options.onFileFault();
      return false;
    }
  }

  #untilDueMs(): number {
    const { ledger, clock } = this.#options;
    if (this.#calls.size >= callsAtOnceMax) return idleMs;
    try {
      const nowMs = clock.nowMs();
      const next = ledger.nextDueAtMs(nowMs, this.#leased);
      const untilDueMs = next === null ? idleMs : next - nowMs;
      return Math.min(idleMs, Math.max(untilDueMs, 1));
    } catch (error) {
      this.#logFault('outbox.not_usable', error);
      return faultPauseMs;
    }
  }

  /** Never rejects: what goes wrong here is put off, told, and done later. */
  async #work(row: OutboxRow): Promise<void> {
    const { ledger, clock } = this.#options;
    const startedMs = clock.monotonicMs();
    try {
      const settled = await this.#options.carryOut(row, this.#closing.signal);
      const { answer } = settled;
      if (this.#closing.signal.aborted && answer.kind === 'unanswered') return;
      const call = callRecord(answer, Math.round(clock.monotonicMs() - startedMs));
      settled.store(() => {
        const nowMs = clock.nowMs();
        if (settled.isOver) {
          ledger.finish(row, answer.kind === 'done' ? 'done' : 'refused', call, nowMs);
        } else {
          ledger.postpone(row, nowMs + retryDelayMs(row.id, row.tries), call, nowMs);
        }
      });
      this.#leased.delete(row.owner);
      this.#logCall(row, call);
    } catch (error) {
      this.#logFault(row.work.kind, error);
      this.#faulty.push({ row, why: faultMessage(error) });
      const { onDamaged, log } = this.#options;
      if (error instanceof DamagedSale) mendDamaged(error, onDamaged, log);
    }
  }

  /**
   * A row whose outcome could not be stored (a full disk, a damaged sale) is asked again, later, under its key. Only
   * a letter that fails so again and again is set aside: every other row is what carries its owner on. False when one
   * could not even be given back; its owner stays leased until it can.
   */
  #giveBackFaulty(): boolean {
    const stillFaulty: FaultyRow[] = [];
    for (const faulty of this.#faulty.splice(0)) {
      try {
        this.#giveBack(faulty);
        this.#leased.delete(faulty.row.owner);
      } catch (error) {
        // Its owner waits; every other one goes on.
        this.#logFault('outbox.not_given_back', error);
        stillFaulty.push(faulty);
      }
    }
    this.#faulty.push(...stillFaulty);
    return stillFaulty.length === 0;
  }

  #giveBack({ row, why }: FaultyRow): void {
    const { ledger, clock } = this.#options;
    const nowMs = clock.nowMs();
    // Its outcome was stored; what followed failed.
    if (!ledger.isOpen(row)) return;
    if (row.tries >= letterFaultsMax && letters.has(row.work.kind)) {
      ledger.setAside(row, why, nowMs);
      return;
    }
    ledger.postpone(row, nowMs + retryDelayMs(row.id, row.tries), notStored, nowMs);
  }

  #logCall(row: OutboxRow, call: CallRecord): void {
    const { outcome, status, code, requestId, durationMs } = call;
    this.#options.log.write(outcome === 'done' ? 'info' : 'warn', `${row.work.kind}.${outcome}`, {
      ...(row.owner.startsWith('sale_') ? { sale: row.owner } : { owner: row.owner }),
      ...('ordinal' in row.work ? { ordinal: row.work.ordinal } : {}),
      tries: row.tries + 1,
      durationMs,
      ...(requestId === null ? {} : { requestId }),
      ...(code === null ? {} : { code }),
      ...(status === null ? {} : { status }),
    });
  }

  #logFault(step: string, error: unknown): void {
    const why = faultMessage(error);
    this.#options.log.write('error', 'outbox.fault', { step, why });
  }
}

function callRecord(answer: Answer<unknown>, durationMs: number): CallRecord {
  return {
    outcome: answer.kind,
    status: 'status' in answer ? answer.status : null,
    code: 'code' in answer ? answer.code : null,
    requestId: 'requestId' in answer ? (answer.requestId ?? null) : null,
    durationMs,
  };
}
