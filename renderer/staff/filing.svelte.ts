import { refusalSaying, type Saying, waitingSaying } from './saying.ts';
import type { Told } from './staff-calls.ts';

/** What one form asks of main, and what is said in it. A second tap while main is asked does nothing. */
export class Filing<Field extends string = never> {
  #saying = $state.raw<Saying | null>(null);
  #wrong = $state<Field | null>(null);
  #turn = 0;

  /** What is said in the form; null where there is nothing to say. */
  get saying(): Saying | null {
    return this.#saying;
  }

  /** The field where something is missing or wrong. */
  get wrong(): Field | null {
    return this.#wrong;
  }

  get waits(): boolean {
    return this.#saying?.waits ?? false;
  }

  /** Says what is wrong, and where; by whoever sees it first, the page or main. */
  object(sentence: string, field: Field | null = null): void {
    this.#saying = { sentence, key: 'refusal.bad_request', tone: 'watch', waits: false };
    this.#wrong = field;
  }

  /** Asks main, once. Null where main took nothing, which is said then, or where the form was left meanwhile. */
  async ask<Value>(ask: () => Promise<Told<Value>>): Promise<Value | null> {
    if (this.waits) return null;
    const turn = this.#turn;
    this.#saying = waitingSaying;
    this.#wrong = null;
    const told = await ask();
    if (turn !== this.#turn) return null;
    this.#saying = told.kind === 'refused' ? refusalSaying(told.refusal) : null;
    return told.kind === 'refused' ? null : told.value;
  }

  /** The next form begins with nothing said; an answer still on its way is not heard. */
  clear(): void {
    this.#turn += 1;
    this.#saying = null;
    this.#wrong = null;
  }
}
