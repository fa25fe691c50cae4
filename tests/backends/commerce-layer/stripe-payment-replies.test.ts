import { describe, expect, it } from 'vitest';
import {
  isOfMode,
  stripePaymentReply,
  stripePaymentsReply,
} from '../../../main/backends/commerce-layer/stripe-payment-replies.ts';
import { commerceLayerExamples as examples } from '../../platforms/commerce-layer/examples.ts';

const { data } = examples.response;

function withAttributes(changes: object): unknown {
  return { data: { ...data, attributes: { ...data.attributes, ...changes } } };
}

it('the created resource of the document is read, with everything that it tells of the payment', () => {
  expect(stripePaymentReply.parse(examples.response)).toEqual({
    stripeId: 'pi_1234XXX',
    clientSecret: 'pi_1234XXX_secret_5678YYY',
    account: 'acct_xxxx-yyyy-zzzz',
    mismatchedAmounts: false,
    mode: 'test',
    traceId: data.meta.trace_id,
    reference: 'ANY-EXTERNAL-REFEFERNCE',
    referenceOrigin: 'ANY-EXTERNAL-REFEFERNCE-ORIGIN',
    publishableKey: 'pk_live_xxxx-yyyy-zzzz',
    chargeId: 'ch_1234XXX',
    onBehalfOf: 'xxxx-yyyy-zzzz',
    transferGroup: 'xxxx-yyyy-zzzz',
    paymentMethodId: 'pm_xxx',
    cardIssuer: 'cl bank',
    cardType: 'visa',
  });
});

it('a list holds the same resources', () => {
  const read = stripePaymentsReply.parse({ data: [data], meta: { record_count: 1 } });

  expect(read).toEqual([stripePaymentReply.parse(examples.response)]);
});

it.each([null, '', undefined])('no connected account (%j) is the platform’s own', (account) => {
  const read = stripePaymentReply.parse(withAttributes({ connected_account: account }));

  expect(read).not.toHaveProperty('account');
});

it('odd hints do not hide a payment that was made', () => {
  const odd = { payment_method: 'pm_1', payment_instrument: 17, charge_id: {}, transfer_group: [] };

  expect(stripePaymentReply.parse(withAttributes(odd))).toMatchObject({
    stripeId: 'pi_1234XXX',
    paymentMethodId: null,
    cardIssuer: null,
    chargeId: null,
    transferGroup: null,
  });
});

describe('a reply is not believed', () => {
  it.each([
    ['without a PaymentIntent', withAttributes({ stripe_id: null })],
    ['that does not say whether the amounts agree', withAttributes({ mismatched_amounts: null })],
    ['with an account that is none', withAttributes({ connected_account: 'acct_1\r\nX: y' })],
    ['without a mode', { data: { ...data, meta: {} } }],
    ['of another type', { data: { ...data, type: 'orders' } }],
    ['that is a list', { data: [data] }],
    ['that is nothing', null],
  ])('%s', (_what, reply) => {
    expect(stripePaymentReply.safeParse(reply).success).toBe(false);
  });
});

it('a record is of our mode only if its key is, too', () => {
  const read = stripePaymentReply.parse(examples.response);
  const ofTest = { ...read, publishableKey: 'pk_test_xxxx' };

  expect(isOfMode(ofTest, 'test')).toBe(true);
  expect(isOfMode({ ...ofTest, publishableKey: null }, 'test')).toBe(true);
  expect(isOfMode(read, 'test')).toBe(false);
  expect(isOfMode(ofTest, 'live')).toBe(false);
});
