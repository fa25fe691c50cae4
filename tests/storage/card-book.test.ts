import path from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { customerId, memberKey, paymentMethodId } from '../../main/domain/ids.ts';
import type { CardBook } from '../../main/ports/card-book.ts';
import type { Ledger } from '../../main/ports/ledger.ts';
import { checkFile } from '../../main/storage/check-file.ts';
import { type OpenDatabase, openDatabase } from '../../main/storage/open.ts';
import { sqliteCardBook } from '../../main/storage/sqlite-card-book.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { aCard, aConsent, aMember, aSetup, ourSetup } from '../support/fakes/card-records.ts';
import { aSale, otherSale, ourSale } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
let file: string;
let database: OpenDatabase;
let db: Database.Database;
let ledger: Ledger;
let book: CardBook;

const ada = aMember();
const ben = aMember('M-2', { name: 'Ben Okoro', email: null, phone: '079 555 66 77' });

function open(): void {
  database = openDatabase(file, { reserveBytes: 0, logPages: 0 });
  db = database.db;
  ledger = sqliteLedger(database, { boot: 'boot_0000000001' });
  book = sqliteCardBook(database);
}

beforeEach(() => {
  file = path.join(tempFolder(), 'foyer.db');
  open();
  book.saveMember(ada, 1);
  book.saveMember(ben, 1);
  for (const number of [1, 2]) book.addConsent(aConsent(number));
  book.addConsent(aConsent(3, { memberKey: ben.key }));
});

afterEach(() => {
  database.close();
});

describe('a member', () => {
  it('is known by key and by Customer, with new details once those were saved', () => {
    const moved = { ...ada, email: null, customerId: customerId('cus_ada') };
    book.saveMember(moved, 2);

    database.close();
    open();

    expect(book.findMember(ada.key)).toEqual(moved);
    expect(book.memberOfCustomer(customerId('cus_ada'))).toEqual(moved);
    expect(book.memberOfCustomer(customerId('cus_none'))).toBeNull();
  });

  it('never falls back to a number under which a Customer may have been made', () => {
    book.saveMember({ ...ada, customerOrdinal: 3 }, 2);
    book.saveMember({ ...ada, name: 'Ada Long', customerOrdinal: 1 }, 3);

    expect(book.findMember(ada.key)).toMatchObject({ name: 'Ada Long', customerOrdinal: 3 });
  });

  it('is refused under a key that is not made from the number', () => {
    expect(() => {
      book.saveMember({ ...ada, key: memberKey(`member_${'0'.repeat(32)}`) }, 2);
    }).toThrow('is made from their number');
  });

  it('can not share a Customer with another', () => {
    book.saveMember({ ...ada, customerId: customerId('cus_one') }, 2);

    expect(() => {
      book.saveMember({ ...ben, customerId: customerId('cus_one') }, 2);
    }).toThrow(/UNIQUE/);
  });

  it.each([
    ['m-2', [ben]],
    ['LANG ad', [ada]],
    ['ada@example', [ada]],
    ['555 66', [ben]],
    ['(079)', [ben]],
    ['m-', [ada, ben]],
    ['m- nobody', []],
    ['%', []],
    [' ', [ada, ben]],
  ])('is found by the words “%s”', (words, found) => {
    expect(book.searchMembers(words, 10)).toEqual(found);
  });

  it('is found with no more others than were asked for', () => {
    expect(book.searchMembers('m-', 1)).toEqual([ada]);
  });

  it('that was damaged counts as not there, and is there again once it was saved anew', () => {
    db.exec(`update members set email = 'eve@example.com' where member_id = 'M-1'`);
    expect(book.findMember(ada.key)).toBeNull();
    expect(book.searchMembers('ada', 10)).toEqual([]);
    expect(checkFile(file).faults).toEqual(['1 rows of members were changed']);

    book.saveMember(ada, 2);

    expect(book.findMember(ada.key)).toEqual(ada);
    expect(checkFile(file).faults).toEqual([]);
  });
});

