import { describe, expect, test } from 'vitest';
import type { Evidence, LedgerPayment } from './evidence.ts';
import type { FiledRefund } from './filed-cards.ts';
import type { LedgerCards, LedgerRefund } from './ledger-cards.ts';
import type { FiledSale } from './kiosk-file.ts';
import type { LoggedRequest } from './request-log.ts';
import { verdict } from './verdict.ts';

const sale: FiledSale = {
  id: 'sale_1',
  state: 'paid',
  amount: 2400,
  currency: 'usd',
  paymentIntent: 'pi_1',
  staffReason: null,
};

const payment: LedgerPayment = {
  id: 'pi_1',
  sale: 'sale_1',
  status: 'succeeded',
  amountReceived: 2400,
  currency: 'usd',
  approvals: 1,
  captures: 1,
  hasReceiptAddress: true,
};

const capture: LoggedRequest = {
  call: 'capture',
  isChange: true,
  path: '/v1/payment_intents/pi_1/capture',
  parameters: 'amount_to_capture=2400',
  key: 'sale_1/capture/1',
  wasStored: true,
};

const madeRefund: LedgerRefund = {
  id: 're_1',
  paymentIntent: 'pi_1',
  amount: 400,
  status: 'succeeded',
  refundId: 'refund_1',
};

const filedRefund: FiledRefund = {
  id: 'refund_1',
  paymentIntent: 'pi_1',
  amount: 400,
  state: 'succeeded',
  stripeRefund: 're_1',
  isInPerson: false,
};

/** A sale that was paid as it should be, whose card is kept, and of which a part was given back. */
const sound: Evidence = {
  payments: [payment],
  others: ['succeeded'],
  prompts: [],
  requests: [capture],
  cards: {
    customers: ['1001'],
    cards: [{ id: 'pm_1', customer: 'cus_1' }],
    refunds: [madeRefund],
  },
  file: {
    sales: [sale],
    receiptsSent: ['sale_1'],
    openWork: [],
    damage: [],
    wishes: ['sale_1'],
    keepings: [{ source: 'sale_1', outcome: 'kept', cardId: 'pm_1' }],
    cards: [{ id: 'pm_1', isLive: true }],
    refunds: [filedRefund],
  },
  shown: [{ saleId: 'sale_1', state: 'paid', provedNotCharged: false }],
  leaks: [],
  mishaps: [],
};

const filed = (changes: Partial<FiledSale>): Partial<Evidence> => ({
  file: { ...sound.file, sales: [{ ...sale, ...changes }] },
});
const atStripe = (changes: Partial<LedgerPayment>): Partial<Evidence> => ({
  payments: [{ ...payment, ...changes }],
});
const alsoSent = (changes: Partial<LoggedRequest>): Partial<Evidence> => ({
  requests: [capture, { ...capture, ...changes }],
});

const madeOf = (changes: Partial<LedgerCards>): Partial<Evidence> => ({
  cards: { ...sound.cards, ...changes },
});

