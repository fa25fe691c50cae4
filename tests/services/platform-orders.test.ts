import { describe, expect, it } from 'vitest';
import { money } from '../../main/domain/money.ts';
import { totalOf } from '../../main/domain/sale.ts';
import { directAbilities } from '../../main/ports/abilities.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { cart, platform, till } from './platform-orders-bench.ts';

const tempFolder = tempFolders();

function refusal(why: string): object {
  return { kind: 'refused', why };
}

describe('opening an order', () => {
  it('puts a sale of one line at review on disk, with what the account pays of it', async () => {
    const { desk, opened, stored } = till({ folder: tempFolder() });

    const sale = stored(opened(cart));

    expect(sale).toMatchObject({
      state: 'open',
      settledBy: 'platform',
      order: { lines: [{ name: 'Ten classes', quantity: 1 }], total: money(2_800, 'usd') },
      platformOrder: { id: 'cart-7', balance: 500, fromBalance: 500, userId: '42' },
    });
    expect(totalOf(sale)).toEqual(money(2_300, 'usd'));
    expect(desk.ledger.backlog().count).toBe(0);
    await desk.close();
  });

  it('leaves something for the card where the account holds more than the order costs', async () => {
    const { desk, opened, stored } = till({ folder: tempFolder() });

    const sale = stored(opened('foyer:order?id=cart-7&total=2800&balance=99999999'));

    expect(totalOf(sale)).toEqual(money(1, 'usd'));
    await desk.close();
  });

  it('takes nothing from an account where the platform has none', async () => {
    const { desk, opened, stored } = till({
      folder: tempFolder(),
      abilities: { ...platform, accountBalance: false },
    });

    const id = opened(cart);

    expect(stored(id).platformOrder).toMatchObject({ balance: 0, fromBalance: 0 });
    await desk.close();
  });

  it.each([
    ['what is no code', 'foyer:order?id=cart-7&colour=red', platform, 'usd', 'not_a_code'],
    ['a code without a total', 'cart-7', platform, 'usd', 'no_total'],
    [
      'an amount that Stripe would not take',
      cart.replace('2800', '2805'),
      platform,
      'kwd',
      'not_a_code',
    ],
    ['any order where there are none', cart, directAbilities, 'usd', 'no_orders_here'],
    ['junk where there are no orders', 'junk!', directAbilities, 'usd', 'no_orders_here'],
  ] as const)('refuses %s, and stores nothing', async (_, code, abilities, currency, why) => {
    const { desk, orders } = till({ folder: tempFolder(), abilities, currency });

    expect(orders.open(code)).toEqual(refusal(why));
    expect(orders.openOrAttach(code)).toEqual(refusal(why));
    expect(desk.ledger.unfinishedSales()).toEqual([]);
    await desk.close();
  });

  it('is refused while another sale is on the screen, which keeps its own order', async () => {
    const { desk, orders, opened, stored, checkout } = till({ folder: tempFolder() });
    const id = opened(cart);
    checkout.confirm(id);
    stored(id);

    expect(orders.open('foyer:order?id=cart-8&total=100')).toEqual(refusal('not_now'));
    expect(orders.openOrAttach('foyer:order?id=cart-8&total=100')).toEqual(refusal('not_now'));
    expect(stored(id).platformOrder?.id).toBe('cart-7');
    await desk.close();
  });
});

describe('naming the order of what was chosen on the screen', () => {
  it('is what the customer’s yes waits for', async () => {
    const { desk, checkout, orders, chosen, stored } = till({ folder: tempFolder() });
    const id = chosen();
    expect(checkout.confirm(id).kind).toBe('not_now');
    expect(stored(id).state).toBe('open');

    expect(orders.attach(id, 'cart-7')).toEqual({ kind: 'done', saleId: id });

    stored(id);
    expect(checkout.confirm(id).kind).toBe('heard');
    expect(stored(id)).toMatchObject({ state: 'creating', platformOrder: { id: 'cart-7' } });
    await desk.close();
  });

  it('is what a scan or a link does while a sale is at review', async () => {
    const { desk, orders, chosen, stored } = till({ folder: tempFolder() });
    const id = chosen();

    expect(orders.openOrAttach(cart)).toEqual({ kind: 'done', saleId: id });

    expect(stored(id).platformOrder).toMatchObject({ id: 'cart-7', fromBalance: 500 });
    await desk.close();
  });

  it('is not done anew by a link: the customer would pay an order that is not theirs', async () => {
    const { desk, orders, opened, stored } = till({ folder: tempFolder() });
    const id = opened(cart);

    for (const code of ['cart-8', 'foyer://order?id=cart-8&total=2800&title=Ten+classes']) {
      expect(orders.openOrAttach(code)).toEqual(refusal('not_now'));
    }

    expect(stored(id).platformOrder).toMatchObject({ id: 'cart-7', fromBalance: 500 });
    await desk.close();
  });

  it('refuses an order that costs something else than what was chosen, and keeps the one before', async () => {
    const { desk, orders, chosen, stored } = till({ folder: tempFolder() });
    const id = chosen();
    orders.attach(id, 'cart-7');
    stored(id);

    for (const total of [2_799, 2_801, 1]) {
      const code = `foyer:order?id=cart-8&total=${total}`;
      expect(orders.attach(id, code)).toEqual(refusal('other_total'));
    }
    expect(stored(id).platformOrder?.id).toBe('cart-7');
    await desk.close();
  });

  it('may be done anew with the right one', async () => {
    const { desk, orders, chosen, stored } = till({ folder: tempFolder() });
    const id = chosen();
    orders.attach(id, cart);
    stored(id);

    orders.attach(id, 'cart-8');

    expect(stored(id).platformOrder).toMatchObject({ id: 'cart-8', balance: 0, fromBalance: 0 });
    await desk.close();
  });

  it('is refused for another sale than the one at review, and once that is being paid', async () => {
    const { desk, orders, chosen, stored, checkout } = till({ folder: tempFolder() });
    const id = chosen();
    expect(orders.attach('sale_0mi1kqbas0other0000001', cart)).toEqual(refusal('not_now'));
    orders.attach(id, cart);
    stored(id);
    checkout.confirm(id);
    stored(id);

    expect(orders.attach(id, 'cart-8')).toEqual(refusal('not_now'));
    expect(orders.useBalance(id, false)).toEqual(refusal('not_now'));
    expect(stored(id).platformOrder).toMatchObject({ id: 'cart-7', fromBalance: 500 });
    await desk.close();
  });
});

describe('the member’s account', () => {
  it('pays nothing when the customer wants it so, and as much as it can again', async () => {
    const { desk, orders, opened, stored } = till({ folder: tempFolder() });
    const id = opened(cart);

    orders.useBalance(id, false);
    expect(totalOf(stored(id))).toEqual(money(2_800, 'usd'));
    orders.useBalance(id, true);
    expect(totalOf(stored(id))).toEqual(money(2_300, 'usd'));
    await desk.close();
  });

  it('is not asked before an order is named', async () => {
    const { desk, orders, chosen } = till({ folder: tempFolder() });

    expect(orders.useBalance(chosen(), true)).toEqual(refusal('not_now'));
    await desk.close();
  });
});
