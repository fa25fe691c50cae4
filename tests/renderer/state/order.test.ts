import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../preload/contract/kiosk.ts';
import type { OrderAnswer } from '../../../preload/contract/orders.ts';
import { VisitState } from '../../../renderer/state/visit.svelte.ts';
import { evening } from '../support/catalogues.ts';
import { aMember } from '../support/cards.ts';
import { FakeBridge } from '../support/fake-bridge.ts';
import { FakeTimers } from '../support/fake-timers.ts';
import { ordering, orderSale } from '../support/order-scenes.ts';
import { anOrder, aReceipt, aSale, aSnapshot } from '../support/snapshots.ts';

const saleId = aSale().id;
const done: OrderAnswer = { kind: 'done', saleId };
const needing = ordering({ sale: aSale({ needsOrder: true }) });

async function arrived(
  snapshot: Snapshot = ordering(),
): Promise<{ main: FakeBridge; visit: VisitState }> {
  const main = new FakeBridge(snapshot, evening);
  const visit = new VisitState(main.bridge, new FakeTimers());
  await visit.kiosk.attach();
  await visit.catalogue.load();
  return { main, visit };
}

/** Lets every answer that is on its way arrive. */
async function answered(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

function askedOfOrders({ asked }: FakeBridge): readonly unknown[] {
  return asked.filter(({ name }) => name.startsWith('order:'));
}

describe("a platform's order", () => {
  it('is opened by a scan on the first screen, without a tap', async () => {
    const { main, visit } = await arrived();
    main.answers.set('order:open', done);

    visit.scanned('cart-7');
    await answered();
    main.tell(ordering({ sale: orderSale() }));

    expect(askedOfOrders(main)).toEqual([{ name: 'order:open', request: { code: 'cart-7' } }]);
    expect(visit.screen).toBe('review');
  });

  it('is refused on the screen that asks for its code, wherever it was scanned', async () => {
    const { main, visit } = await arrived();
    main.answers.set('order:open', { kind: 'refused', why: 'spent' });
    visit.begin();

    visit.scanned('cart-7');
    await answered();

    expect(visit.screen).toBe('order_code');
    expect(visit.order.refusal).toEqual({ why: 'spent' });

    visit.order.drop();

    expect(visit.screen).toBe('choose');
  });

  it('is said not to go now when main does not answer of it', async () => {
    const { main, visit } = await arrived();
    main.refused.add('order:open');

    visit.scanned('cart-7');
    await answered();

    expect(visit.order.refusal).toEqual({ why: 'not_now' });
  });

  it('is named for the sale at review where one must be', async () => {
    const { main, visit } = await arrived(needing);
    main.answers.set('order:attach', done);

    visit.order.ask();
    expect(visit.screen).toBe('order_code');
    await visit.order.give('cart-7');
    main.tell(ordering({ sale: aSale({ platformOrder: anOrder() }) }));

    expect(askedOfOrders(main)).toEqual([
      { name: 'order:attach', request: { saleId, code: 'cart-7' } },
    ]);
    expect(visit.screen).toBe('review');
  });

  it('of another total leaves the sale at review as it was', async () => {
    const { main, visit } = await arrived(needing);
    main.answers.set('order:attach', { kind: 'refused', why: 'other_total' });

    visit.scanned('cart-8');
    await answered();
    expect(visit.order.refusal).toEqual({ why: 'other_total' });
    visit.order.drop();

    expect(visit.screen).toBe('review');
  });

  it('is not changed by a scan once it is named, nor while a card is asked for', async () => {
    const { main, visit } = await arrived();
    for (const part of [
      { platformOrder: anOrder() },
      { platformOrder: anOrder(), state: 'presenting', stage: 'awaiting_card' },
      { platformOrder: anOrder(), state: 'paid', receipt: aReceipt() },
    ] as const) {
      main.tell(ordering({ sale: aSale(part) }));
      visit.scanned('cart-9');
    }
    await answered();

    expect(askedOfOrders(main)).toEqual([]);
  });

  it('is not opened by a scan while a member says who they are', async () => {
    const { main, visit } = await arrived();
    await visit.errand.begin('cards');

    visit.scanned('cart-7');
    await answered();

    expect(visit.screen).toBe('member_number');
    expect(askedOfOrders(main)).toEqual([]);
  });

  it('is nothing to a kiosk whose system knows none', async () => {
    const { main, visit } = await arrived(aSnapshot());

    visit.scanned('cart-7');
    await answered();

    expect(askedOfOrders(main)).toEqual([]);
    expect(visit.screen).toBe('attract');
  });

  it('that a link opened meanwhile takes the question for a code away', async () => {
    const { main, visit } = await arrived();
    visit.order.ask();

    main.tell(ordering({ sale: orderSale() }));

    expect(visit.screen).toBe('review');
    expect(visit.order.asks).toBe(false);
  });

  it('that its customer leaves at review goes back to the first screen, and who they are is forgotten', async () => {
    const { main, visit } = await arrived(ordering({ sale: orderSale(), member: aMember() }));

    const leaving = visit.change(saleId);
    main.tell(ordering({ sale: orderSale({ state: 'canceled' }), member: aMember() }));
    await answered();
    main.tell(ordering({ member: aMember() }));
    await leaving;

    expect(visit.screen).toBe('attract');
    expect(main.names()).toContain('member:leave');
  });

  it('for what was chosen here leads back to the choice as it was', async () => {
    const { main, visit } = await arrived();
    visit.begin();
    visit.cart.set(visit.catalogue.find('vinyasa')!, 2);
    main.tell(ordering({ sale: aSale({ platformOrder: anOrder() }) }));

    await visit.change(saleId);
    main.tell(ordering({ sale: aSale({ platformOrder: anOrder(), state: 'canceled' }) }));
    await answered();

    expect(visit.screen).toBe('choose');
    expect(visit.cart.count).toBe(2);
  });
});
