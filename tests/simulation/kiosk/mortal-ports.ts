import type { Books } from '../../../main/ports/books.ts';
import type { CardBook } from '../../../main/ports/card-book.ts';
import type { Ledger } from '../../../main/ports/ledger.ts';
import type { ReaderBook } from '../../../main/ports/reader-book.ts';
import type { RefundBook } from '../../../main/ports/refund-book.ts';
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
  'addReaderCall',
  'saveChoice',
  'openPrompt',
  'endPrompt',
  'saveMember',
  'addConsent',
  'linkConsent',
  'revokeConsent',
  'saveCard',
  'settleKeeping',
  'addSetup',
  'saveSetupStep',
  'addRefund',
  'saveRefundStep',
] satisfies readonly Method[]);

type Method = keyof Ledger | keyof Books | keyof ReaderBook | keyof CardBook | keyof RefundBook;

/** Of these the named argument is, or has, the id that the commit touches. */
const touching: ReadonlyMap<string, 0 | 1> = new Map([
  ['addSale', 0],
  ['saveStep', 1],
  ['saveCard', 0],
  ['settleKeeping', 0],
  ['addSetup', 0],
  ['saveSetupStep', 1],
  ['addRefund', 0],
  ['saveRefundStep', 1],
]);

export interface FilePorts {
  readonly ledger: Ledger;
  readonly books: Books;
  readonly readerBook: ReaderBook;
  readonly cardBook: CardBook;
  readonly refundBook: RefundBook;
}

/** Told after each commit, with the ids of the sales, setups, refunds and cards whose rows it touched. */
export type OnCommit = (touched: readonly string[]) => void;

/**
 * A process's ledger and books, all in one file: every call asks whether the process still lives, and it may go before or after any
 * commit. What was not committed is rolled back, as by SQLite itself after a crash.
 */
export function mortalPorts(
  parts: FilePorts,
  process: KioskProcess,
  onCommit: OnCommit,
): FilePorts {
  const { ledger, books, readerBook, cardBook, refundBook } = parts;
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
    const place = touching.get(name);
    if (place !== undefined) touched.push(idOf(place === 0 ? first : second));
  };

  /** Every method is a function of its own: each is wrapped once for the whole run. */
  function mortal<Port extends object>(port: Port): Port {
    const methods: readonly (readonly [string, unknown])[] = Object.entries(port);
    return Object.fromEntries(
      methods.map(([name, value]) => {
        if (typeof value !== 'function') return [name, value];
        if (name === 'atomically') return [name, transaction];
        return [name, wrapped(name, (args): unknown => Reflect.apply(value, port, args))];
      }),
    ) as Port;
  }

  function wrapped(name: string, method: (args: readonly unknown[]) => unknown) {
    const living = (...args: unknown[]): unknown => {
      process.mustLive();
      note(name, args[0], args[1]);
      return method(args);
    };
    if (!writes.has(name)) return living;
    return (...args: unknown[]) =>
      depth > 0 ? living(...args) : transaction(() => living(...args));
  }

  return {
    ledger: mortal(ledger),
    books: mortal(books),
    readerBook: mortal(readerBook),
    cardBook: mortal(cardBook),
    refundBook: mortal(refundBook),
  };
}

function idOf(thing: unknown): string {
  if (typeof thing === 'string') return thing;
  return typeof thing === 'object' && thing !== null && 'id' in thing ? String(thing.id) : '';
}
