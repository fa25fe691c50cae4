import path from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attemptIdOf, paymentIntentId, readerId } from '../../main/domain/ids.ts';
import type { Ledger } from '../../main/ports/ledger.ts';
import type { ChosenReader, ReaderBook } from '../../main/ports/reader-book.ts';
import { checkFile } from '../../main/storage/check-file.ts';
import { mendSale } from '../../main/storage/mend-sale.ts';
import { type OpenDatabase, openDatabase } from '../../main/storage/open.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { sqliteReaderBook } from '../../main/storage/sqlite-reader-book.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { liveSale, nthSale } from '../support/lived-sales.ts';

const tempFolder = tempFolders();
let file: string;
let database: OpenDatabase;
let db: Database.Database;
let ledger: Ledger;
let book: ReaderBook;

const front: ChosenReader = {
  readerId: readerId('tmr_front'),
  label: 'Front desk',
  integration: 'server_driven',
  isShared: true,
};
const spare: ChosenReader = {
  readerId: readerId('tmr_spare'),
  label: 'Drawer',
  integration: 'sdk',
  isShared: false,
};
const sale = nthSale(1);
const prompt = {
  readerId: readerId('tmr_front'),
  owner: sale,
  attemptId: attemptIdOf(sale, 1),
  object: paymentIntentId('pi_0001'),
  kind: 'process_payment_intent',
} as const;

function open(): void {
  database = openDatabase(file, { reserveBytes: 0, logPages: 0 });
  db = database.db;
  ledger = sqliteLedger(database, { boot: 'boot_0000000001' });
  book = sqliteReaderBook(database);
}

beforeEach(() => {
  file = path.join(tempFolder(), 'foyer.db');
  open();
});

afterEach(() => {
  database.close();
});

describe('the choice of readers', () => {
  it('is none until staff have chosen, and outlives the process', () => {
    expect(book.choice()).toBeNull();
    book.saveChoice({ main: front, spare, using: 'spare' }, 'Mara', 5);

    database.close();
    open();

    expect(book.choice()).toEqual({ main: front, spare, using: 'spare' });
  });

  it('replaces the one before, whichever is in use', () => {
    book.saveChoice({ main: front, spare, using: 'spare' }, 'Mara', 5);
    const swapped = { main: spare, spare: front, using: 'main' } as const;
    book.saveChoice(swapped, 'Mara', 6);
    expect(book.choice()).toEqual(swapped);

    const only = { ...spare, readerId: null };
    book.saveChoice({ main: only, spare: null, using: 'main' }, 'Mara', 7);
    expect(book.choice()).toEqual({ main: only, spare: null, using: 'main' });
  });

  it.each([
    ['one reader as main and spare', { main: front, spare: front, using: 'main' }],
    ['a spare in use that was not chosen', { main: front, spare: null, using: 'spare' }],
    ['a spare without a name', { main: front, spare: { ...spare, readerId: null }, using: 'main' }],
    [
      'a server-driven reader without a name',
      { main: { ...front, readerId: null }, spare: null, using: 'main' },
    ],
  ] as const)('is refused with %s, and stays what it was', (_what, choice) => {
    const before = { main: front, spare, using: 'main' } as const;
    book.saveChoice(before, 'Mara', 5);

    expect(() => {
      book.saveChoice(choice, 'Mara', 6);
    }).toThrow();
    expect(book.choice()).toEqual(before);
  });

  it.each([
    ['another reader', `update reader_choices set reader_id = 'tmr_theirs' where role = 'main'`],
    ['another integration', `update reader_choices set integration = 'sdk' where role = 'main'`],
    ['a display of its own', `update reader_choices set shared = 0 where role = 'main'`],
    ['another name', `update reader_choices set label = 'Elsewhere' where role = 'spare'`],
    ['none in use', 'update reader_choices set in_use = 0'],
    ['no main reader', `delete from reader_choices where role = 'main'`],
  ])('that was changed by hand to %s counts as none', (_what, edit) => {
    book.saveChoice({ main: front, spare, using: 'main' }, 'Mara', 5);

    db.exec(edit);

    expect(book.choice()).toBeNull();
  });

  it('that was damaged is told of by the check of the file', () => {
    book.saveChoice({ main: front, spare, using: 'main' }, 'Mara', 5);
    expect(checkFile(file).faults).toEqual([]);

    db.exec(`update reader_choices set shared = 0 where role = 'main'`);

    expect(checkFile(file).faults).toEqual(['1 rows of reader_choices were changed']);
  });
});

