import { describe, expect, it } from 'vitest';
import { VisitState } from '../../../renderer/state/visit.svelte.ts';
import { evening } from '../support/catalogues.ts';
import { FakeBridge } from '../support/fake-bridge.ts';
import { FakeTimers } from '../support/fake-timers.ts';
import { aMember, aSetup } from '../support/cards.ts';
import { aReceipt, aSale, aSnapshot } from '../support/snapshots.ts';

async function arrived(): Promise<{ main: FakeBridge; visit: VisitState; timers: FakeTimers }> {
  const main = new FakeBridge(aSnapshot(), evening);
  const timers = new FakeTimers();
  const visit = new VisitState(main.bridge, timers);
  await visit.kiosk.attach();
  await visit.catalogue.load();
  return { main, visit, timers };
}

/** Lets every answer that is on its way arrive. */
async function answered(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('a visit', () => {
  it('goes from the first screen to the choice, to review, and back with the cart as it was', async () => {
    const { main, visit } = await arrived();
    expect(visit.screen).toBe('attract');
    visit.begin();
    visit.cart.set(visit.catalogue.find('vinyasa')!, 2);
    await visit.review();
    main.tell(aSnapshot({ sale: aSale() }));
    expect(visit.screen).toBe('review');

    await visit.change(aSale().id);
    main.tell(aSnapshot({ sale: aSale({ state: 'canceled', cancelReason: 'customer' }) }));
    expect(visit.screen).toBe('choose');
    await answered();
    main.tell(aSnapshot());

    expect(main.names()).toContain('sale:dismiss');
    expect(visit.screen).toBe('choose');
    expect(visit.cart.count).toBe(2);
  });

  it('stays on review when main does not let go of the sale', async () => {
    const { main, visit } = await arrived();
    main.tell(aSnapshot({ sale: aSale() }));
    main.refused.add('sale:cancel');

    await visit.change(aSale().id);

    expect(visit.screen).toBe('review');
    expect(visit.commands.refusal?.code).toBe('not_now');
  });

  it('shows a sale that went on although the customer went back', async () => {
    const { main, visit } = await arrived();
    main.tell(aSnapshot({ sale: aSale() }));
    await visit.change(aSale().id);

    main.tell(aSnapshot({ sale: aSale({ state: 'finding_out' }) }));

    expect(visit.screen).toBe('finding_out');
  });

  it('goes back from an awaited card to the cart as it was, once the payment is proved to be cancelled', async () => {
    const { main, visit } = await arrived();
    visit.begin();
    visit.cart.set(visit.catalogue.find('vinyasa')!, 2);
    main.tell(aSnapshot({ sale: aSale({ state: 'presenting', stage: 'awaiting_card' }) }));

    await visit.change(aSale().id);
    main.tell(aSnapshot({ sale: aSale({ state: 'canceling' }) }));
    expect(visit.screen).toBe('canceling');
    main.tell(aSnapshot({ sale: aSale({ state: 'canceled', provedNotCharged: true }) }));
    await answered();
    main.tell(aSnapshot());

    expect(main.names()).toContain('sale:dismiss');
    expect(visit.screen).toBe('choose');
    expect(visit.cart.count).toBe(2);
  });

  it('keeps no cart that was paid for although the customer went back', async () => {
    const { main, visit } = await arrived();
    visit.begin();
    visit.cart.set(visit.catalogue.find('vinyasa')!, 2);
    main.tell(aSnapshot({ sale: aSale({ state: 'presenting', stage: 'awaiting_card' }) }));
    await visit.change(aSale().id);
    main.tell(aSnapshot({ sale: aSale({ state: 'paid', receipt: aReceipt() }) }));

    main.tell(aSnapshot());

    expect(visit.screen).toBe('attract');
    expect(visit.cart.count).toBe(0);
  });

  it('begins anew once a sale is dismissed', async () => {
    const { main, visit } = await arrived();
    visit.begin();
    visit.cart.set(visit.catalogue.find('vinyasa')!, 1);
    main.tell(aSnapshot({ sale: aSale({ state: 'paid', receipt: aReceipt() }) }));
    visit.showReceipt();

    main.tell(aSnapshot());

    expect(visit.screen).toBe('attract');
    expect(visit.cart.count).toBe(0);
    main.tell(aSnapshot({ sale: aSale({ id: 'sale_another00001', state: 'paid' }) }));
    expect(visit.screen).toBe('approved');
  });

  it('dismisses a result when its time is over', async () => {
    const { main, visit, timers } = await arrived();
    main.tell(aSnapshot({ sale: aSale({ state: 'paid', receipt: aReceipt() }) }));
    expect(visit.screen).toBe('approved');

    timers.pass(20_000);
    await answered();

    expect(main.names()).toContain('sale:dismiss');
  });

  it('never walks away from a payment', async () => {
    const { main, visit, timers } = await arrived();
    main.tell(aSnapshot({ sale: aSale({ state: 'presenting', stage: 'awaiting_card' }) }));

    timers.pass(3_600_000);
    await answered();

    expect(main.names()).not.toContain('sale:cancel');
    expect(main.names()).not.toContain('sale:dismiss');
    expect(visit.screen).toBe('present');
  });

  it('cancels a review that nobody answers, and forgets what was picked', async () => {
    const { main, visit, timers } = await arrived();
    visit.begin();
    visit.cart.set(visit.catalogue.find('vinyasa')!, 1);
    main.tell(aSnapshot({ sale: aSale() }));

    timers.pass(80_000);
    await answered();
    main.tell(aSnapshot({ sale: aSale({ state: 'canceled' }) }));
    await answered();
    main.tell(aSnapshot());

    expect(main.names()).toContain('sale:cancel');
    expect(visit.screen).toBe('attract');
    expect(visit.cart.count).toBe(0);
  });

  it('forgets the member with the sale, also when nobody is there any more', async () => {
    const { main, timers } = await arrived();
    const member = aMember();
    main.tell(aSnapshot({ member, sale: aSale({ state: 'paid', receipt: aReceipt() }) }));

    timers.pass(20_000);
    await answered();

    expect(main.names()).toEqual(expect.arrayContaining(['sale:dismiss', 'member:leave']));
  });

  it('knows nobody after a review that nobody answers', async () => {
    const { main, visit, timers } = await arrived();
    main.tell(aSnapshot({ member: aMember(), sale: aSale() }));

    timers.pass(80_000);
    await answered();

    expect(main.names()).toContain('member:leave');
    expect(visit.errand.screen).toBeNull();
  });

  it('has main forget the member although another question is on its way', async () => {
    const { main, visit } = await arrived();
    main.tell(aSnapshot({ member: aMember() }));
    visit.begin();

    const asked = visit.review();
    await visit.end();
    await asked;

    expect(main.names()).toContain('member:leave');
  });

  it('never walks away from a card at the reader that is to be kept', async () => {
    const { main, visit, timers } = await arrived();
    main.tell(aSnapshot({ member: aMember(), setup: aSetup() }));

    timers.pass(3_600_000);
    await answered();

    expect(main.names()).not.toContain('setup:dismiss');
    expect(main.names()).not.toContain('member:leave');
    expect(visit.screen).toBe('setup');
  });

  it('puts the result of keeping a card away when its time is over', async () => {
    const { main, timers } = await arrived();
    main.tell(aSnapshot({ member: aMember(), setup: aSetup({ state: 'kept', stage: null }) }));

    timers.pass(20_000);
    await answered();

    expect(main.names()).toEqual(expect.arrayContaining(['setup:dismiss', 'member:leave']));
  });

  it('does not ask main twice for one double tap', async () => {
    const { main, visit } = await arrived();
    main.tell(aSnapshot({ sale: aSale() }));

    const first = visit.commands.confirm(aSale().id);
    const second = visit.commands.confirm(aSale().id);

    expect(await first).toBe(true);
    expect(await second).toBe(false);
    expect(main.names().filter((name) => name === 'sale:confirm')).toHaveLength(1);
  });
});
