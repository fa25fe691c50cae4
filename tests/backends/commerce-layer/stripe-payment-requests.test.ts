import { expect, it } from 'vitest';
import {
  makeBody,
  recordBody,
} from '../../../main/backends/commerce-layer/stripe-payment-requests.ts';
import { paymentIntentId } from '../../../main/domain/ids.ts';
import { commerceLayerExamples as examples } from '../../platforms/commerce-layer/examples.ts';
import { kiosk, order, sale } from './commerce-layer-kiosk.ts';

const forSale = { orderId: order.id, saleId: sale, kioskId: kiosk };
const ours = {
  reference: sale,
  reference_origin: 'foyer',
  metadata: { sale, kiosk },
};
const made = { id: paymentIntentId('pi_1234XXX'), clientSecret: 'pi_1234XXX_secret_5678YYY' };

/** As it arrives: parsed JSON. */
function sent(body: object): unknown {
  return JSON.parse(JSON.stringify(body));
}

it('the example of "Create a stripe payment" is sent key by key, with our reference beside it', () => {
  const { data } = examples.request;

  expect(sent(recordBody(forSale, made))).toEqual({
    data: { ...data, attributes: { ...data.attributes, ...ours } },
  });
});

it('both ids are null where Commerce Layer is to create them ("Required, created if null")', () => {
  const { data } = examples.request;

  expect(sent(makeBody(forSale))).toEqual({
    data: {
      ...data,
      attributes: {
        stripe_id: null,
        client_secret: null,
        options: { payment_method_types: ['card_present'], capture_method: 'manual' },
        ...ours,
      },
    },
  });
});

it('every attribute is one of the document’s "Arguments"', () => {
  const args = ['stripe_id', 'client_secret', 'options', 'return_url', 'receipt_email'];
  const all = { ...forSale, returnUrl: 'https://example.com', receiptEmail: 'mara@example.com' };

  const body = makeBody(all);

  expect(body).toMatchObject({
    data: {
      attributes: { return_url: 'https://example.com', receipt_email: 'mara@example.com' },
    },
  });
  const known = new Set([...args, 'reference', 'reference_origin', 'metadata']);
  const { attributes } = (body as { data: { attributes: object } }).data;
  expect(Object.keys(attributes).filter((name) => !known.has(name))).toEqual([]);
});

it('a return address and an address for the receipt are sent only when given', () => {
  const text = JSON.stringify([makeBody(forSale), recordBody(forSale, made)]);

  expect(text).not.toContain('return_url');
  expect(text).not.toContain('receipt_email');
});
