import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paymentIntentRequest } from '../../../main/backends/mariana-tek/requests.ts';
import { minorUnits } from '../../../main/backends/platform-http/decimal-amount.ts';
import { exponentOf, money } from '../../../main/domain/money.ts';

const currency = fc.constantFrom('jpy', 'usd', 'eur', 'kwd');
const cardPart = fc.integer({ min: 1, max: 99_999_999 });
const balancePart = fc.nat({ max: 99_999_999 });

test('the card’s part and the account’s part on the wire are together the cart’s total', () => {
  fc.assert(
    fc.property(currency, cardPart, balancePart, (code, card, balance) => {
      const body = paymentIntentRequest('123', money(card, code), balance);

      const fromCard = minorUnits(body.amount, code);
      const fromBalance = minorUnits(body.account_balance_payment_amount ?? '0', code);
      expect([fromCard, fromBalance]).toEqual([card, balance]);
    }),
  );
});

test('both parts are texts with as many decimals as the currency has', () => {
  fc.assert(
    fc.property(currency, cardPart, balancePart, (code, card, balance) => {
      const { amount, account_balance_payment_amount: account = amount } = paymentIntentRequest(
        '123',
        money(card, code),
        balance,
      );

      for (const written of [amount, account]) {
        expect(written).toMatch(/^\d+(\.\d+)?$/);
        expect(written.split('.')[1] ?? '').toHaveLength(exponentOf(code)!);
      }
    }),
  );
});

test('a balance is on the wire only where some of it pays', () => {
  fc.assert(
    fc.property(currency, cardPart, balancePart, (code, card, balance) => {
      const body = paymentIntentRequest('123', money(card, code), balance);

      expect('account_balance_payment_amount' in body).toBe(balance > 0);
    }),
  );
});

test('what asks for a card always says that a terminal reads it', () => {
  fc.assert(
    fc.property(currency, cardPart, (code, card) => {
      expect(paymentIntentRequest('123', money(card, code), 0).payment_type).toBe('terminal');
    }),
  );
});
