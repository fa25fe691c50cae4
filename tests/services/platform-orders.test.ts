import { describe, expect, it } from 'vitest';
import { type SaleId, saleId } from '../../main/domain/ids.ts';
import { money } from '../../main/domain/money.ts';
import type { PaymentIntentFacts } from '../../main/domain/payment-intent.ts';
import type { SaleEvent } from '../../main/domain/sale-event.ts';
import { type Sale, totalOf } from '../../main/domain/sale.ts';
import { type Abilities, directAbilities } from '../../main/ports/abilities.ts';
import { Checkout } from '../../main/services/checkout.ts';
import { PlatformOrders } from '../../main/services/platform-orders.ts';
import { openDesk } from '../support/fakes/desk.ts';
import { FakePayments } from '../support/fakes/fake-payments.ts';
import { anOrder, facts, ourKiosk, read } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();

type Declared = Pick<
  Abilities,
  'order' | 'accountBalance' | 'idempotency' | 'settles' | 'recordsOrder'
>;

/** A platform that settles by itself, pays from the member's account, and knows no keys. */
const platform: Declared = {
  order: 'required',
  accountBalance: true,
  idempotency: 'none',
  settles: 'platform',
  recordsOrder: false,
};

/** One whose money the kiosk takes. */
const kioskSettles: Declared = { ...platform, settles: 'kiosk' };

function till({
  abilities = platform,
  currency = 'usd',
  folder = tempFolder(),
  boot = 'boot_0000000001',
} = {}) {
  const desk = openDesk(folder, new FakePayments(), boot);
  const ids = { next: (prefix: string) => nextId(prefix) };
  const checkout = new Checkout({
    ledger: desk.ledger,
    steps: desk.steps,
    clock: desk.clock,
    ids,
    kioskId: ourKiosk,
    catalogue: { currency, taxes: [], categories: [] },
    askBeforeCharging: false,
    abilities,
    maySell: () => true,
    onChange: () => undefined,
  });
  const orders = new PlatformOrders({
    ledger: desk.ledger,
    steps: desk.steps,
    checkout,
    abilities,
    currency,
  });
  /** The sale as it is on disk; the screen is told, as the kiosk does. */
  const stored = (id: SaleId): Sale => {
    const sale = desk.ledger.findSale(id);
    if (sale === null) throw new Error('the sale is not stored');
    checkout.stepped(sale);
    return sale;
  };
  return {
    desk,
    checkout,
    orders,
    stored,
    /** Opens a sale for this code, which must be taken. */
    opened: (code: string): SaleId => {
      const answer = orders.open(code);
      if (answer.kind === 'refused') throw new Error(`refused: ${answer.why}`);
      return saleId(answer.saleId);
    },
    /** Opens, confirms, leads through the events, and lets the customer go. */
    lived: (code: string, ...events: ((id: SaleId) => SaleEvent)[]): Sale => {
      const answer = orders.open(code);
      if (answer.kind === 'refused') throw new Error(`refused: ${answer.why}`);
      const id = saleId(answer.saleId);
      for (const eventOf of [(): SaleEvent => ({ kind: 'confirmed' }), ...events]) {
        const event = eventOf(id);
        if (desk.steps.apply(id, event) === null) throw new Error(`${event.kind} was ignored`);
        stored(id);
      }
      checkout.dismiss(id);
      return stored(id);
    },
    /** Chooses a class of 28.00 on the screen. */
    chosen: (): SaleId => {
      const started = checkout.startOrder(anOrder(2_800, currency));
      if (started.kind !== 'started') throw new Error(started.why);
      return started.sale.id;
    },
  };
}

let made = 0;

function nextId(prefix: string): string {
  made += 1;
  return `${prefix}_0mi1kqbas0${String(made).padStart(12, '0')}`;
}

const cart = 'foyer:order?id=cart-7&total=2800&balance=500&user=42&title=Ten+classes';

