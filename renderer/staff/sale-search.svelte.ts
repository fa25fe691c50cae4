import type { Refusal } from '../../preload/contract/envelope.ts';
import type { MoneyRow, SaleHistoryView } from '../../preload/contract/staff.ts';
import type { Timers } from '../state/timers.ts';
import type { StaffCalls } from './staff-calls.ts';

/** After "check", the history is read again this often and this far apart: Stripe's answer takes a moment. */
const looks = 4;
const lookEveryMs = 2_000;

/** How far a check with Stripe has come. */
export type Check = 'none' | 'asked' | 'nothing';

/** The list of sales, what was searched for, and the one whose history lies open. */
export class SaleSearch {
  readonly #calls: StaffCalls;
  readonly #timers: Timers;
  readonly #onOpen: (saleId: string | null) => void;
  #rows = $state.raw<readonly MoneyRow[] | null>(null);
  #words = $state<string | null>(null);
  #history = $state.raw<SaleHistoryView | null>(null);
  #check = $state<Check>('none');
  #refusal = $state.raw<Refusal | null>(null);
  #turn = 0;
  #visit = 0;

  /** `onOpen` hears whose history is opened; null when it is closed. */
  constructor(calls: StaffCalls, timers: Timers, onOpen: (saleId: string | null) => void) {
    this.#calls = calls;
    this.#timers = timers;
    this.#onOpen = onOpen;
  }

  /** Newest first; null until main has answered. */
  get rows(): readonly MoneyRow[] | null {
    return this.#rows;
  }

  /** What the rows were found by; null for the sales of the day. */
  get words(): string | null {
    return this.#words;
  }

  get history(): SaleHistoryView | null {
    return this.#history;
  }

  get check(): Check {
    return this.#check;
  }

  get refusal(): Refusal | null {
    return this.#refusal;
  }

  /** Lists the sales of the day, or those that match. A later question's answer is the one that counts. */
  async list(words: string | null): Promise<void> {
    const asked = words === null || words.trim() === '' ? null : words.trim();
    this.#words = asked;
    await this.again();
  }

  /** Asks for the same list again. */
  async again(): Promise<void> {
    const [asked, visit] = [this.#words, this.#visit];
    const told = await this.#calls.ask('money:sales', { search: asked });
    if (asked !== this.#words || visit !== this.#visit) return;
    if (told.kind === 'told') this.#rows = told.value.rows;
  }

  /** Forgets everything: the next person begins with nothing. */
  end(): void {
    this.#visit += 1;
    this.#rows = null;
    this.#words = null;
    this.close();
  }

  async open(saleId: string): Promise<void> {
    this.#turn += 1;
    this.#check = 'none';
    this.#onOpen(saleId);
    await this.#read(saleId, this.#turn);
  }

  close(): void {
    this.#turn += 1;
    this.#history = null;
    this.#check = 'none';
    this.#refusal = null;
    this.#onOpen(null);
  }

  /** Something was done with the open sale: its history is read again, now and for a while. */
  followUp(): void {
    const saleId = this.#history?.row.saleId ?? null;
    if (saleId === null) return;
    void this.#read(saleId, this.#turn);
    this.#look(saleId, this.#turn, looks);
  }

  /** Has the open sale's PaymentIntent read at Stripe, and follows what comes of it. */
  async checkNow(): Promise<void> {
    const saleId = this.#history?.row.saleId ?? null;
    if (saleId === null) return;
    const turn = this.#turn;
    const told = await this.#calls.ask('money:check', { saleId });
    if (turn !== this.#turn) return;
    this.#check = told.kind === 'told' ? 'asked' : 'nothing';
    if (told.kind === 'told') this.#look(saleId, turn, looks);
  }

  #look(saleId: string, turn: number, left: number): void {
    if (left === 0) return;
    this.#timers.after(lookEveryMs, () => {
      if (turn !== this.#turn) return;
      void this.#read(saleId, turn);
      this.#look(saleId, turn, left - 1);
    });
  }

  async #read(saleId: string, turn: number): Promise<void> {
    const told = await this.#calls.ask('money:history', { saleId });
    if (turn !== this.#turn) return;
    this.#refusal = told.kind === 'refused' ? told.refusal : null;
    if (told.kind === 'told') this.#history = told.value;
  }
}
