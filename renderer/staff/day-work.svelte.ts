import { tick } from 'svelte';
import type { Refusal } from '../../preload/contract/envelope.ts';
import type { DayCloseAnswer, DayReportView, SweepAnswer } from '../../preload/contract/staff.ts';
import type { StaffCalls, Told } from './staff-calls.ts';

/** What main is busy with for this page. */
export type DayTask = 'sweep' | 'close' | 'export' | 'report' | 'bundle';

/** The longer pieces of work on the day and for support, one at a time, each with its outcome. */
export class DayWork {
  readonly #calls: StaffCalls;
  readonly #onDone: () => void;
  readonly #print: () => void;
  #task = $state<DayTask | null>(null);
  #sweep = $state.raw<SweepAnswer | null>(null);
  #close = $state.raw<DayCloseAnswer | null>(null);
  #csvFile = $state<string | null>(null);
  #bundleFile = $state<string | null>(null);
  #report = $state.raw<DayReportView | null>(null);
  #refusal = $state.raw<Refusal | null>(null);
  #turn = 0;

  constructor(calls: StaffCalls, onDone: () => void, print: () => void) {
    this.#calls = calls;
    this.#onDone = onDone;
    this.#print = print;
  }

  /** What is being done; null when nothing is. A second tap meanwhile does nothing. */
  get task(): DayTask | null {
    return this.#task;
  }

  get sweepAnswer(): SweepAnswer | null {
    return this.#sweep;
  }

  get closeAnswer(): DayCloseAnswer | null {
    return this.#close;
  }

  /** Where main wrote the table; null before it did. */
  get csvFile(): string | null {
    return this.#csvFile;
  }

  get bundleFile(): string | null {
    return this.#bundleFile;
  }

  /** The report as it lies on the screen and goes to paper. */
  get report(): DayReportView | null {
    return this.#report;
  }

  get refusal(): Refusal | null {
    return this.#refusal;
  }

  async sweep(): Promise<void> {
    await this.#once(
      'sweep',
      () => this.#calls.ask('money:sweep', {}),
      (answer) => {
        this.#sweep = answer;
      },
    );
  }

  async close(by: string): Promise<void> {
    this.#close = null;
    await this.#once(
      'close',
      () => this.#calls.ask('day:close', { by }),
      (answer) => {
        this.#close = answer;
      },
    );
  }

  async writeCsv(): Promise<void> {
    await this.#once(
      'export',
      () => this.#calls.ask('day:export', {}),
      ({ file }) => {
        this.#csvFile = file;
      },
    );
  }

  async writeBundle(): Promise<void> {
    await this.#once(
      'bundle',
      () => this.#calls.ask('support:bundle', {}),
      ({ file }) => {
        this.#bundleFile = file;
      },
    );
  }

  /** Lays the report of the running day on the screen. */
  async showReport(): Promise<void> {
    await this.#once(
      'report',
      () => this.#calls.ask('day:report', {}),
      (report) => {
        this.#report = report;
      },
    );
  }

  async print(): Promise<void> {
    await tick();
    this.#print();
  }

  putAway(): void {
    this.#report = null;
  }

  /** Clears every outcome; an answer still on its way is not shown any more. */
  forget(): void {
    this.#turn += 1;
    this.#task = null;
    this.#sweep = null;
    this.#close = null;
    this.#csvFile = null;
    this.#bundleFile = null;
    this.#report = null;
    this.#refusal = null;
  }

  async #once<Value>(
    task: DayTask,
    ask: () => Promise<Told<Value>>,
    take: (value: Value) => void,
  ): Promise<void> {
    if (this.#task !== null) return;
    const turn = this.#turn;
    this.#task = task;
    this.#refusal = null;
    const told = await ask();
    if (turn !== this.#turn) return;
    this.#task = null;
    if (told.kind === 'refused') this.#refusal = told.refusal;
    else {
      take(told.value);
      this.#onDone();
    }
  }
}
