import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setupTransition } from '../../main/domain/card-setup-transition.ts';
import {
  attemptIdOf,
  customerId,
  paymentIntentId,
  paymentMethodId,
  readerId,
  refundId,
  setupId,
} from '../../main/domain/ids.ts';
import { refundTransition } from '../../main/domain/refund-transition.ts';
import type { Ledger } from '../../main/ports/ledger.ts';
import { backUp } from '../../main/storage/back-up.ts';
import { backupFolder } from '../../main/storage/backup-files.ts';
import { checkFile } from '../../main/storage/check-file.ts';
import { restoreNewestBackup, setDamagedFileAside } from '../../main/storage/lost-file.ts';
import {
  DatabaseDamaged,
  DatabaseRefused,
  type OpenDatabase,
  openDatabase,
} from '../../main/storage/open.ts';
import { sqliteBooks } from '../../main/storage/sqlite-books.ts';
import { sqliteCardBook } from '../../main/storage/sqlite-card-book.ts';
import { sqliteCare } from '../../main/storage/sqlite-care.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { sqliteReaderBook } from '../../main/storage/sqlite-reader-book.ts';
import { sqliteRefundBook } from '../../main/storage/sqlite-refund-book.ts';
import { aCard, aConsent, aMember, aRefund, aSetup } from '../support/fakes/card-records.ts';
import { step } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { liveSale, nthSale } from '../support/lived-sales.ts';

const tempFolder = tempFolders();
const monday = Date.UTC(2026, 10, 16, 8);
const dayMs = 86_400_000;
let file: string;
let folder: string;
let database: OpenDatabase;
let ledger: Ledger;

function open(): void {
  database = openDatabase(file, { reserveBytes: 0, logPages: 0 });
  ledger = sqliteLedger(database, { boot: 'boot_0000000001' });
}

beforeEach(() => {
  file = path.join(tempFolder(), 'foyer.db');
  folder = backupFolder(file);
  open();
});

afterEach(() => {
  database.close();
});

/** Every row of every table, in an order that does not depend on where it lies. */
function everythingIn(name: string): Record<string, unknown> {
  const db = new Database(name, { readonly: true });
  try {
    const tables = db
      .prepare<[], string>(`select name from sqlite_schema where type = 'table' order by name`)
      .pluck()
      .all();
    return Object.fromEntries(
      tables.map((table) => [
        table,
        db
          .prepare(`select * from ${table}`)
          .all()
          .map((row) => JSON.stringify(row))
          // A copy says of itself that it is one.
          .filter((row) => row !== '{"name":"is_a_copy"}')
          .toSorted(),
      ]),
    );
  } finally {
    db.close();
  }
}

/** What happens in a shop between two backups: new sales, steps of old ones, calls without a step, books. */
function goOn(number: number): void {
  const books = sqliteBooks(database);
  liveSale(ledger, number, 'paid');
  liveSale(ledger, number + 1, 'authorized');
  ledger.postpone(
    ledger.nextDue(1_000_000_000, new Set())!,
    1_000_050_000,
    { outcome: 'unanswered', status: null, code: 'timeout', requestId: null, durationMs: 5 },
    1_000_000_000,
  );
  books.saveEvents({ id: `evt_${number}`, createdAtMs: number }, [], 0);
  books.saveSweep({ fromMs: 0, toMs: number, doneAtMs: number });
  books.addDayClose({ atMs: number, by: 'Mara', report: '{}' });
  const readers = sqliteReaderBook(database);
  const front = { label: `Front ${number}`, integration: 'server_driven', isShared: true } as const;
  const main = { ...front, readerId: readerId(`tmr_front_${number}`) };
  readers.saveChoice({ main, spare: null, using: 'main' }, 'Mara', number);
  // What was put on a reader before the last backup is ended after it; none of this is a step of a sale.
  for (const { id } of readers.openPrompts()) readers.endPrompt(id, 'gone', number);
  const owner = nthSale(number);
  for (const kind of ['collect_payment_method', 'confirm_payment_intent'] as const) {
    readers.openPrompt(
      {
        readerId: main.readerId,
        owner,
        attemptId: attemptIdOf(owner, 1),
        object: paymentIntentId('pi_0001'),
        kind,
      },
      number,
    );
  }
  keepCards(number);
}

