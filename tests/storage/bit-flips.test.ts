import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { DamagedSale } from '../../main/domain/damaged-sale.ts';
import { attemptIdOf, readerId } from '../../main/domain/ids.ts';
import { refundTransition } from '../../main/domain/refund-transition.ts';
import type { ReaderBook } from '../../main/ports/reader-book.ts';
import { checkFile } from '../../main/storage/check-file.ts';
import { DamagedRecord } from '../../main/storage/damaged-record.ts';
import { DatabaseRefused, type OpenDatabase, openDatabase } from '../../main/storage/open.ts';
import { sqliteBooks } from '../../main/storage/sqlite-books.ts';
import { sqliteCardBook } from '../../main/storage/sqlite-card-book.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { sqliteReaderBook } from '../../main/storage/sqlite-reader-book.ts';
import { sqliteRefundBook } from '../../main/storage/sqlite-refund-book.ts';
import {
  aCard,
  aConsent,
  aMember,
  aRefund,
  aSetup,
  ourRefund,
  ourSetup,
} from '../support/fakes/card-records.ts';
import { facts } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { liveSale, nthSale } from '../support/lived-sales.ts';

const tempFolder = tempFolders();
const lean = { reserveBytes: 0, logPages: 0 };
const numbers = [1, 2, 3, 4, 5, 6];
const flipsMax = 400;
const setAsideForStaff = 'set aside for staff';
const noticed: ReadonlySet<string> = new Set(['refused', JSON.stringify(setAsideForStaff)]);

/** A day's file: sales in several states with their work, their calls and the books. */
function dayFile(): string {
  const file = path.join(tempFolder(), 'foyer.db');
  const database = openDatabase(file, lean);
  const ledger = sqliteLedger(database, { boot: 'boot_0000000001' });
  const books = sqliteBooks(database);
  for (const number of numbers) {
    liveSale(ledger, number, (['paid', 'authorized', 'presenting'] as const)[number % 3]!);
  }
  const { id, amount, currency, amountCapturable, amountReceived, amountRefunded } = facts();
  books.saveSightings(
    [
      {
        id,
        status: 'requires_capture',
        amount,
        currency,
        amountCapturable,
        amountReceived,
        amountRefunded,
        createdAtMs: 5,
        captureBeforeMs: 6,
        saleId: null,
        kioskId: 'kiosk_0mi1kqbas00kiosk00000001',
        orderHash: 'a hash',
      },
    ],
    7,
  );
  books.saveEvents({ id: 'evt_1', createdAtMs: 5 }, [], 0);
  books.saveSweep({ fromMs: 1, toMs: 2, doneAtMs: 3 });
  books.addDayClose({ atMs: 9, by: 'Mara', report: '{"total":2800}' });
  useReaders(sqliteReaderBook(database));
  keepCards(database);
  database.close();
  return file;
}

/** Cards kept and removed, a setup and a refund under way. */
function keepCards(database: OpenDatabase): void {
  const cards = sqliteCardBook(database);
  const refunds = sqliteRefundBook(database);
  cards.saveMember(aMember(), 1);
  for (const number of numbers) {
    const card = aCard(number);
    const { id: cardId, last4, consentId } = card;
    cards.addConsent(aConsent(number));
    cards.linkConsent(consentId, { intentId: 'pi_0001', cardId, last4, atMs: 2 });
    if (number % 2 === 0) cards.revokeConsent(consentId, 'member', 3);
    cards.saveCard(number % 2 === 0 ? { ...card, removedAtMs: 3, removedBy: 'member' } : card);
    cards.settleKeeping(nthSale(number), { kind: 'kept', cardId }, 4);
  }
  cards.addSetup(aSetup(), 5);
  const { refund } = aRefund({ saleId: nthSale(1) });
  refunds.addRefund(refund, 5);
  const silent = refundTransition(refund, { kind: 'unanswered' });
  if (silent.kind === 'moved') {
    refunds.saveRefundStep(refund, silent.refund, { kind: 'unanswered' }, 6);
  }
}

function useReaders(readers: ReaderBook): void {
  const main = { readerId: readerId('tmr_front'), label: 'Front desk', isShared: true } as const;
  readers.saveChoice(
    { main: { ...main, integration: 'server_driven' }, spare: null, using: 'main' },
    'Mara',
    5,
  );
  for (const number of numbers) {
    const owner = nthSale(number);
    const { id } = readers.openPrompt(
      {
        readerId: main.readerId,
        owner,
        attemptId: attemptIdOf(owner, 1),
        object: facts().id,
        kind: 'process_payment_intent',
      },
      number,
    );
    if (number % 2 === 0) readers.endPrompt(id, 'gone', number);
  }
}

/**
 * Everything that services read of money. Each question stands alone: one that is refused does not hide what
 * another says. Tries and the words of a last answer are left out: they say how often, not what.
 */
