import { describe, expect, it } from 'vitest';
import { CartState } from '../../../renderer/state/cart.svelte.ts';
import { CatalogueState } from '../../../renderer/state/catalogue.svelte.ts';
import type { CatalogueView } from '../../../preload/contract/catalogue.ts';
import { crowded, evening } from '../support/catalogues.ts';
import { FakeBridge } from '../support/fake-bridge.ts';
import { aSnapshot } from '../support/snapshots.ts';

async function filled(
  view: CatalogueView,
): Promise<{ cart: CartState; catalogue: CatalogueState }> {
  const catalogue = new CatalogueState(new FakeBridge(aSnapshot(), view).bridge);
  await catalogue.load();
  return { catalogue, cart: new CartState(catalogue) };
}

describe('the cart', () => {
  it('adds up what was picked, in the order it was picked', async () => {
    const { cart, catalogue } = await filled(evening);

    cart.set(catalogue.find('mat')!, 1);
    cart.set(catalogue.find('vinyasa')!, 2);

    expect(cart.total).toBe(300 + 2 * 2400);
    expect(cart.count).toBe(3);
    expect(cart.request()).toEqual({
      lines: [
        { itemId: 'mat', quantity: 1 },
        { itemId: 'vinyasa', quantity: 2 },
      ],
    });
  });

  it('sells no more of an item than its limit, and no fewer than none', async () => {
    const { cart, catalogue } = await filled(evening);
    const vinyasa = catalogue.find('vinyasa')!;

    cart.set(vinyasa, 9);
    expect(cart.quantityOf('vinyasa')).toBe(4);
    cart.set(vinyasa, -1);

    expect(cart.lines).toEqual([]);
  });

  it('takes the fifty lines main takes, and not one more', async () => {
    const { cart, catalogue } = await filled(crowded);

    for (const item of catalogue.items) cart.set(item, 1);

    expect(cart.lines).toHaveLength(50);
  });

  it('is empty for the next customer', async () => {
    const { cart, catalogue } = await filled(evening);
    cart.set(catalogue.find('mat')!, 2);

    cart.clear();

    expect(cart.total).toBe(0);
  });
});
