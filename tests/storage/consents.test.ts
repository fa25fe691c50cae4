import path from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashedText } from '../../main/domain/consent.ts';
import { paymentMethodId } from '../../main/domain/ids.ts';
import type { CardBook } from '../../main/ports/card-book.ts';
import { sha256 } from '../../main/storage/chain.ts';
import { checkFile } from '../../main/storage/check-file.ts';
import { type OpenDatabase, openDatabase } from '../../main/storage/open.ts';
import { sqliteCardBook } from '../../main/storage/sqlite-card-book.ts';
import { aConsent, aMember } from '../support/fakes/card-records.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
let file: string;
let database: OpenDatabase;
let db: Database.Database;
let book: CardBook;

const consent = aConsent();
const link = {
  intentId: 'seti_0001',
  cardId: paymentMethodId('pm_card_1'),
  last4: '4242',
  atMs: 2_000,
} as const;

function open(): void {
  database = openDatabase(file, { reserveBytes: 0, logPages: 0 });
  db = database.db;
  book = sqliteCardBook(database);
}

/** What a flipped bit or a foreign hand does; the program's own statements can't. */
function tamper(sql: string): void {
  const { sql: trigger, name } = triggerOn(sql);
  db.exec(`drop trigger ${name}; ${sql}; ${trigger}`);
}

function triggerOn(sql: string): { readonly name: string; readonly sql: string } {
  const table = /update (\w+)/.exec(sql)?.[1] ?? '';
  return db
    .prepare<[string], { readonly name: string; readonly sql: string }>(
      `select name, sql from sqlite_schema where type = 'trigger' and tbl_name = ? and name like '%_stay'`,
    )
    .get(table)!;
}

beforeEach(() => {
  file = path.join(tempFolder(), 'foyer.db');
  open();
  book.saveMember(aMember(), 1);
});

afterEach(() => {
  database.close();
});

describe('a consent', () => {
  it('is read back after a restart to the letter, with the hash of what was agreed', () => {
    const text =
      'I agree.\n\nApostrophes ’ and “quotes” stay, and so does the \u00e9 and the e\u0301.';
    const odd = aConsent(1, { text });
    book.addConsent(odd);

    database.close();
    open();

    const stored = book.findConsent(odd.id)!;
    expect(stored).toEqual(odd);
    expect(stored.text).toBe(text);
    expect(sha256(hashedText(stored))).toBe(odd.hash);
  });

  it('is refused when its hash is not that of its text', () => {
    expect(() => {
      book.addConsent({ ...consent, text: `${consent.text} And more.` });
    }).toThrow('that of its text');
    expect(book.findConsent(consent.id)).toBeNull();
  });

  it('is refused when its member is not stored', () => {
    expect(() => {
      book.addConsent(aConsent(1, { memberKey: aMember('M-2').key }));
    }).toThrow(/FOREIGN KEY/);
  });

  it.each([
    ['its text', `update consents set text = 'anything'`],
    ['its member', `update consents set member_key = member_key`],
    ['what it led to', `update consent_links set last4 = '0000'`],
    ['its end', `update consent_ends set at_ms = 9`],
  ])('lets nobody write over %s, whoever has the file open', (_what, edit) => {
    book.addConsent(consent);
    book.linkConsent(consent.id, link);
    book.revokeConsent(consent.id, 'member', 3_000);

    expect(() => db.exec(edit)).toThrow(/is never changed/);
    expect(() => db.exec(edit.replace(/update (\w+) .*/, 'delete from $1'))).toThrow(
      /is never removed/,
    );
    expect(book.findConsent(consent.id)).toEqual({
      ...consent,
      link,
      revoked: { atMs: 3_000, by: 'member' },
    });
  });

  it('that was given once can not be given again with other words', () => {
    book.addConsent(consent);

    expect(() => {
      book.addConsent(aConsent(1, { text: 'I agree to more.' }));
    }).toThrow(/UNIQUE/);
    expect(book.findConsent(consent.id)?.text).toBe(consent.text);
  });

  it('is one of all that a member ever gave, oldest first', () => {
    book.saveMember(aMember('M-2'), 1);
    book.addConsent(aConsent(2));
    book.addConsent(aConsent(1));
    book.addConsent(aConsent(3, { memberKey: aMember('M-2').key }));
    book.revokeConsent(consent.id, 'member', 5_000);

    expect(book.consentsOf(aMember().key).map(({ id }) => id)).toEqual([
      aConsent(1).id,
      aConsent(2).id,
    ]);
  });
});

describe('what a consent led to', () => {
  it('is one card: the same again changes nothing, another is refused', () => {
    book.addConsent(consent);
    book.linkConsent(consent.id, link);

    book.linkConsent(consent.id, { ...link, atMs: 9_000 });
    expect(book.findConsent(consent.id)?.link).toEqual(link);
    expect(() => {
      book.linkConsent(consent.id, { ...link, cardId: paymentMethodId('pm_card_2') });
    }).toThrow('one consent is for one card');
  });

  it('is refused for a consent that was never given', () => {
    expect(() => {
      book.linkConsent(consent.id, link);
    }).toThrow(/FOREIGN KEY/);
  });
});

describe('the end of a consent', () => {
  it('is the first one, whoever ends it again', () => {
    book.addConsent(consent);
    book.revokeConsent(consent.id, 'member', 3_000);
    book.revokeConsent(consent.id, 'Mara', 9_000);

    expect(book.findConsent(consent.id)?.revoked).toEqual({ atMs: 3_000, by: 'member' });
  });

  it('that was damaged still ends it', () => {
    book.addConsent(consent);
    book.revokeConsent(consent.id, 'member', 3_000);
    tamper(`update consent_ends set by = 'nobody'`);

    expect(book.findConsent(consent.id)?.revoked).not.toBeNull();
    expect(book.damagedConsents()).toBe(1);
  });
});

describe('a damaged consent', () => {
  it('proves nothing, hides no other, and is told of', () => {
    book.addConsent(consent);
    book.addConsent(aConsent(2));
    expect([book.damagedConsents(), checkFile(file).faults]).toEqual([0, []]);

    tamper(
      `update consents set text = replace(text, 'no other amount', 'any amount') where number = 1`,
    );

    expect(book.findConsent(consent.id)).toBeNull();
    expect(book.consentsOf(aMember().key)).toEqual([aConsent(2)]);
    expect(book.damagedConsents()).toBe(1);
    expect(checkFile(file).faults).toEqual(['1 rows of consents were changed']);
  });

  it('is linked to nothing when its link is not what was written', () => {
    book.addConsent(consent);
    book.linkConsent(consent.id, link);
    tamper(`update consent_links set card_id = 'pm_card_2'`);

    expect(book.findConsent(consent.id)?.link).toBeNull();
    expect(book.damagedConsents()).toBe(1);
  });
});
