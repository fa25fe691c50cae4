import type { Books } from '../../../main/ports/books.ts';
import type { Ledger } from '../../../main/ports/ledger.ts';
import { type KioskProcess, ProcessGone } from './kiosk-process.ts';

/** Methods that are a transaction of their own outside `atomically`. */
const writes: ReadonlySet<string> = new Set([
  'addSale',
  'saveStep',
  'enqueue',
  'postpone',
  'finish',
  'setAside',
  'hurry',
  'saveEvents',
  'saveSightings',
  'saveSweep',
  'askForSweep',
  'addDayClose',
] satisfies readonly (keyof Ledger | keyof Books)[]);

/** Told after each commit, with the ids of the sales whose rows it touched. */
export type OnCommit = (touched: readonly string[]) => void;

/**
 * A process's ledger and books: every call asks whether the process still lives, and it may go before or after any
 * commit. What was not committed is rolled back, as by SQLite itself after a crash.
 */
export function mortalPorts(
  parts: { readonly ledger: Ledger; readonly books: Books },
  process: KioskProcess,
  onCommit: OnCommit,
): { readonly ledger: Ledger; readonly books: Books } {
  const { ledger, books } = parts;
  let depth = 0;
  let touched: string[] = [];

  function transaction<Value>(work: () => Value): Value {
    process.mustLive();
    if (depth > 0) return ledger.atomically(work);
    depth = 1;
    touched = [];
    let value: Value;
    try {
      value = ledger.atomically(() => {
        const result = work();
        if (process.passes('commit_before')) throw new ProcessGone();
        return result;
      });
    } finally {
      depth = 0;
    }
    onCommit(touched);
    if (process.passes('commit_after')) throw new ProcessGone();
    return value;
  }

  const note = (name: string, first: unknown, second: unknown): void => {
    if (name === 'addSale') touched.push(idOf(first));
    else if (name === 'saveStep') touched.push(idOf(second));
  };

  function mortal<Port extends object>(port: Port): Port {
    const methods = new Map<string | symbol, unknown>();
    return new Proxy(port, {
      get(target, name) {
        const made = methods.get(name);
        if (made !== undefined) return made;
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        const call = (args: readonly unknown[]): unknown => {
          note(String(name), args[0], args[1]);
          return Reflect.apply(value, target, args);
        };
        const method =
          name === 'atomically'
            ? transaction
            : writes.has(String(name))
              ? (...args: unknown[]) => (depth > 0 ? living(args) : transaction(() => call(args)))
              : (...args: unknown[]) => living(args);
        function living(args: readonly unknown[]): unknown {
          process.mustLive();
          return call(args);
        }
        methods.set(name, method);
        return method;
      },
    });
  }

  return { ledger: mortal(ledger), books: mortal(books) };
}

function idOf(sale: unknown): string {
  return typeof sale === 'object' && sale !== null && 'id' in sale ? String(sale.id) : '';
}
