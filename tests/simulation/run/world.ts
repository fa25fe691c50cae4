import { saleId } from '../../../main/domain/ids.ts';
import type { IdSource } from '../../../main/ports/id-source.ts';
import type { Started } from '../../../main/services/checkout.ts';
import { Disk } from '../kiosk/disk.ts';
import { KioskMachine, ourKiosk } from '../kiosk/kiosk-machine.ts';
import { type KioskProcess, ProcessGone } from '../kiosk/kiosk-process.ts';
import { costOf } from '../kiosk/price-list.ts';
import { Customer } from '../people/customer.ts';
import { type ReaderDevice, ReaderPage } from '../people/reader-page.ts';
import { Staff } from '../people/staff.ts';
import type { Boundary, Milestone } from '../plan/fault.ts';
import type { SeedPlan } from '../plan/sale-plan.ts';
import { SaleRun } from '../plan/sale-run.ts';
import { isFinalWord, judgeBytes, judgeEnd } from '../promises/at-the-end.ts';
import { judgeDayClose } from '../promises/day-close.ts';
import type { Evidence } from '../promises/evidence.ts';
import { judgeCommitted } from '../promises/file-watch.ts';
import { judgeEntry } from '../promises/ledger-watch.ts';
import { watchedLog } from '../promises/log-watch.ts';
import { judgeScreen } from '../promises/screen-watch.ts';
import { judgeRequest } from '../promises/sent-requests.ts';
import { type PromiseName, Verdicts, type Violation } from '../promises/verdicts.ts';
import { WireRecord } from '../promises/wire-record.ts';
import type { LedgerEntry, ModelIntent } from '../stripe/payment-intents.ts';
import { StripeModel } from '../stripe/stripe-model.ts';
import { Agenda, settled } from '../time/agenda.ts';
import type { WallClock } from '../time/kiosk-clock.ts';
import { Network } from '../wire/network.ts';
import { PaymentsWire } from '../wire/payments-wire.ts';
import { ArmedCrashes } from './armed-crashes.ts';
import { happen, type MomentParts } from './moments.ts';
import { Tally } from './tally.ts';
import { Trace } from './trace.ts';

/** Friday, 9:00 UTC. */
const startMs = Date.UTC(2026, 10, 20, 9, 0, 0);
const day = 24 * 3_600_000;
/** No seed takes longer; one that does has hung. */
const sellingMaxMs = 120 * day;
const stepsMax = 2_000_000;
/** By then a kiosk that has started has looked through its file. In milliseconds. */
const checkedAfterMs = 10_000;
/** How long everything stays well at the end: four times what P6 asks for. */
const drainMs = 40 * 60_000;

export interface SeedResult {
  readonly seed: number;
  readonly sales: number;
  readonly steps: number;
  readonly crashes: number;
  readonly faults: ReadonlyMap<string, number>;
  /** Final states of the sales, and customers who were refused. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** Every state a sale was seen in. */
  readonly states: ReadonlyMap<string, number>;
  readonly checks: Readonly<Record<PromiseName, number>>;
  readonly violations: readonly Violation[];
  readonly trace: readonly string[];
}

export interface WorldOptions {
  readonly folder: string;
  readonly isTraced: boolean;
  /** Does to the payment system's ledger what no kiosk may: to see that the checker notices. */
  readonly meddle?: (stripe: StripeModel, intent: ModelIntent, entry: LedgerEntry) => void;
}

