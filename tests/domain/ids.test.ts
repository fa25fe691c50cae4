import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  attemptId,
  attemptIdOf,
  chargeId,
  kioskId,
  paymentIntentId,
  saleId,
  shortCode,
} from '../../main/domain/ids.ts';

const someSale = fc.stringMatching(/^[0-9a-z]{10,40}$/).map((tail) => saleId(`sale_${tail}`));

it('lets no id pass for another noun’s', () => {
  expect(() => saleId('att_0123456789_1')).toThrow('Not the id of a sale');
  expect(() => attemptId('sale_0123456789')).toThrow('payment attempt');
  expect(() => kioskId('sale_0123456789')).toThrow('kiosk');
  expect(() => paymentIntentId('ch_0123')).toThrow('PaymentIntent');
  expect(() => chargeId('pi_0123')).toThrow('Charge');
});

it('refuses ids with anything in them that is not ours', () => {
  for (const text of ['sale_', 'sale_short', 'sale_01234567890\n', 'sale_0123456789;drop', 'x']) {
    expect(() => saleId(text)).toThrow(TypeError);
  }
});

it('does not repeat a long foreign text in its complaint', () => {
  expect(() => saleId('x'.repeat(5_000))).toThrow(/^Not the id of a sale: x{60}$/);
});

it('names the attempts of a sale the same way each time, and each differently', () => {
  fc.assert(
    fc.property(someSale, fc.integer({ min: 1, max: 99 }), (sale, ordinal) => {
      expect(attemptIdOf(sale, ordinal)).toBe(attemptIdOf(sale, ordinal));
      expect(attemptIdOf(sale, ordinal)).not.toBe(attemptIdOf(sale, ordinal + 1));
    }),
  );
});

it('gives each sale four characters that can be read out: no 0 or O, no 1 or I', () => {
  fc.assert(
    fc.property(someSale, (sale) => {
      expect(shortCode(sale)).toMatch(/^[2-9A-HJ-NP-Z]{4}$/);
      expect(shortCode(sale)).toBe(shortCode(sale));
    }),
  );
});

it('seldom gives two sales the same code', () => {
  const sales = fc.sample(fc.stringMatching(/^[0-9a-z]{12}$/), { numRuns: 500, seed: 3 });
  const codes = new Set(sales.map((tail) => shortCode(saleId(`sale_0mi1kqbas${tail}`))));

  expect(codes.size).toBeGreaterThan(490);
});