/** A member keeps a card and a setup goes on, a refund is asked for; what is older is changed or ends. */
function keepCards(number: number): void {
  const cards = sqliteCardBook(database);
  const refunds = sqliteRefundBook(database);
  for (const card of cards.cardsOf(aMember().key)) {
    cards.saveCard({ ...card, removedAtMs: number, removedBy: 'member' });
    cards.revokeConsent(card.consentId, 'member', number);
  }
  for (const setup of cards.unfinishedSetups()) {
    const left = setupTransition(setup, { kind: 'customer_left' });
    if (left.kind === 'moved') {
      cards.saveSetupStep(setup, left.setup, { kind: 'customer_left' }, number);
    }
  }
  for (const refund of refunds.unfinishedRefunds()) {
    const silent = refundTransition(refund, { kind: 'unanswered' });
    if (silent.kind === 'moved') {
      refunds.saveRefundStep(refund, silent.refund, { kind: 'unanswered' }, number);
    }
  }
  const id = (noun: string) => `${noun}_0mi1kqbas0${String(number).padStart(12, '0')}`;
  cards.saveMember(aMember('M-1', { customerId: customerId(`cus_000${number}`) }), number);
  cards.addConsent(aConsent(number));
  cards.saveCard(aCard(number));
  const cardId = paymentMethodId(`pm_card_${number}`);
  cards.linkConsent(aConsent(number).id, { intentId: 'pi_0001', cardId, last4: '4242', atMs: 1 });
  cards.settleKeeping(nthSale(number), { kind: 'kept', cardId }, number);
  const setup = { ...aSetup(setupId(id('setup'))), consentId: aConsent(number).id };
  cards.addSetup(setup, number);
  ledger.enqueue(setup.id, { kind: 'setup_intent.read', afterMs: 4_000_000_000 }, number);
  const { refund } = aRefund({ id: refundId(id('refund')), saleId: nthSale(number) });
  refunds.addRefund(refund, number);
  const done = { outcome: 'done', status: 200, code: null, requestId: null } as const;
  ledger.addReaderCall(refund.id, 'reader.refund_payment', 1, { ...done, durationMs: 5 }, number);
  ledger.enqueue(refund.id, { kind: 'refund.read', afterMs: 4_000_000_000 }, number);
}

describe('a backup', () => {
  it('is whole the first time of a week, and equal to the original', () => {
    goOn(1);

    const { file: copy, kind } = backUp(file, folder, monday);

    expect(kind).toBe('full');
    expect(path.basename(copy)).toBe('foyer-week-2026-11-16.db');
    expect(everythingIn(copy)).toEqual(everythingIn(file));
  });

  it('is brought up to date within the week, and equal again', () => {
    goOn(1);
    backUp(file, folder, monday);
    goOn(11);
    const older = ledger.findSale(nthSale(2))!;
    const { sale } = step(older, { kind: 'unanswered' });
    ledger.saveStep(older, sale, { kind: 'unanswered' }, 5);

    const { file: copy, kind, broken } = backUp(file, folder, monday + 3 * dayMs);

    expect(kind).toBe('changes');
    expect(broken).toEqual([]);
    expect(everythingIn(copy)).toEqual(everythingIn(file));
    expect(checkFile(copy)).toEqual({ faults: [], broken: [] });
  });

  it('has the prompts of a sale that took no step since, new ones and those that ended', () => {
    goOn(1);
    backUp(file, folder, monday);
    const readers = sqliteReaderBook(database);
    const [first, second] = readers.openPrompts();
    readers.endPrompt(first!.id, 'gone', 7);
    readers.openPrompt({ ...second!, kind: 'process_payment_intent' }, 8);

    const { file: copy, kind } = backUp(file, folder, monday + dayMs);

    expect(kind).toBe('changes');
    expect(everythingIn(copy)).toEqual(everythingIn(file));
  });

  it('keeps what it had of a sale that was damaged since', () => {
    goOn(1);
    const { file: copy } = backUp(file, folder, monday);
    const before = everythingIn(copy)['sales'];
    database.db.exec(`update sales set amount = 1 where id = '${nthSale(2)}'`);

    const { broken } = backUp(file, folder, monday + dayMs);

    expect(broken).toEqual([nthSale(2)]);
    expect(everythingIn(copy)['sales']).toEqual(before);
  });

  it('keeps what it had of a refund, a card and a member that were damaged since', () => {
    goOn(1);
    const { file: copy } = backUp(file, folder, monday);
    const before = everythingIn(copy);
    database.db.exec(`update refunds set amount = 1`);
    database.db.exec(`update cards set customer_id = 'cus_eve'`);
    database.db.exec(`update members set email = 'eve@example.com'`);

    expect(backUp(file, folder, monday + dayMs).kind).toBe('changes');

    expect(everythingIn(copy)).toEqual(before);
    expect(checkFile(copy).faults).toEqual([]);
  });

  it('is made anew when the copy of this week can not be read', () => {
    goOn(1);
    const { file: copy } = backUp(file, folder, monday);
    writeFileSync(copy, 'not a database');

    expect(backUp(file, folder, monday + dayMs).kind).toBe('full');
    expect(everythingIn(copy)).toEqual(everythingIn(file));
  });

  it('is kept for four weeks, and a copy that was cut off is none', () => {
    goOn(1);
    for (let week = 0; week < 6; week += 1) backUp(file, folder, monday + week * 7 * dayMs);
    writeFileSync(path.join(folder, 'foyer-week-2027-01-04.db.partial'), '');

    expect(readdirSync(folder).filter((name) => name.endsWith('.db'))).toEqual([
      'foyer-week-2026-11-30.db',
      'foyer-week-2026-12-07.db',
      'foyer-week-2026-12-14.db',
      'foyer-week-2026-12-21.db',
    ]);
  });

  it('and a check run in a thread of their own, beside the kiosk', async () => {
    goOn(1);
    const care = sqliteCare(database, { nowMs: () => monday });

    await care.backUp();
    expect(await care.check()).toEqual({ sound: true, damaged: [] });
    expect(existsSync(path.join(folder, 'foyer-week-2026-11-16.db'))).toBe(true);
    database.db.exec(`update sales set amount = 1 where id = '${nthSale(1)}'`);
    expect(await care.check()).toEqual({ sound: true, damaged: [nthSale(1)] });
  });

  it('that fails in its thread rejects with the reason', async () => {
    const care = sqliteCare(database, { nowMs: () => monday });
    writeFileSync(folder, 'a file where the folder should be');

    await expect(care.backUp()).rejects.toThrow(/EEXIST|ENOTDIR/);
  });
});