describe('a prompt on a reader', () => {
  beforeEach(() => {
    liveSale(ledger, 1, 'presenting');
    liveSale(ledger, 2, 'presenting');
  });

  it('is known after a crash with its key, until it is ended', () => {
    const placed = book.openPrompt(prompt, 5);
    expect(placed).toEqual({
      ...prompt,
      id: placed.id,
      ordinal: 1,
      key: `foyer_${sale}_reader_1_1`,
      placedAtMs: 5,
    });

    database.close();
    open();

    expect(book.openPrompts()).toEqual([placed]);
    book.endPrompt(placed.id, 'gone', 6);
    expect(book.openPrompts()).toEqual([]);
  });

  it('has a number of its own within its attempt, so that no two calls share a key', () => {
    const keys = [
      book.openPrompt(prompt, 5),
      book.openPrompt({ ...prompt, kind: 'collect_payment_method' }, 6),
      book.openPrompt({ ...prompt, attemptId: attemptIdOf(sale, 2) }, 7),
      book.openPrompt({ ...prompt, owner: nthSale(2), attemptId: attemptIdOf(nthSale(2), 1) }, 8),
    ].map(({ key }) => key);

    expect(keys).toEqual([
      `foyer_${sale}_reader_1_1`,
      `foyer_${sale}_reader_1_2`,
      `foyer_${sale}_reader_2_1`,
      `foyer_${nthSale(2)}_reader_1_1`,
    ]);
    expect(book.openPrompts().map(({ placedAtMs }) => placedAtMs)).toEqual([5, 6, 7, 8]);
  });

  it('that was ended gives its number to no other', () => {
    book.endPrompt(book.openPrompt(prompt, 5).id, 'gone', 6);

    expect(book.openPrompt(prompt, 7).ordinal).toBe(2);
  });

  it('is ended once: a second end changes nothing', () => {
    const { id } = book.openPrompt(prompt, 5);
    book.endPrompt(id, 'gone', 6);
    const before = db.prepare('select * from reader_prompts').all();

    book.endPrompt(id, 'replaced', 9);

    expect(db.prepare('select * from reader_prompts').all()).toEqual(before);
    expect(checkFile(file).faults).toEqual([]);
  });

  it('is refused for a sale that is not stored, or an attempt of another', () => {
    const stranger = { ...prompt, owner: nthSale(9), attemptId: attemptIdOf(nthSale(9), 1) };
    expect(() => book.openPrompt(stranger, 5)).toThrow('what work is for is stored');
    expect(() => book.openPrompt({ ...prompt, attemptId: attemptIdOf(nthSale(2), 1) }, 5)).toThrow(
      /constraint/i,
    );
    expect(book.openPrompts()).toEqual([]);
  });

  it('is gone with the transaction that failed', () => {
    expect(() =>
      ledger.atomically(() => {
        book.openPrompt(prompt, 5);
        throw new Error('the step could not be stored');
      }),
    ).toThrow('the step');

    expect(book.openPrompts()).toEqual([]);
  });

  it('that was damaged is still given back while its ids can be read, and told of even when it has ended', () => {
    const { id } = book.openPrompt(prompt, 5);
    db.exec('update reader_prompts set placed_at_ms = 4');
    expect(book.openPrompts()).toMatchObject([{ ...prompt, placedAtMs: 4 }]);

    book.endPrompt(id, 'gone', 6);

    expect(book.openPrompts()).toEqual([]);
    expect(checkFile(file).faults).toEqual(['1 rows of reader_prompts were changed']);
  });

  it('whose ids can not be read hides no other', () => {
    book.openPrompt(prompt, 5);
    book.openPrompt(prompt, 6);

    db.exec(`update reader_prompts set object = 'pi_!' where ordinal = 1`);

    expect(book.openPrompts()).toMatchObject([{ ordinal: 2 }]);
    expect(checkFile(file).faults).toEqual(['1 rows of reader_prompts were changed']);
  });

  it('outlives the mending of its sale, and its number stays used', () => {
    book.openPrompt(prompt, 5);
    db.exec(`update sales set amount = 1 where id = '${sale}'`);

    expect(mendSale(database, sale, 9).kind).toBe('proved');

    expect(book.openPrompts()).toMatchObject([prompt]);
    expect(book.openPrompt(prompt, 10).ordinal).toBe(2);
    const rows = db.prepare<[], string>('select rows from quarantine').pluck().get();
    expect(rows).toContain('tmr_front');
  });

  it('lies in quarantine with a sale of which nothing could be proved', () => {
    book.openPrompt(prompt, 5);
    db.exec(`update sales set amount = 1 where id = '${sale}'`);
    db.exec(`update sale_events set event = '{}' where sale_id = '${sale}' and revision = 0`);

    expect(mendSale(database, sale, 9).kind).toBe('not_proved');

    expect(ledger.findSale(sale)).toBeNull();
    expect(book.openPrompts()).toEqual([]);
    const rows = db.prepare<[], string>('select rows from quarantine').pluck().get();
    expect(rows).toContain('tmr_front');
    expect(db.pragma('foreign_key_check')).toEqual([]);
  });
});

describe('a call to the reader', () => {
  const call = { status: 200, code: null, requestId: 'req_1', durationMs: 4 } as const;
  const silence = { ...call, outcome: 'unanswered', status: null, code: 'no_answer' } as const;

  it('stands in its sale’s history, and the same silence many times over is one line', () => {
    liveSale(ledger, 1, 'presenting');
    const before = ledger.historyOf(sale).calls;
    ledger.addReaderCall(sale, 'reader.process_payment_intent', 1, silence, 5);
    ledger.addReaderCall(sale, 'reader.process_payment_intent', 1, silence, 6);
    ledger.addReaderCall(sale, 'reader.process_payment_intent', 1, { ...call, outcome: 'done' }, 7);
    ledger.addReaderCall(sale, 'reader.cancel_action', 0, { ...call, outcome: 'done' }, 8);

    expect(ledger.historyOf(sale).calls.slice(before.length)).toMatchObject([
      { work: 'reader.process_payment_intent', outcome: 'unanswered', times: 2, lastAtMs: 6 },
      { work: 'reader.process_payment_intent', outcome: 'done', ordinal: 1, times: 1 },
      { work: 'reader.cancel_action', outcome: 'done', firstAtMs: 8 },
    ]);
  });

  it('for a sale that is not stored is refused', () => {
    expect(() => {
      ledger.addReaderCall(sale, 'reader.read', 0, { ...call, outcome: 'done' }, 5);
    }).toThrow('what work is for is stored');
  });
});