const created = (id: SaleId, changes: Partial<PaymentIntentFacts> = {}): SaleEvent => ({
  kind: 'payment_intent_created',
  paymentIntent: facts({ saleId: id, amount: 2_300, ...changes }),
});
const createRefused = {
  kind: 'step_refused',
  step: 'create',
  code: 'unprocessable',
  wasRepeated: false,
} as const;
const createLost: SaleEvent = { kind: 'step_uncertain', step: 'create' };
const left: SaleEvent = { kind: 'customer_canceled' };
const foundNothing: SaleEvent = {
  kind: 'payment_intent_looked_up',
  paymentIntent: null,
  platform: { status: 'open', orderId: null, error: null },
};
const spent = { kind: 'refused', why: 'spent' };

function refusal(why: string): object {
  return { kind: 'refused', why };
}

describe('opening an order', () => {
  it('puts a sale of one line at review on disk, with what the account pays of it', async () => {
    const { desk, opened, stored } = till();

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
    const { desk, opened, stored } = till();

    const sale = stored(opened('foyer:order?id=cart-7&total=2800&balance=99999999'));

    expect(totalOf(sale)).toEqual(money(1, 'usd'));
    await desk.close();
  });

  it('takes nothing from an account where the platform has none', async () => {
    const { desk, opened, stored } = till({ abilities: { ...platform, accountBalance: false } });

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
    const { desk, orders } = till({ abilities, currency });

    expect(orders.open(code)).toEqual(refusal(why));
    expect(orders.openOrAttach(code)).toEqual(refusal(why));
    expect(desk.ledger.unfinishedSales()).toEqual([]);
    await desk.close();
  });

  it('is refused while another sale is on the screen, which keeps its own order', async () => {
    const { desk, orders, opened, stored, checkout } = till();
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
    const { desk, checkout, orders, chosen, stored } = till();
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
    const { desk, orders, chosen, stored } = till();
    const id = chosen();

    expect(orders.openOrAttach(cart)).toEqual({ kind: 'done', saleId: id });

    expect(stored(id).platformOrder).toMatchObject({ id: 'cart-7', fromBalance: 500 });
    await desk.close();
  });

  it('refuses an order that costs something else than what was chosen, and keeps the one before', async () => {
    const { desk, orders, chosen, stored } = till();
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
    const { desk, orders, chosen, stored } = till();
    const id = chosen();
    orders.attach(id, cart);
    stored(id);

    orders.attach(id, 'cart-8');

    expect(stored(id).platformOrder).toMatchObject({ id: 'cart-8', balance: 0, fromBalance: 0 });
    await desk.close();
  });

  it('is refused for another sale than the one at review, and once that is being paid', async () => {
    const { desk, orders, chosen, stored, checkout } = till();
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
    const { desk, orders, opened, stored } = till();
    const id = opened(cart);

    orders.useBalance(id, false);
    expect(totalOf(stored(id))).toEqual(money(2_800, 'usd'));
    orders.useBalance(id, true);
    expect(totalOf(stored(id))).toEqual(money(2_300, 'usd'));
    await desk.close();
  });

  it('is not asked before an order is named', async () => {
    const { desk, orders, chosen } = till();

    expect(orders.useBalance(chosen(), true)).toEqual(refusal('not_now'));
    await desk.close();
  });
});

