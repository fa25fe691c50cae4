import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderHandlers } from '../../main/ipc/order-handlers.ts';
import type { OrderAnswer, OrderRefusal } from '../../main/services/platform-orders.ts';
import { requestSchemas } from '../../preload/contract/contract.ts';
import { ourSale } from '../support/fakes/sales.ts';

/** Orders that answer as they are told, and keep what they were asked. */
function orders(answer: OrderAnswer) {
  const asked: unknown[][] = [];
  const heard = (...words: unknown[]): OrderAnswer => {
    asked.push(words);
    return answer;
  };
  const handlers = orderHandlers({ open: heard, attach: heard, useBalance: heard });
  return { asked, handlers };
}

const code = 'foyer:order?id=cart-7&total=2800';

describe('what the window says of an order', () => {
  it('reaches the orders as it was said', async () => {
    const { asked, handlers } = orders({ kind: 'done', saleId: ourSale });

    const opened = await handlers['order:open']({ code });
    await handlers['order:attach']({ saleId: ourSale, code });
    await handlers['order:balance']({ saleId: ourSale, use: false });

    expect(opened).toEqual({ ok: true, value: { kind: 'done', saleId: ourSale } });
    expect(asked).toEqual([[code], [ourSale, code], [ourSale, false]]);
  });

  it.each<OrderRefusal>(['not_a_code', 'no_orders_here', 'no_total', 'other_total', 'spent'])(
    'that is refused as “%s” is an answer with a sentence on the screen',
    async (why) => {
      const { handlers } = orders({ kind: 'refused', why });
      const answer = { ok: true, value: { kind: 'refused', why } };

      expect(await handlers['order:open']({ code })).toEqual(answer);
      expect(await handlers['order:attach']({ saleId: ourSale, code })).toEqual(answer);
      expect(await handlers['order:balance']({ saleId: ourSale, use: true })).toEqual(answer);
    },
  );

  it('that comes at the wrong time is refused as any such word is, and may be said again', async () => {
    const { handlers } = orders({ kind: 'refused', why: 'not_now' });
    const answer = { ok: false, error: { code: 'not_now', retryable: true } };

    expect(await handlers['order:open']({ code })).toMatchObject(answer);
    expect(await handlers['order:attach']({ saleId: ourSale, code })).toMatchObject(answer);
    expect(await handlers['order:balance']({ saleId: ourSale, use: true })).toMatchObject(answer);
  });
});

describe('the contract of an order’s code', () => {
  it('lets through what a scanner can send, without its end of line, and nothing longer than 500', () => {
    const { 'order:open': schema } = requestSchemas;

    expect(schema.parse({ code: ' cart-7\r\n' })).toEqual({ code: 'cart-7' });
    expect(schema.safeParse({ code: 'x'.repeat(501) }).success).toBe(false);
    expect(schema.safeParse({ code: ' \n' }).success).toBe(false);
    expect(schema.safeParse({ code, total: 1 }).success).toBe(false);
  });

  it('takes no wish about the account but yes and no', () => {
    const { 'order:balance': schema } = requestSchemas;

    fc.assert(
      fc.property(fc.anything(), (use) => {
        fc.pre(typeof use !== 'boolean');

        expect(schema.safeParse({ saleId: ourSale, use }).success).toBe(false);
      }),
    );
  });
});
