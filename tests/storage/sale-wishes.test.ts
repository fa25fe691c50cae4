import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { customerId, paymentIntentId, paymentMethodId } from '../../main/domain/ids.ts';
import type { SaleEvent } from '../../main/domain/sale-event.ts';
import type { Sale, StoredCard } from '../../main/domain/sale.ts';
import type { Ledger } from '../../main/ports/ledger.ts';
import { sha256 } from '../../main/storage/chain.ts';
import { mendSale } from '../../main/storage/mend-sale.ts';
import { type OpenDatabase, openDatabase } from '../../main/storage/open.ts';
import { parseSale, recordOf } from '../../main/storage/sale-record.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { aConsent, aMember } from '../support/fakes/card-records.ts';
import { aSale, otherSale, ourSale, step } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
let database: OpenDatabase;
let ledger: Ledger;

const storedCard: StoredCard = {
  paymentMethodId: paymentMethodId('pm_card_1'),
  customerId: customerId('cus_ada'),
  memberKey: aMember().key,
  brand: 'visa',
  last4: '4242',
  mayWaitUntilMs: 90_000,
};
const keeping = { memberKey: aMember().key, consentId: aConsent().id };

/** A sale of which every optional thing is told. */
const wishful: Sale = {
  ...aSale(),
  ordinals: { create: 2, capture: 0, cancel: 1, confirm: 1 },
  unsettledStep: { step: 'confirm', how: 'unproved' },
  cancelReason: 'consent_revoked',
  staffDecision: 'capture_part',
  decline: 'authentication_required',
  keeping,
  storedCard,
  payAnew: true,
  superseded: paymentIntentId('pi_0000'),
  captureAmount: 1_000,
  givenBack: 500,
};

beforeEach(() => {
  database = openDatabase(path.join(tempFolder(), 'foyer.db'), { reserveBytes: 0, logPages: 0 });
  ledger = sqliteLedger(database, { boot: 'boot_0000000001' });
});

afterEach(() => {
  database.close();
});

/** Stores a step as the product does, and returns the sale after it. */
function store(before: Sale, event: SaleEvent): Sale {
  const { sale } = step(before, event);
  ledger.saveStep(before, sale, event, 2_000);
  return sale;
}

describe('what a customer wished of a sale', () => {
  it('is read back whole', () => {
    ledger.addSale(wishful, 1_000);

    expect(ledger.findSale(ourSale)).toEqual(wishful);
  });

  it('leaves no trace in a sale that nothing was wished of: its text and hash are what they always were', () => {
    const { record } = recordOf(aSale());

    expect(sha256(record)).toBe('ff71fbe49efb3da9104cfa63f708afc20b96c196417895a0a534dbea16f5ddee');
    expect(Object.keys(parseSale(record))).toEqual(Object.keys(aSale()));
  });

  it('has one text, whatever the order in which it was told', () => {
    const { keeping: wish, storedCard: card, ...rest } = wishful;

    expect(recordOf({ givenBack: 500, storedCard: card!, ...rest, keeping: wish! }).record).toBe(
      recordOf(wishful).record,
    );
  });

  it('is proved again from its journal', () => {
    ledger.addSale(aSale(), 1_000);
    let sale = store(aSale(), { kind: 'keeping_chosen', keeping });
    sale = store(sale, { kind: 'keeping_chosen', keeping: null });
    sale = store(sale, { kind: 'stored_card_chosen', storedCard });
    sale = store(sale, { kind: 'confirmed' });
    database.db.exec('update sales set amount = 1');

    expect(mendSale(database, ourSale, 9_000)).toEqual({ kind: 'proved', sale });
  });

  it.each([
    ['half a cent of capture', { captureAmount: 0.5 }],
    ['a capture of nothing', { captureAmount: 0 }],
    ['less than nothing given back', { givenBack: -1 }],
    ['a card of no form', { storedCard: { ...storedCard, paymentMethodId: 'cus_ada' } }],
    ['a consent of no form', { keeping: { ...keeping, consentId: 'yes' } }],
    ['a field that nobody knows', { storedCard: { ...storedCard, cvc: '123' } }],
  ])('is refused with %s', (_what, change) => {
    expect(() => parseSale(JSON.stringify({ ...wishful, ...change }))).toThrow();
  });
});

describe('a charge that waits for a network', () => {
  const charged = (id = ourSale, card: StoredCard = storedCard): Sale => {
    ledger.addSale(aSale(id), 1_000);
    return store(store(aSale(id), { kind: 'stored_card_chosen', storedCard: card }), {
      kind: 'confirmed',
    });
  };

  it('is among the pending while it may wait, until it has ended', () => {
    const sale = charged();
    expect(ledger.pendingSales()).toEqual([sale]);

    store(sale, { kind: 'wait_lapsed' });

    expect(ledger.pendingSales()).toEqual([]);
  });

  it('is not among the pending where the studio lets none wait, nor is any other sale', () => {
    charged(ourSale, { ...storedCard, mayWaitUntilMs: null });
    ledger.addSale(aSale(otherSale), 1_000);
    store(aSale(otherSale), { kind: 'confirmed' });

    expect(ledger.pendingSales()).toEqual([]);
  });

  it('that is damaged hides no other', () => {
    const sale = charged();
    charged(otherSale);
    database.db.prepare('update sales set amount = 1 where id = ?').run(otherSale);

    expect(ledger.pendingSales()).toEqual([sale]);
  });
});
