import { describe, expect, it } from 'vitest';
import type { CardSaveAnswer, SetupTermsRefusal } from '../../../preload/contract/cards.ts';
import type { Snapshot } from '../../../preload/contract/kiosk.ts';
import { postalCodeOf } from '../../../renderer/state/setup-terms.svelte.ts';
import { VisitState } from '../../../renderer/state/visit.svelte.ts';
import { accountCards, allCards, aMember, anOffer } from '../support/cards.ts';
import { evening } from '../support/catalogues.ts';
import { FakeBridge } from '../support/fake-bridge.ts';
import { FakeTimers } from '../support/fake-timers.ts';
import { anOrder, aReceipt, aSale, aSnapshot } from '../support/snapshots.ts';

const started: CardSaveAnswer = { kind: 'setup_started', setupId: 'setup_01k9z3m8q2vt4w6x' };

/** A member at `My cards` of a kiosk that can do this with cards. */
async function atCards(
  snapshot: Partial<Snapshot> = {},
): Promise<{ main: FakeBridge; visit: VisitState }> {
  const all = aSnapshot({ cards: accountCards, member: aMember({ cards: [] }), ...snapshot });
  const main = new FakeBridge(all, evening);
  main.answers.set('card:offer', anOffer);
  main.answers.set('card:save', started);
  const visit = new VisitState(main.bridge, new FakeTimers());
  await visit.kiosk.attach();
  await visit.errand.begin('cards');
  await visit.errand.begin('add');
  return { main, visit };
}

const savedWith = (main: FakeBridge): unknown =>
  main.asked.findLast(({ name }) => name === 'card:save')?.request;

describe('a card that is kept for the account at a platform', () => {
  it('is kept with an order of the member and its postal code as it was typed', async () => {
    const { main, visit } = await atCards();
    expect(visit.screen).toBe('whose_order');
    await visit.errand.giveOrder('cart-7');
    expect(visit.screen).toBe('postal_code');
    await visit.errand.givePostalCode('02134');
    expect(visit.screen).toBe('consent');

    await visit.errand.agree(false);

    expect(savedWith(main)).toEqual({
      saleId: null,
      wordingHash: anOffer.wordingHash,
      copyByEmail: false,
      postalCode: '02134',
      orderCode: 'cart-7',
    });
  });

  it('needs no other order right after one was paid', async () => {
    const paid = aSale({ state: 'paid', receipt: aReceipt(), platformOrder: anOrder() });
    const { main, visit } = await atCards({ sale: paid });
    expect(visit.screen).toBe('postal_code');
    await visit.errand.givePostalCode('02134');
    await visit.errand.agree(false);

    expect(savedWith(main)).toMatchObject({ saleId: null, postalCode: '02134' });
    expect(savedWith(main)).not.toHaveProperty('orderCode');
  });

  it.each<readonly [SetupTermsRefusal, string]>([
    ['postal_code', 'postal_code'],
    ['order_code', 'whose_order'],
    ['other_member', 'whose_order'],
  ])('asks again, and says why, when main does not take the %s', async (why, screen) => {
    const { main, visit } = await atCards();
    await visit.errand.giveOrder('cart-7');
    await visit.errand.givePostalCode('02134');
    main.answers.set('card:save', { kind: 'not_taken', why } satisfies CardSaveAnswer);

    await visit.errand.agree(false);

    expect(visit.screen).toBe(screen);
    expect(visit.errand.terms.problem).toBe(why);
  });

  it('takes a scanned order as a typed one', async () => {
    const { visit } = await atCards({
      features: { ...aSnapshot().features, orders: true },
    });

    visit.scanned('foyer:order?id=cart-7&user=1042&partner=3');

    expect(visit.screen).toBe('postal_code');
  });

  it('is asked for nothing twice by whoever goes back to their cards, and forgets what was said', async () => {
    const { visit } = await atCards();
    await visit.errand.giveOrder('cart-7');

    visit.errand.back();
    expect(visit.screen).toBe('my_cards');
    await visit.errand.begin('add');

    expect(visit.screen).toBe('whose_order');
  });
});

it('a kiosk whose system asks for nothing more goes straight to the agreement', async () => {
  const { main, visit } = await atCards({ cards: allCards });
  expect(visit.screen).toBe('consent');

  await visit.errand.agree(false);

  expect(savedWith(main)).toEqual({
    saleId: null,
    wordingHash: anOffer.wordingHash,
    copyByEmail: false,
  });
});

describe('a postal code', () => {
  it.each([
    ['02134', '02134'],
    ['  sw1a 1aa ', 'SW1A 1AA'],
    ['123', '123'],
    ['1234567890', '1234567890'],
    ['12', null],
    ['12345678901', null],
    ['', null],
    ['-123', null],
    ['12.34', null],
  ])('%j is sent as %j', (typed, sent) => {
    expect(postalCodeOf(typed)).toBe(sent);
  });
});
