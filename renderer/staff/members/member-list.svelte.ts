import type { MemberRow } from '../../../preload/contract/cards.ts';
import type { Refusal } from '../../../preload/contract/envelope.ts';
import type { StaffCalls } from '../staff-calls.ts';

/** The members that were looked for. */
export class MemberList {
  readonly #calls: StaffCalls;
  #rows = $state.raw<readonly MemberRow[] | null>(null);
  #words = $state('');
  #refusal = $state.raw<Refusal | null>(null);
  #turn = 0;

  constructor(calls: StaffCalls) {
    this.#calls = calls;
  }

  /** Null until main has answered. */
  get rows(): readonly MemberRow[] | null {
    return this.#rows;
  }

  /** What they were looked for by; empty for all. */
  get words(): string {
    return this.#words;
  }

  /** Why the last question had no answer. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }

  /** Looks for those that match; a later question's answer is the one that counts. */
  async find(words: string): Promise<void> {
    this.#words = words.trim();
    this.#turn += 1;
    const turn = this.#turn;
    const told = await this.#calls.ask('members:search', { words: this.#words });
    if (turn !== this.#turn) return;
    this.#refusal = told.kind === 'refused' ? told.refusal : null;
    if (told.kind === 'told') this.#rows = told.value;
  }

  forget(): void {
    this.#turn += 1;
    this.#rows = null;
    this.#words = '';
    this.#refusal = null;
  }
}
