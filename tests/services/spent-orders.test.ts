import { describe, expect, it } from 'vitest';
import type { SaleId } from '../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../main/domain/payment-intent.ts';
import type { SaleEvent } from '../../main/domain/sale-event.ts';
import { facts, read } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { cart, kioskSettles, till } from './platform-orders-bench.ts';

const tempFolder = tempFolders();

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
    const { desk, orders, lived } = till({ folder: tempFolder() });
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
    const { desk, orders, lived } = till({ folder: tempFolder(), abilities: kioskSettles });
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
    const { desk, orders, lived } = till({ folder: tempFolder(), abilities });
    lived(
      cart,
      () => createLost,
      () => ({ kind: 'payment_intent_looked_up', paymentIntent: null }),
    );

    expect(orders.open(cart).kind).toBe('done');
    await desk.close();
  });

  it('had at review when the records were put back from a backup is spent: it may have been paid since', async () => {
    const { desk, checkout, orders, opened, stored } = till({ folder: tempFolder() });
    const id = opened(cart);
    desk.steps.apply(id, { kind: 'record_restored' });
    stored(id);
    checkout.dismiss(id);

    expect(stored(id)).toMatchObject({ state: 'needs_staff', ordinals: { create: 0 } });
    expect(orders.open(cart)).toEqual(spent);
    await desk.close();
  });

  it('could not begin is spent all the same once its journal does not prove that any more', async () => {
    const { desk, orders, lived } = till({ folder: tempFolder() });
    lived(cart, () => createRefused);
    desk.database.db.exec(
      "update sale_events set event = replace(event, 'unprocessable', 'other')",
    );

    expect(orders.open(cart)).toEqual(spent);
    await desk.close();
  });

  it('has paid says nothing of another order', async () => {
    const { desk, orders, lived } = till({ folder: tempFolder() });
    lived(
      cart,
      () => createLost,
      () => foundNothing,
    );

    expect(orders.open('foyer:order?id=cart-77&total=100').kind).toBe('done');
    await desk.close();
  });
});