describe('a card on file', () => {
  it('is read back whole, newest first, also after it was removed', () => {
    const removed = { ...aCard(1), removedAtMs: 9_000, removedBy: 'member' };
    book.saveCard(aCard(1));
    book.saveCard(aCard(2));
    book.saveCard(removed);

    expect(book.cardsOf(ada.key)).toEqual([aCard(2), removed]);
    expect(book.findCard(removed.id)).toEqual(removed);
    expect(book.cardsOf(ben.key)).toEqual([]);
  });

  it('takes over what changed of it, but stays removed once it was', () => {
    book.saveCard({ ...aCard(1), removedAtMs: 9_000, removedBy: 'member' });
    book.saveCard({ ...aCard(1), expYear: 2034 });

    expect(book.findCard(aCard(1).id)).toMatchObject({
      expYear: 2034,
      removedAtMs: 9_000,
      removedBy: 'member',
    });
  });

  it('can not become another member’s', () => {
    book.saveCard(aCard(1));

    expect(() => {
      book.saveCard({ ...aCard(3), id: aCard(1).id, memberKey: ben.key });
    }).toThrow('a card stays with its member');
    expect(book.findCard(aCard(1).id)).toEqual(aCard(1));
  });

  it.each([
    ['another member’s consent', { consentId: aConsent(3).id }],
    ['a consent that was never given', { consentId: aConsent(9).id }],
  ])('is refused with %s', (_what, change) => {
    expect(() => {
      book.saveCard(aCard(1, change));
    }).toThrow('a consent of its own member');
  });

  it('is the only one that its consent is for, until it is removed', () => {
    const second = aCard(2, { consentId: aConsent(1).id });
    book.saveCard(aCard(1));
    expect(() => {
      book.saveCard(second);
    }).toThrow(/UNIQUE/);

    book.saveCard({ ...aCard(1), removedAtMs: 9_000, removedBy: 'member' });
    book.saveCard(second);
    expect(book.findCard(second.id)).toEqual(second);
  });

  it('is noticed with another member by its fingerprint, while both may be used', () => {
    const bens = aCard(3, { memberKey: ben.key });
    book.saveCard(aCard(1));
    book.saveCard(bens);
    book.saveCard(aCard(2, { fingerprint: null }));
    expect(book.cardsWithFingerprint('fp_visa')).toEqual([aCard(1), bens]);

    book.saveCard({ ...aCard(1), removedAtMs: 9_000, removedBy: 'Mara' });

    expect(book.cardsWithFingerprint('fp_visa')).toEqual([bens]);
  });

  it.each([
    ['another member', `member_key = '${ben.key}'`],
    ['another consent', `consent_id = '${aConsent(3).id}'`],
    ['a removal that was undone', 'removed_at_ms = null, removed_by = null'],
    ['another Customer', `customer_id = 'cus_eve'`],
  ])('that was changed by hand to %s counts as not there', (_what, edit) => {
    const card = { ...aCard(1), removedAtMs: 9_000, removedBy: 'member' };
    book.saveCard(card);
    db.exec(`update cards set ${edit}`);

    expect(book.findCard(card.id)).toBeNull();
    expect([...book.cardsOf(ada.key), ...book.cardsOf(ben.key)]).toEqual([]);
    expect(book.cardsWithFingerprint('fp_visa')).toEqual([]);
    expect(checkFile(file).faults).toEqual(['1 rows of cards were changed']);
  });

  it('is gone with the transaction that failed, and so is its consent', () => {
    expect(() => {
      ledger.atomically(() => {
        book.addConsent(aConsent(4));
        book.saveCard(aCard(4));
        throw new Error('the step could not be stored');
      });
    }).toThrow('the step');

    expect([book.findCard(aCard(4).id), book.findConsent(aConsent(4).id)]).toEqual([null, null]);
  });
});

describe('what became of the wish to keep a card', () => {
  const kept = { kind: 'kept', cardId: paymentMethodId('pm_card_1') } as const;
  const phone = { kind: 'not_kept', why: 'wallet' } as const;

  it('is not known until it is settled, and the first outcome stays', () => {
    ledger.addSale(aSale(), 1);
    book.addSetup(aSetup(), 1);
    expect(book.keepingOf(ourSale)).toBeNull();

    book.settleKeeping(ourSale, kept, 2);
    book.settleKeeping(ourSale, phone, 3);
    book.settleKeeping(ourSetup, phone, 3);

    expect([book.keepingOf(ourSale), book.keepingOf(ourSetup)]).toEqual([kept, phone]);
  });

  it('is refused for a sale that is not stored', () => {
    expect(() => {
      book.settleKeeping(otherSale, kept, 2);
    }).toThrow('is stored');
  });

  it('that was damaged is found out anew', () => {
    ledger.addSale(aSale(), 1);
    book.settleKeeping(ourSale, kept, 2);
    db.exec(`update keepings set card_id = 'pm_card_2'`);
    expect(book.keepingOf(ourSale)).toBeNull();

    book.settleKeeping(ourSale, kept, 3);
    expect(book.keepingOf(ourSale)).toEqual(kept);
  });
});
