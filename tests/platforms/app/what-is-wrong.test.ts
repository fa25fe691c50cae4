import { describe, expect, it } from 'vitest';
import { type Evidence, whatIsWrong } from './what-is-wrong.ts';

const sale: Evidence['sale'] = {
  id: 'sale_1',
  state: 'paid',
  amount: 1_900,
  currency: 'usd',
  payment_intent_id: 'pi_1',
  payment_intent_status: 'succeeded',
  attempts: 1,
  creates: 1,
};
const intent: Evidence['stripe'][number] = {
  id: 'pi_1',
  status: 'succeeded',
  amount: 1_900,
  received: 1_900,
  charges: ['failed', 'captured'],
};
const payment: NonNullable<Evidence['platform']>['payments'][number] = {
  payment_intent: 'pi_1',
  of: '48201',
  reference: null,
  made_by: 'platform',
};
const platform: Evidence['platform'] = {
  system: 'mariana-tek',
  order: { id: '48201', status: 'Submitted' },
  payments: [payment],
  calls: [],
  bugs: [],
};
const good: Evidence = {
  isApproved: true,
  due: 1_900,
  sale,
  orderId: '48201',
  platform,
  stripe: [intent],
};
const declined: Evidence = {
  ...good,
  isApproved: false,
  sale: { ...sale, state: 'canceled' },
  platform: { ...platform, order: { id: '48201', status: 'Open' } },
  stripe: [{ ...intent, status: 'requires_payment_method', received: 0, charges: ['failed'] }],
};

describe('the story of one sale, as three parties tell it', () => {
  it('is right when kiosk, platform and Stripe agree', () => {
    expect(whatIsWrong(good)).toEqual([]);
    expect(whatIsWrong(declined)).toEqual([]);
    expect(whatIsWrong({ ...good, platform: null, orderId: null })).toEqual([]);
  });

  const second = { ...intent, id: 'pi_2' };
  const stories: readonly [string, Evidence, RegExp][] = [
    ['a second charge', { ...good, stripe: [intent, second] }, /2 charges/],
    ['a charge that only holds', { ...good, stripe: [{ ...intent, charges: ['held'] }] }, /taken/],
    ['no charge at all', { ...good, stripe: [] }, /0 charges/],
    ['another PaymentIntent paid', { ...good, stripe: [second] }, /another PaymentIntent/],
    ['too little received', { ...good, stripe: [{ ...intent, received: 1 }] }, /received 1/],
    ['another amount than ordered', { ...good, due: 2_400 }, /amount is 1900/],
    ['a sale not shown as paid', { ...good, sale: { ...sale, state: 'needs_staff' } }, /not paid/],
    ['a declined card that is charged', { ...declined, stripe: [intent] }, /declined card/],
    ['a declined sale that is paid', { ...declined, sale }, /not canceled/],
    ['a paid cart still open', { ...good, platform: declined.platform }, /order is Open/],
    ['an unpaid cart submitted', { ...declined, platform }, /order is Submitted/],
    [
      'two payments of one order',
      { ...good, platform: { ...platform, payments: [payment, payment] } },
      /2 payments/,
    ],
    [
      'a payment of another order',
      { ...good, platform: { ...platform, payments: [{ ...payment, of: '7' }] } },
      /for another sale/,
    ],
    [
      'a payment by another PaymentIntent',
      { ...good, platform: { ...platform, payments: [{ ...payment, payment_intent: 'pi_2' }] } },
      /has another PaymentIntent/,
    ],
    [
      'a payment that refers to another sale',
      { ...good, platform: { ...platform, payments: [{ ...payment, reference: 'sale_2' }] } },
      /refers to another sale/,
    ],
    [
      'another order',
      { ...good, platform: { ...platform, order: { id: '7', status: 'Submitted' } } },
      /knows another order/,
    ],
    [
      'a proof server that failed',
      { ...good, platform: { ...platform, bugs: ['TypeError: x'] } },
      /TypeError/,
    ],
  ];

  for (const [name, evidence, told] of stories) {
    it(`is wrong with ${name}`, () => {
      expect(whatIsWrong(evidence).join('\n')).toMatch(told);
    });
  }
});
