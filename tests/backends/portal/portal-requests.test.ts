import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  captureBody,
  cardBody,
  intentBody,
} from '../../../main/backends/portal/portal-requests.ts';
import { paymentIntentId, saleId } from '../../../main/domain/ids.ts';
import { money } from '../../../main/domain/money.ts';
import { portalExamples as examples } from '../../platforms/portal/examples.ts';
import { request, total } from './portal-kiosk.ts';

const intent = paymentIntentId('pi_1HukElJKggKyYsMVXSTqKZ24');

/** As it arrives: parsed JSON. */
function sent(body: object): unknown {
  return JSON.parse(JSON.stringify(body));
}

describe('what the portal’s document calls', () => {
  it('"Step 1: Create Payment Intent" has the body of its example, key by key', () => {
    const { request: example } = examples.intent;

    const body = intentBody(
      'my merchants account id',
      request({ keepForMember: 'customer_12345' }),
    );

    expect(sent(body)).toEqual({ ...example, external_transaction_id: 'sale_0000000001' });
    expect(Object.keys(body).sort()).toEqual(Object.keys(example).sort());
  });

  it('"Step 3: Capture payment" has the body of its example, key by key', () => {
    expect(sent(captureBody('account_123456', intent, total))).toEqual(examples.capture.request);
  });

  it('"Step 4: Save card on file" has the body of its example, key by key', () => {
    const body = cardBody('account_123456', paymentIntentId('pi_123456'), 'customer_12345');

    expect(sent(body)).toEqual(examples.card.request);
  });
});

it('a member is named only where the card is to be kept', () => {
  expect(intentBody('account_123456', request())).not.toHaveProperty('external_customer_id');
});

it('the sale’s id is the portal’s transaction id', () => {
  const body = intentBody('account_123456', request({ saleId: saleId('sale_0123456789') }));

  expect(body.external_transaction_id).toBe('sale_0123456789');
});

it('an amount is the same number in the intent and text in the capture, whatever the currency', () => {
  const currencies = fc.constantFrom(['jpy', 0] as const, ['usd', 2] as const, ['kwd', 3] as const);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99_999_999 }),
      currencies,
      (amount, [currency, digits]) => {
        const price = money(amount, currency);
        const { amount: number } = intentBody('account_123456', request({ total: price }));
        const { amount: text } = captureBody('account_123456', intent, price);

        expect(number.toFixed(digits)).toBe(text);
        expect(text.replace('.', '').replace(/^0+/, '')).toBe(String(amount));
      },
    ),
  );
});