/** One seed: the real desk on a real file, and a world in which everything else is a model. */
export class World {
  readonly #plan: SeedPlan;
  readonly #agenda = new Agenda(startMs);
  readonly #wall: WallClock = { aheadMs: 0 };
  readonly #network = new Network(this.#agenda);
  readonly #trace: Trace;
  readonly #verdicts: Verdicts;
  readonly #disk: Disk;
  readonly #stripe: StripeModel;
  readonly #wire = new WireRecord();
  readonly #evidence: Evidence;
  readonly #machine: KioskMachine;
  readonly #customer: Customer;
  readonly #staff: Staff;
  readonly #moments: MomentParts;
  readonly #runs: readonly SaleRun[];
  readonly #runsById = new Map<string, SaleRun>();
  readonly #faults = new Tally();
  readonly #states = new Tally();
  /** States of the sales in the last copy of the file. */
  readonly #inBackup = new Map<string, string>();
  readonly #damaged = new Set<string>();
  readonly #device: ReaderDevice = { inFlight: 0 };
  readonly #crashesDue = new ArmedCrashes();
  #crashes = 0;
  #runningSinceMs = 0;
  #hurriedAtMs = 0;
  #refused = 0;
  #nextRun = 0;
  #refusals = 0;
  #isArrivalDue = false;
  #inHand: SaleRun | null = null;
  #isDraining = false;
  #clockWasSet = false;
  #ids = 0;