const broken: readonly (readonly [string, Partial<Evidence>, RegExp])[] = [
  ['a second live PaymentIntent', { payments: [payment, { ...payment, id: 'pi_2' }] }, /2 Paymen/],
  ['a card approved twice', atStripe({ approvals: 2 }), /approved twice/],
  ['a second capture', atStripe({ captures: 2 }), /captured twice/],
  ['an amount that is not the total', atStripe({ amountReceived: 4800 }), /4800 usd was taken/],
  ['another currency', atStripe({ currency: 'eur' }), /2400 eur was taken/],
  ['a paid sale without money', atStripe({ status: 'canceled' }), /filed as paid and is not/],
  ['money without a paid sale', filed({ state: 'expired' }), /paid and not filed/],
  ['a forgotten hold', atStripe({ status: 'requires_capture' }), /hold was forgotten/],
  [
    'a canceled sale whose PaymentIntent lives',
    { ...filed({ state: 'canceled' }), ...atStripe({ status: 'requires_payment_method' }) },
    /filed as canceled and is not/,
  ],
  ['staff who are not told why', filed({ state: 'needs_staff' }), /not told why/],
  ['a PaymentIntent that is nowhere', filed({ paymentIntent: 'pi_9' }), /does not exist/],
  ['a PaymentIntent of no sale', atStripe({ sale: 'sale_9' }), /belongs to no sale/],
  ['a change without a key', alsoSent({ key: null }), /without a key/],
  ['a key that was not stored', alsoSent({ wasStored: false }), /before its key was on file/],
  ['one key for two requests', alsoSent({ parameters: 'amount_to_capture=1' }), /two requests/],
  ['a screen that said paid too early', { ...filed({ state: 'canceled' }) }, /the file does not/],
  [
    'a screen that said not charged too early',
    { shown: [{ saleId: 'sale_1', state: 'canceled', provedNotCharged: true }] },
    /while it may still be/,
  ],
  [
    'a sale that was lost',
    { shown: [{ saleId: 'sale_7', state: 'open', provedNotCharged: false }] },
    /not on file/,
  ],
  [
    'a prompt that was left on a reader',
    { prompts: [{ reader: 'tmr_1', object: 'pi_1' }] },
    /still on tmr_1/,
  ],
  [
    'a prompt for a card to keep that was left on a reader',
    { prompts: [{ reader: 'tmr_1', object: 'seti_1' }] },
    /still on tmr_1/,
  ],
  ['a member with two Customers', madeOf({ customers: ['1001', '1001'] }), /several Customers/],
  [
    'a card that is attached and whose consent is gone',
    { file: { ...sound.file, cards: [{ id: 'pm_1', isLive: false }] } },
    /without a consent/,
  ],
  ['a card on file that Stripe does not have', madeOf({ cards: [] }), /nobody's at Stripe/],
  ['a wish that nobody settled', { file: { ...sound.file, keepings: [] } }, /filed 0 times/],
  [
    'a card that was to be kept and was lost',
    {
      file: {
        ...sound.file,
        keepings: [{ source: 'sale_1', outcome: 'not_kept', cardId: null }],
      },
    },
    /its card was lost/,
  ],
  [
    'one request that gave back twice',
    madeOf({ refunds: [madeRefund, { ...madeRefund, id: 're_2' }] }),
    /given back 2 times/,
  ],
  ['a refund that is filed and was not made', madeOf({ refunds: [] }), /0 of 400 went back/],
  [
    'a refund that was made and is filed as refused',
    { file: { ...sound.file, refunds: [{ ...filedRefund, state: 'refused' }] } },
    /is refused, and 400 went back/,
  ],
  [
    'more given back than came',
    madeOf({ refunds: [madeRefund, { ...madeRefund, id: 're_2', amount: 2_400, refundId: null }] }),
    /2800 of pi_1 went back/,
  ],
  ["another till's payment that was disturbed", { others: ['canceled'] }, /another till's payment/],
  ['a receipt that never left', atStripe({ hasReceiptAddress: false }), /has no address/],
  ['a secret on disk', { leaks: ['foyer.db-wal'] }, /foyer.db-wal holds a secret/],
  ['a damaged file', { file: { ...sound.file, damage: ['row 3 missing'] } }, /row 3 missing/],
  ['work left undone', { file: { ...sound.file, openWork: ['sale_1: read'] } }, /left undone/],
];

test('a sale that was paid once, in full and under stored keys breaks no promise', () => {
  expect(verdict(sound)).toEqual([]);
});

test('a hold that waits for staff, who are told why, breaks no promise', () => {
  const forStaff = {
    ...sound,
    cards: { ...sound.cards, refunds: [] },
    file: {
      ...sound.file,
      sales: [{ ...sale, state: 'needs_staff', staffReason: 'capture_refused' }],
      refunds: [],
    },
    ...atStripe({ status: 'requires_capture', captures: 0, amountReceived: 0 }),
    shown: [],
  };

  expect(verdict(forStaff)).toEqual([]);
});

describe('a broken promise is seen:', () => {
  test.each(broken)('%s', (_name, changes, sentence) => {
    expect(verdict({ ...sound, ...changes }).join('\n')).toMatch(sentence);
  });
});