describe('a lost database', () => {
  it('is restored from the newest backup, and everything in it is readable and equal', () => {
    goOn(1);
    backUp(file, folder, monday);
    const before = everythingIn(file);
    database.close();
    for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true });

    expect(() => openDatabase(file)).toThrow(DatabaseDamaged);
    expect(restoreNewestBackup(file)).toMatchObject({
      kind: 'restored',
      from: 'foyer-week-2026-11-16.db',
    });

    open();
    expect(everythingIn(file)).toEqual(before);
    expect(ledger.findSale(nthSale(1))?.state).toBe('paid');
    expect(ledger.nextDue(2_000_000_000, new Set())).toMatchObject({ owner: nthSale(2) });
  });

  it('is not begun anew as an empty one while it has a backup', () => {
    goOn(1);
    backUp(file, folder, monday);
    database.close();
    writeFileSync(file, '');

    expect(() => openDatabase(file)).toThrow(DatabaseDamaged);
    expect(restoreNewestBackup(file).kind).toBe('restored');
    open();
  });

  it('takes an older backup when the newest is damaged, and says when there is none', () => {
    goOn(1);
    const { file: older } = backUp(file, folder, monday);
    const { file: newer } = backUp(file, folder, monday + 7 * dayMs);
    const hand = new Database(newer);
    hand.exec('update sales set amount = 1');
    hand.close();
    database.close();
    rmSync(file);

    expect(restoreNewestBackup(file)).toMatchObject({ from: path.basename(older) });
    rmSync(file);
    rmSync(older);
    expect(restoreNewestBackup(file)).toEqual({ kind: 'none' });
    rmSync(newer);
    open();
  });

  it('never replaces a file that is there', () => {
    expect(() => restoreNewestBackup(file)).toThrow(/is there|in use/);
  });
});

describe('a damaged database', () => {
  it('is moved aside with its log, byte for byte', () => {
    goOn(1);
    database.close();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4_096);
    writeFileSync(file, bytes);
    writeFileSync(`${file}-wal`, 'log');

    expect(() => openDatabase(file)).toThrow(DatabaseDamaged);
    const aside = setDamagedFileAside(file, monday);

    expect(path.basename(aside)).toBe('foyer.db.damaged-2026-11-16T08-00-00.000Z');
    expect(readFileSync(aside).equals(bytes)).toBe(true);
    expect(existsSync(file)).toBe(false);
    open();
  });

  it('is known as ours although its first bytes are gone', () => {
    database.close();
    const bytes = readFileSync(file);
    bytes.fill(0, 0, 16);
    writeFileSync(file, bytes);

    expect(() => openDatabase(file)).toThrow(DatabaseDamaged);
    setDamagedFileAside(file, monday);
    open();
  });

  it('is not moved while another Foyer has it', () => {
    expect(() => setDamagedFileAside(file, monday)).toThrow(DatabaseRefused);
    expect(existsSync(file)).toBe(true);
  });
});
