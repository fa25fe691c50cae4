import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

import { z } from 'zod';

import type { ModelChange } from './model/ledger-change.ts';

/**
 * The training ledger's file: one line for each step, holding all changes of that step. A step is
 * one synchronous run of the model, written before its answer leaves, so a process that is killed
 * finds every answered request again and never half of one.
 */
export class LedgerJournal {
  readonly #file: string;
  readonly #onFault: (error: unknown) => void;
  #step: ModelChange[] = [];
  #scheduled = false;

  /** `onFault` is told when the file cannot be written; what is missing goes with the next step. */
  constructor(file: string, onFault: (error: unknown) => void) {
    this.#file = file;
    this.#onFault = onFault;
  }

  /**
   * Reads what was recorded. A last line that was cut off counts as never written. A file that is
   * broken elsewhere is set aside under another name, and the ledger begins empty.
   */
  read(): readonly ModelChange[] {
    if (!existsSync(this.#file)) {
      return [];
    }
    const lines = readFileSync(this.#file, 'utf8').split('\n');
    const steps = lines.slice(0, -1).map(parseStep);
    if (steps.some((step) => step === null)) {
      renameSync(this.#file, `${this.#file}.set-aside`);
      return [];
    }
    return steps.flatMap((step) => step ?? []);
  }

  /** Writes the file anew with one line for what is held now, so that it does not grow for ever. */
  compact(changes: Iterable<ModelChange>): void {
    const fresh = `${this.#file}.fresh`;
    writeFileSync(fresh, `${JSON.stringify([...changes])}\n`);
    renameSync(fresh, this.#file);
    this.#step = [];
  }

  /** Takes a change in. It is on file with the others of its step before any answer leaves. */
  readonly record = (change: ModelChange): void => {
    if (!this.#scheduled) {
      this.#scheduled = true;
      // Microtasks run after the model's step and before anything that waits for its answer.
      queueMicrotask(() => {
        this.#write();
      });
    }
    this.#step.push(change);
  };

  #write(): void {
    this.#scheduled = false;
    if (this.#step.length === 0) {
      return;
    }
    try {
      appendFileSync(this.#file, `${JSON.stringify(this.#step)}\n`);
      this.#step = [];
    } catch (error) {
      this.#onFault(error);
    }
  }
}

const collections = [
  'payment_intents',
  'charges',
  'payment_methods',
  'customers',
  'spent_payment_methods',
  'setup_intents',
  'setup_attempts',
  'refunds',
  'disputes',
  'deleted_customers',
  'customer_search',
  'locations',
  'readers',
  'reader_states',
  'events',
] as const;

const stepSchema = z.array(
  z.union([
    z.looseObject({ in: z.enum(collections), row: z.looseObject({ id: z.string() }) }),
    z.looseObject({ in: z.enum(collections), gone: z.string() }),
    z.looseObject({ in: z.literal('idempotency_keys'), key: z.string(), entry: z.looseObject({}) }),
  ]),
);

/** The file is our own: what has the outline of a change is one. Null for a line that has not. */
function parseStep(line: string): readonly ModelChange[] | null {
  try {
    const value: unknown = JSON.parse(line);
    return stepSchema.safeParse(value).success ? (value as readonly ModelChange[]) : null;
  } catch {
    return null;
  }
}