  constructor(plan: SeedPlan, { folder, isTraced, meddle }: WorldOptions) {
    this.#plan = plan;
    const elapsedMs = (): number => this.#agenda.nowMs - startMs;
    this.#trace = new Trace(isTraced, elapsedMs);
    this.#verdicts = new Verdicts(elapsedMs);
    this.#disk = new Disk(folder, plan.seed);
    this.#runs = plan.sales.map((sale) => new SaleRun(sale));
    this.#stripe = new StripeModel(this.#agenda, (intent, entry) => {
      if (this.#trace.isKept) {
        this.#trace.add(
          `ledger: ${intent.id} of ${intent.saleId ?? '-'} ${entry.what} by ${entry.by}`,
        );
      }
      judgeEntry(this.#evidence, intent, entry);
      meddle?.(this.#stripe, intent, entry);
    });
    this.#machine = this.#makeMachine();
    this.#evidence = {
      agenda: this.#agenda,
      kioskId: ourKiosk,
      stripe: this.#stripe,
      network: this.#network,
      wire: this.#wire,
      verdicts: this.#verdicts,
      file: () => this.#machine.file,
      runOf: (id) => this.#runsById.get(id) ?? null,
      kioskNowMs: () => this.#machine.nowMs,
      boot: () => this.#machine.boots,
      hurriedAtMs: () => this.#hurriedAtMs,
      clockWasSet: () => this.#clockWasSet,
    };
    this.#customer = new Customer({
      seed: plan.seed,
      agenda: this.#agenda,
      checkout: () => this.#machine.desk?.checkout ?? null,
      runOf: this.#evidence.runOf,
      onFault: (kind, run) => this.#felt(kind, run),
      askReceipt: (sale) => {
        this.#faults.add('wants_receipt');
        this.#machine.desk?.receipts.email(sale.id, 'member@example.com');
      },
      onGone: (run) => {
        this.#reached(run, 'ended');
        this.#expectNext();
      },
    });
    this.#staff = new Staff({
      seed: plan.seed,
      agenda: this.#agenda,
      desk: () => this.#machine.desk,
      note: (what) => this.#trace.add(what),
      onClosed: () => judgeDayClose(this.#evidence),
    });
    this.#moments = {
      agenda: this.#agenda,
      wall: this.#wall,
      disk: this.#disk,
      network: this.#network,
      stripe: this.#stripe,
      machine: this.#machine,
      staff: this.#staff,
      onHappened: (kind, run) => this.#felt(kind, run),
      onHurried: (run) => {
        this.#felt('hurried', run);
        this.#hurriedAtMs = this.#agenda.nowMs;
      },
      onLost: () => {
        this.#machine.lostRecords();
        for (const run of this.#runs) {
          run.isStored = false;
          run.wasLost ||= run.id !== null;
        }
      },
      onRestored: () => {
        this.#machine.lostRecords();
        for (const run of this.#runs) {
          const state = run.id === null ? undefined : this.#inBackup.get(run.id);
          run.isStored = state !== undefined;
          run.wasRestored ||= state !== undefined && !isFinalWord(state);
        }
      },
      onDamaged: (id) => this.#damaged.add(id),
    };
  }

  async run(): Promise<SeedResult> {
    this.#machine.boot();
    await this.#runUntil(startMs + sellingMaxMs, () => this.#isSold());
    await this.#drain();
    await this.#judge();
    return this.#result();
  }

  /** Everything is well from now on, and nobody buys: what is unfinished must be finished or told. */
  async #drain(): Promise<void> {
    this.#isDraining = true;
    this.#crashesDue.disarm();
    this.#network.mend();
    this.#machine.fill(false);
    this.#trace.add('everything is well again');
    const untilMs = this.#agenda.nowMs + drainMs;
    if (!this.#machine.isUp)
      await this.#runUntil(this.#agenda.nowMs + 8 * day, () => this.#machine.isUp);
    for (let round = 0; round < 4; round += 1) {
      await this.#runUntil(untilMs + round * drainMs, () => this.#isCalm());
      if (this.#isCalm()) return;
    }
  }

  async #judge(): Promise<void> {
    const view = this.#machine.file;
    if (view === null) {
      this.#verdicts.check('P7', false, () => 'the kiosk is not running at the end');
    } else {
      judgeEnd(this.#evidence, view, this.#runs, this.#damaged);
      for (const { state } of view.sales()) this.#outcomes.add(state);
      this.#verdicts.check('P7', view.broken().length === 0, () => {
        return `broken chains: ${view.broken().join()}`;
      });
    }
    judgeBytes(this.#evidence, this.#disk.file);
    await this.#machine.shut();
    await settled();
    this.#disk.removeAll();
  }

  readonly #outcomes = new Tally();

  #result(): SeedResult {
    if (this.#refused > 0) this.#outcomes.add('refused', this.#refused);
    return {
      seed: this.#plan.seed,
      sales: this.#runs.length,
      steps: this.#agenda.steps,
      crashes: this.#crashes,
      faults: this.#faults.counts,
      outcomes: this.#outcomes.counts,
      states: this.#states.counts,
      checks: this.#verdicts.checks,
      violations: this.#verdicts.violations,
      trace: this.#trace.lines,
    };
  }

  async #runUntil(untilMs: number, isOver: () => boolean): Promise<void> {
    for (let steps = 0; steps < stepsMax; steps += 1) {
      let went = false;
      try {
        went = this.#agenda.next(untilMs);
      } catch (error) {
        went = true;
        this.#thrown(error);
      }
      await settled();
      if (!went || isOver()) return;
    }
    this.#verdicts.check('P7', false, () => 'the kiosk went on without end');
  }

  /** What a person or the page set off and the kiosk refused by throwing; the window shows a fault for it. */
  #thrown(error: unknown): void {
    if (error instanceof ProcessGone) return;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'SQLITE_FULL') {
      this.#faults.add('disk_full_felt');
      return;
    }
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#verdicts.check('P7', false, () => `the kiosk threw: ${what}`);
  }

  #isSold(): boolean {
    return this.#nextRun >= this.#runs.length && this.#machine.desk?.checkout?.sale === null;
  }

  #isCalm(): boolean {
    const view = this.#machine.file;
    if (view === null || !this.#machine.isUp) return false;
    if (this.#agenda.steps % 16 !== 0) return false;
    if (this.#agenda.nowMs - this.#runningSinceMs < checkedAfterMs) return false;
    const isSwept = this.#machine.desk?.sweep.lastOutcome?.kind === 'complete';
    return isSwept && view.unfinished() === 0 && view.openWork() === 0;
  }

  #expectNext(): void {
    if (this.#isArrivalDue || this.#isDraining) return;
    const run = this.#runs[this.#nextRun];
    if (run === undefined) return;
    this.#isArrivalDue = true;
    this.#agenda.after(run.plan.gapMs, () => {
      this.#isArrivalDue = false;
      this.#arrive(run);
    });
  }

  #arrive(run: SaleRun): void {
    const checkout = this.#machine.desk?.checkout ?? null;
    if (checkout === null || checkout.sale !== null || run !== this.#runs[this.#nextRun]) return;
    this.#inHand = run;
    run.total = costOf(run.plan.lines);
    for (const fault of run.plan.faults) {
      if (fault.kind === 'crash' || fault.kind === 'crash_in_recovery') this.#crashesDue.arm(fault);
      if (fault.kind === 'backup_restored') this.#backUp();
    }
    this.#trace.add(`customer ${String(run.plan.index)} arrives`);
    const { hasRoom: hadRoom } = this.#machine;
    let started: Started | null = null;
    try {
      started = checkout.start(run.plan.lines);
    } finally {
      if (started?.kind !== 'started' && !this.#machine.isUp) this.#nextRun += 1;
    }
    if (started.kind === 'started') {
      this.#verdicts.check('P7', hadRoom, () => 'a sale began on a full disk');
      this.#nextRun += 1;
      this.#refusals = 0;
      this.#reached(run, 'started');
      return;
    }
    this.#refusals += 1;
    if (this.#refusals >= 3) {
      this.#refused += 1;
      this.#refusals = 0;
      this.#nextRun += 1;
    }
    this.#agenda.after(20_000, () => this.#expectNext());
  }

  #backUp(): void {
    this.#disk.backUp();
    this.#inBackup.clear();
    for (const { id, state } of this.#machine.file?.sales() ?? []) this.#inBackup.set(id, state);
  }

  #reached(run: SaleRun, milestone: Milestone): void {
    for (const fault of run.reach(milestone)) {
      this.#agenda.after(fault.afterMs, () => {
        if (this.#isDraining) return;
        if (fault.kind === 'clock_set') this.#clockWasSet = true;
        happen(this.#moments, fault, run);
      });
    }
  }

  #felt(kind: string, run: SaleRun): void {
    this.#faults.add(kind);
    if (this.#trace.isKept)
      this.#trace.add(`fault: ${kind} for customer ${String(run.plan.index)}`);
  }

  #diesAt(boundary: Boundary): number | null {
    const due = this.#crashesDue.passes(boundary);
    if (due === null) return null;
    const { kind, downMs, clockByMs } = due;
    this.#faults.add(`${kind}_${boundary}`);
    if (downMs > 2 * day) this.#faults.add('down_for_days');
    if (clockByMs !== 0) {
      this.#faults.add('clock_lost_while_down');
      this.#clockWasSet = true;
      this.#agenda.after(Math.floor(downMs / 2), () => {
        this.#wall.aheadMs += clockByMs;
      });
    }
    this.#trace.add(`fault: ${kind} at ${boundary}, down for ${String(downMs)} ms`);
    return downMs;
  }

  #makeMachine(): KioskMachine {
    const { seed, askBeforeCharging } = this.#plan;
    return new KioskMachine({
      agenda: this.#agenda,
      wall: this.#wall,
      disk: this.#disk,
      network: this.#network,
      askBeforeCharging,
      ids: this.#idSource(),
      logOf: (process) =>
        watchedLog(
          this.#verdicts,
          process,
          this.#trace.isKept ? (line) => this.#trace.add(`log: ${line}`) : null,
        ),
      paymentsOf: (process, time) =>
        new PaymentsWire(this.#stripe, {
          seed,
          agenda: this.#agenda,
          network: this.#network,
          process,
          witness: {
            left: (request, boot) => {
              if (this.#trace.isKept) {
                this.#trace.add(
                  `wire: ${request.call} ${request.key ?? request.intentId ?? ''} left`,
                );
              }
              judgeRequest(this.#evidence, request, boot);
              this.#wire.left(request, boot, this.#agenda.nowMs);
              this.#noteSent(request.call, request.saleId);
            },
            answered: (request, answer) => {
              if (this.#trace.isKept) {
                this.#trace.add(`wire: ${request.call} answered ${answer.kind}`);
              }
              this.#wire.answered(request, answer);
            },
          },
          runOf: (id) => (id === null ? this.#inHand : (this.#runsById.get(id) ?? null)),
          onFault: (kind, request) => {
            this.#faults.add(kind);
            this.#trace.add(`fault: ${kind} hits ${request.call}`);
          },
          onDate: (serverMs) => time.heard(serverMs),
        }),
      pageOf: (process) => this.#makePage(process),
      diesAt: (boundary) => this.#diesAt(boundary),
      onCommit: (touched) => this.#committed(touched),
      onChange: () => this.#shown(),
      onOpened: (view) => {
        const left = view.withoutWork().filter((id) => !this.#damaged.has(id));
        this.#verdicts.check('P2', left.length === 0, () => {
          return `${left.join()} waits for Stripe, and nothing in the file asks it`;
        });
      },
      onRunning: () => {
        this.#trace.add('the kiosk runs');
        this.#runningSinceMs = this.#agenda.nowMs;
        this.#customer.looksAgain();
        this.#crashesDue.started();
        this.#shown();
        this.#expectNext();
      },
      onReserveGivenUp: () => {
        this.#faults.add('reserve_given_up');
      },
      onEnd: (how) => {
        if (how === 'died') this.#crashes += 1;
        this.#trace.add(`the kiosk ${how}`);
      },
    });
  }

  #makePage(process: KioskProcess): ReaderPage {
    return new ReaderPage({
      seed: this.#plan.seed,
      agenda: this.#agenda,
      network: this.#network,
      stripe: this.#stripe,
      device: this.#device,
      process,
      checkout: () => this.#machine.desk?.checkout ?? null,
      runOf: (id) => this.#runsById.get(id) ?? null,
      reached: (run, milestone) => this.#reached(run, milestone),
      onFault: (kind, run) => this.#felt(kind, run),
      onCollect: (run) => {
        this.#verdicts.check('P5', run.inFlight === 0, () => {
          return `${run.id ?? ''} asks for another card while one may still be charged`;
        });
      },
      note: (what, run) => this.#trace.add(`${what} for customer ${String(run.plan.index)}`),
    });
  }

  #noteSent(call: string, id: string | null): void {
    const run = id === null ? null : (this.#runsById.get(id) ?? null);
    if (run === null) return;
    if (call === 'create') this.#reached(run, 'confirmed');
    if (call === 'capture') this.#reached(run, 'capture_sent');
    if (call === 'cancel') this.#reached(run, 'cancel_sent');
  }

  #committed(touched: readonly string[]): void {
    for (const id of touched) {
      const sale = judgeCommitted(this.#evidence, id);
      if (sale === null) continue;
      const run = this.#runsById.get(id);
      if (run !== undefined) run.isStored = true;
      this.#states.add(sale.state);
      this.#trace.add(`file: ${id} is ${sale.state} at ${String(sale.revision)}`);
      if (sale.state === 'needs_staff') this.#staff.isAsked(saleId(id));
    }
  }

  #shown(): void {
    const sale = this.#machine.desk?.checkout?.sale ?? null;
    if (sale === null) {
      this.#expectNext();
      return;
    }
    judgeScreen(this.#evidence, sale);
    this.#customer.sees(sale);
  }

  #idSource(): IdSource {
    return {
      next: (prefix) => {
        this.#ids += 1;
        const id = `${prefix}_${String(this.#plan.seed % 1_000_000_000).padStart(9, '0')}${this.#ids.toString(36).padStart(12, '0')}`;
        if (prefix === 'sale' && this.#inHand !== null) {
          this.#inHand.id = saleId(id);
          this.#runsById.set(id, this.#inHand);
        }
        return id;
      },
    };
  }
}
