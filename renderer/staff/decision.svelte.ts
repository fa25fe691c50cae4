import type { Refusal } from '../../preload/contract/envelope.ts';
import type { DecisionAnswer, MoneyRow, StaffDecision } from '../../preload/contract/staff.ts';
import type { StaffCalls, Told } from './staff-calls.ts';
import type { TypedName } from './typed-name.svelte.ts';

/** What staff can do about a sale: decide, or record how else it was paid. */
export type Deed = StaffDecision | 'cash' | 'other';

/** A deed that waits for its name and reason. */
export interface Draft {
  readonly row: MoneyRow & { readonly saleId: string };
  readonly deed: Deed;
}

/** What is typed for a deed. */
export interface DeedWords {
  readonly by: string;
  readonly why: string;
  /** Only of `capture_part`, minor units. */
  readonly amount: number | null;
  /** The PIN, once more. Null before main has wanted it. */
  readonly proof: string | null;
}

/** One decision from its button to main's outcome. Nothing is asked of main before it was confirmed. */
export class Decision {
  readonly #calls: StaffCalls;
  readonly #who: TypedName;
  readonly #onRecorded: () => void;
  #draft = $state.raw<Draft | null>(null);
  #waiting = $state(false);
  #result = $state<DecisionAnswer['result'] | null>(null);
  #refusal = $state.raw<Refusal | null>(null);
  #recordedCode = $state<string | null>(null);
  #asksProof = $state(false);

  constructor(calls: StaffCalls, who: TypedName, onRecorded: () => void) {
    this.#calls = calls;
    this.#who = who;
    this.#onRecorded = onRecorded;
  }

  get draft(): Draft | null {
    return this.#draft;
  }

  get waiting(): boolean {
    return this.#waiting;
  }

  /** Why main did not record the draft; null when it did, or has not been asked. */
  get result(): DecisionAnswer['result'] | null {
    return this.#result;
  }

  get refusal(): Refusal | null {
    return this.#refusal;
  }

  /** Main has wanted the PIN once more, and will for each such deed. */
  get asksProof(): boolean {
    return this.#asksProof;
  }

  /** The code of the sale that was last recorded, until the next step. */
  get recordedCode(): string | null {
    return this.#recordedCode;
  }

  /** The name of whoever decided last behind this door, so that it is typed once. */
  get name(): string {
    return this.#who.value;
  }

  /** Begins a deed. A line without a sale has none. */
  draw(row: MoneyRow, deed: Deed): void {
    const { saleId } = row;
    if (saleId === null) return;
    this.drop();
    this.#draft = { row: { ...row, saleId }, deed };
  }

  drop(): void {
    this.#draft = null;
    this.#result = null;
    this.#refusal = null;
    this.#recordedCode = null;
  }

  /** Nothing of the last person is there for the next. */
  forget(): void {
    this.drop();
    this.#asksProof = false;
  }

  /** Asks main for the deed, once. */
  async confirm(words: DeedWords): Promise<void> {
    const draft = this.#draft;
    if (draft === null || this.#waiting) return;
    this.#waiting = true;
    this.#result = null;
    this.#refusal = null;
    const told = await this.#ask(draft, words);
    this.#waiting = false;
    // Dropped, or locked, while main was asked: what it said is in the sale's history.
    if (this.#draft !== draft) return;
    if (told.kind === 'refused') {
      this.#refusal = told.refusal;
    } else if (told.value.result === 'recorded') {
      this.drop();
      this.#who.keep(words.by);
      this.#recordedCode = draft.row.code ?? '';
      this.#onRecorded();
    } else {
      this.#result = told.value.result;
      if (told.value.result === 'proof_wanted') this.#asksProof = true;
    }
  }

  #ask({ row, deed }: Draft, words: DeedWords): Promise<Told<DecisionAnswer>> {
    const { by, why, amount, proof } = words;
    if (deed === 'cash' || deed === 'other') {
      return this.#calls.ask('money:tender', { saleId: row.saleId, tender: deed, by, why });
    }
    return this.#calls.ask('money:decide', {
      saleId: row.saleId,
      decision: deed,
      amount,
      by,
      why,
      proof,
    });
  }
}