function whatIsRead(database: OpenDatabase): readonly string[] {
  const ledger = sqliteLedger(database, { boot: 'boot_0000000002' });
  const books = sqliteBooks(database);
  const readers = sqliteReaderBook(database);
  const cards = sqliteCardBook(database);
  const refunds = sqliteRefundBook(database);
  const questions: (() => unknown)[] = [
    ...numbers.flatMap((number) => [
      () => ledger.findSale(nthSale(number)),
      () => ledger.historyOf(nthSale(number)),
      () => [ledger.saleAddedAtMs(nthSale(number)), ledger.salePaidAtMs(nthSale(number))],
    ]),
    () => ledger.unfinishedSales(),
    () => ledger.damagedSales(),
    () =>
      ledger.waitingWork(100).map(({ owner, kind, storedAtMs, nextAtMs, setAside }) => ({
        owner,
        kind,
        storedAtMs,
        nextAtMs,
        setAside,
      })),
    () => {
      const row = ledger.nextDue(10_000_000_000, new Set());
      const isSetAside = ledger.waitingWork(100).some(({ setAside }) => setAside);
      // A row that is set aside on the way is shown to staff, and what is behind it is done.
      if (isSetAside) return setAsideForStaff;
      return row === null ? null : [row.id, row.owner, row.work, row.key, row.storedAtMs];
    },
    () => ledger.backlog(),
    () => books.pairs(0, 10_000_000_000),
    () => books.eventCursor(),
    () => books.lastSweep(),
    () => books.lastDayClose(),
    () => readers.choice(),
    () => readers.openPrompts(),
    () => cards.findMember(aMember().key),
    ...numbers.flatMap((number) => [
      () => cards.findConsent(aConsent(number).id),
      () => cards.findCard(aCard(number).id),
      () => cards.keepingOf(nthSale(number)),
    ]),
    () => cards.consentsOf(aMember().key),
    () => cards.cardsOf(aMember().key),
    () => cards.cardsWithFingerprint('fp_visa'),
    () => [cards.findSetup(ourSetup), cards.unfinishedSetups()],
    () => [refunds.findRefund(ourRefund), refunds.refundsOf(nthSale(1)), refunds.refundsToShow(0)],
  ];
  return questions.map((ask) => {
    try {
      return JSON.stringify(ask());
    } catch (error) {
      if (error instanceof DamagedSale || error instanceof DamagedRecord) return 'refused';
      if (error instanceof Database.SqliteError) return 'refused';
      if (
        error instanceof Error &&
        /was changed|lead to rows|the sale is stored/.test(error.message)
      ) {
        return 'refused';
      }
      throw error;
    }
  });
}

/** Numbers that look random and are the same in every run. */
function* seeded(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

it('no single flipped bit changes what is read without being noticed', () => {
  const file = dayFile();
  const bytes = readFileSync(file);
  const copy = path.join(path.dirname(file), 'flipped.db');
  writeFileSync(copy, bytes);
  const sound = openDatabase(copy, lean);
  const expected = whatIsRead(sound);
  sound.close();
  expect(checkFile(copy)).toEqual({ faults: [], broken: [] });

  const everywhere = [...bytes.keys()];
  const written = everywhere.filter((at) => bytes[at] !== 0);
  const random = seeded(20_261_120);
  const counts = { refused: 0, noticed: 0, harmless: 0 };
  const believed: string[] = [];
  for (let flip = 0; flip < flipsMax; flip += 1) {
    // Three in four where something is written: the rest of a young file is empty.
    const among = flip % 4 === 0 ? everywhere : written;
    const at = among[Math.floor(random.next().value! * among.length)]!;
    const bit = Math.floor(random.next().value! * 8);
    const flipped = Buffer.from(bytes);
    flipped[at]! ^= 1 << bit;
    writeFileSync(copy, flipped);
    const look = lookAt(copy);
    const changed =
      look === 'refused' ? [] : look.read.filter((text, index) => text !== expected[index]);
    if (look === 'refused') counts.refused += 1;
    else if (changed.length === 0) counts.harmless += 1;
    else if (look.isNoticed || changed.some((text) => noticed.has(text))) counts.noticed += 1;
    else believed.push(`byte ${at} bit ${bit}: ${changed.join(' ').slice(0, 300)}`);
  }

  expect(believed).toEqual([]);
  expect(counts.noticed).toBeGreaterThan(flipsMax / 4);
  // Each flip is a file that is checked and opened whole: on a busy machine that is long for one test.
}, 240_000);

/** What the kiosk reads of a file, and whether the look of the background noticed that something is wrong. */
function lookAt(file: string): 'refused' | { read: readonly string[]; isNoticed: boolean } {
  const { faults, broken } = checkFileOrFaults(file);
  let database: OpenDatabase;
  try {
    database = openDatabase(file, lean);
  } catch (error) {
    if (error instanceof DatabaseRefused) return 'refused';
    throw error;
  }
  try {
    return { read: whatIsRead(database), isNoticed: faults.length + broken.length > 0 };
  } finally {
    database.close();
  }
}

function checkFileOrFaults(file: string): ReturnType<typeof checkFile> {
  try {
    return checkFile(file);
  } catch (error) {
    return { faults: [String(error)], broken: [] };
  }
}