describe('an order that a former sale', () => {
  it.each([
    ['is paying at this moment', [created]],
    [
      'has paid',
      [
        created,
        (id: SaleId) =>
          read(
            facts({
              saleId: id,
              amount: 2_300,
              status: 'succeeded',
              platform: { status: 'submitted', orderId: '9', error: null },
            }),
          ),
      ],
    ],
    ['lost the reply to its create for', [() => createLost]],
    ['lost the reply for, and found nothing', [() => createLost, () => foundNothing]],
    [
      'left unpaid with a PaymentIntent',
      [created, () => left, (id: SaleId) => read(facts({ saleId: id, amount: 2_300 }))],
    ],
    [
      'left with a PaymentIntent that somebody else canceled',
      [
        created,
        () => left,
        (id: SaleId) => read(facts({ saleId: id, amount: 2_300, status: 'canceled' })),
      ],
    ],
    ['was answered in vain for after it was given up', [() => left, () => createLost]],
    [
      'was refused for when it had been asked for before',
      [() => ({ ...createRefused, wasRepeated: true }), () => foundNothing],
    ],
    ['handed to staff', [created, () => ({ kind: 'read_refused' }) as const]],
  ] as const)('%s is spent, also after a restart', async (_, events) => {
    const folder = tempFolder();
    const first = till({ folder });
    first.lived(cart, ...events);

    expect(first.orders.open(cart)).toEqual(spent);
    await first.desk.close();

    const second = till({ folder, boot: 'boot_0000000002' });
    expect(second.orders.open(cart)).toEqual(spent);
    expect(second.orders.attach(second.chosen(), 'cart-7')).toEqual(spent);
    expect(second.desk.ledger.salesOfPlatformOrder('cart-7')).toHaveLength(1);
    await second.desk.close();
  });

  it.each([
    ['left at review', 'open'],
    ['could not begin because its create was refused clearly', 'refused'],
    ['left before its create was refused clearly', 'left and refused'],
  ])('%s may be tried again, also after a restart', async (_, how) => {
    const folder = tempFolder();
    const first = till({ folder });
    if (how === 'open') first.checkout.cancel(first.opened(cart));
    if (how === 'refused') first.lived(cart, () => createRefused);
    if (how === 'left and refused')
      first.lived(
        cart,
        () => left,
        () => createRefused,
      );
    await first.desk.close();

    const second = till({ folder, boot: 'boot_0000000002' });
    expect(second.orders.open(cart).kind).toBe('done');
    await second.desk.close();
  });

  it('tried in vain and then lost the reply for is spent, whatever the first try came to', async () => {
    const { desk, orders, lived } = till();
    lived(cart, () => createRefused);
    lived(
      cart,
      () => createLost,
      () => foundNothing,
    );

    expect(orders.open(cart)).toEqual(spent);
    await desk.close();
  });

  it('canceled, and read as canceled, may be tried again where the kiosk itself settles', async () => {
    const { desk, orders, lived } = till({ abilities: kioskSettles });
    lived(
      cart,
      created,
      () => left,
      (id) => read(facts({ saleId: id, amount: 2_300, status: 'canceled' })),
    );

    expect(orders.open(cart).kind).toBe('done');
    await desk.close();
  });

  it('lost the reply for may be tried again where a list has shown that nothing was made', async () => {
    const abilities = { ...kioskSettles, idempotency: 'keys' } as const;
    const { desk, orders, lived } = till({ abilities });
    lived(
      cart,
      () => createLost,
      () => ({ kind: 'payment_intent_looked_up', paymentIntent: null }),
    );

    expect(orders.open(cart).kind).toBe('done');
    await desk.close();
  });

  it('had at review when the records were put back from a backup is spent: it may have been paid since', async () => {
    const { desk, checkout, orders, opened, stored } = till();
    const id = opened(cart);
    desk.steps.apply(id, { kind: 'record_restored' });
    stored(id);
    checkout.dismiss(id);

    expect(stored(id)).toMatchObject({ state: 'needs_staff', ordinals: { create: 0 } });
    expect(orders.open(cart)).toEqual(spent);
    await desk.close();
  });

  it('could not begin is spent all the same once its journal does not prove that any more', async () => {
    const { desk, orders, lived } = till();
    lived(cart, () => createRefused);
    desk.database.db.exec(
      "update sale_events set event = replace(event, 'unprocessable', 'other')",
    );

    expect(orders.open(cart)).toEqual(spent);
    await desk.close();
  });

  it('has paid says nothing of another order', async () => {
    const { desk, orders, lived } = till();
    lived(
      cart,
      () => createLost,
      () => foundNothing,
    );

    expect(orders.open('foyer:order?id=cart-77&total=100').kind).toBe('done');
    await desk.close();
  });
});
