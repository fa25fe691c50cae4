import { expect, type Locator, type Page } from 'playwright/test';
import type { KeepingView, SetupView } from '../../preload/contract/cards.ts';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import type { DeclineReason, SaleView } from '../../preload/contract/sale.ts';
import { identify } from './support/card-walks.ts';
import {
  aCard,
  aKeeping,
  allCards,
  aMember,
  anOffer,
  aSetup,
  aStoredCard,
  expiredCard,
  secondCard,
} from './support/cards.ts';
import { aReceipt, aSale, aSnapshot } from './support/snapshots.ts';
import { type Kiosk, test } from './support/test.ts';

const saleId = aSale().id;
const setupId = aSetup().id;
const member = aMember();
const { wordingHash } = anOffer;

const calm = (rest: Partial<Snapshot> = {}): Snapshot => aSnapshot({ cards: allCards, ...rest });
const reviewing = (sale: Partial<SaleView> = {}, rest: Partial<Snapshot> = {}): Snapshot =>
  calm({ sale: aSale(sale), ...rest });
const keeping = (setup: Partial<SetupView> = {}): Snapshot =>
  calm({ member, setup: aSetup(setup) });
const paid = (part: Partial<KeepingView>): Snapshot =>
  reviewing(
    { state: 'paid', canCancel: false, receipt: aReceipt(), keeping: aKeeping(part) },
    { member },
  );

const answers = {
  'member:identify': { kind: 'identified', member },
  'card:offer': anOffer,
  'card:save': { kind: 'agreed' },
} as const;

/** The sentence a member reads, without the room that is kept for others. */
function said(page: Page): Locator {
  return page.locator('[role=status] .shown');
}

async function press({ page }: Kiosk, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

test('a card is kept with a sale after the member has said who they are and agreed', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(reviewing(), undefined, answers);
  await press(kiosk, 'Keep this card for next time');
  await identify(page);
  await kiosk.push(reviewing({}, { member }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Keep this card on file?');

  await press(kiosk, 'Agree and keep the card');
  await kiosk.push(reviewing({ keeping: aKeeping() }, { member }));

  await expect(page.locator('main')).toContainText('Your card will be kept – Ada L.');
  expect(await kiosk.askedFor('member:identify')).toEqual([
    { memberId: '1042', phoneLastFour: '7788' },
  ]);
  expect(await kiosk.askedFor('card:save')).toEqual([{ saleId, wordingHash, copyByEmail: false }]);
});

test('the consent shows the wording to the letter, and nothing is ticked', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(reviewing({}, { member }), undefined, answers);
  await press(kiosk, 'Keep this card for next time');
  const wording = page.getByRole('region', { name: 'What you agree to' });

  const shown = await wording.locator('p').allTextContents();

  expect(shown.join('\n\n')).toBe(anOffer.text);
  await expect(page.getByRole('checkbox')).not.toBeChecked();
});

test('a copy is sent when the member asks for one', async ({ kiosk, page }) => {
  await kiosk.open(reviewing({}, { member }), undefined, answers);
  await press(kiosk, 'Keep this card for next time');
  await page.getByRole('checkbox', { name: 'Send a copy to a…@example.com' }).click();

  await press(kiosk, 'Agree and keep the card');

  expect(await kiosk.askedFor('card:save')).toEqual([{ saleId, wordingHash, copyByEmail: true }]);
});

test('no copy is offered to a member without an address', async ({ kiosk, page }) => {
  const silent = aMember({ emailHint: null });
  await kiosk.open(reviewing({}, { member: silent }), undefined, answers);
  await press(kiosk, 'Keep this card for next time');

  await expect(page.getByRole('button', { name: 'Not now' })).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
});

test('who says not now is back at review, and nothing was agreed to', async ({ kiosk, page }) => {
  await kiosk.open(reviewing({}, { member }), undefined, answers);
  await press(kiosk, 'Keep this card for next time');

  await press(kiosk, 'Not now');

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Does this look right?');
  expect(await kiosk.askedFor('card:save')).toEqual([]);
});

test('a wording that has changed meanwhile is shown anew, and agreed to anew', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(reviewing({}, { member }), undefined, answers);
  await press(kiosk, 'Keep this card for next time');
  await kiosk.answer('card:save', { kind: 'wording_changed' });
  const newHash = '2b'.repeat(32);
  await kiosk.answer('card:offer', { ...anOffer, text: 'Another text.', wordingHash: newHash });
  await press(kiosk, 'Agree and keep the card');

  await expect(said(page)).toHaveText('This text has changed. Please read it again.');
  await expect(page.getByRole('region')).toHaveText('Another text.');
  await press(kiosk, 'Agree and keep the card');

  expect(await kiosk.askedFor('card:save')).toEqual([
    { saleId, wordingHash, copyByEmail: false },
    { saleId, wordingHash: newHash, copyByEmail: false },
  ]);
});

test('what was agreed to is taken back at review', async ({ kiosk }) => {
  await kiosk.open(reviewing({ keeping: aKeeping() }, { member }));

  await press(kiosk, "Don't keep it");

  expect(await kiosk.askedFor('card:dont-save')).toEqual([{ saleId }]);
});

test('while the card is tapped, who wants it kept is told to use a card', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(
    reviewing({ state: 'presenting', stage: 'awaiting_card', keeping: aKeeping() }, { member }),
  );

  await expect(page.locator('main')).toContainText("phones and watches usually can't be kept");
});

for (const [answer, sentence] of [
  [{ kind: 'not_known' }, "We don't know that number with these digits."],
  [{ kind: 'unreachable' }, "We can't look that number up right now. Please ask at the desk."],
] as const) {
  test(`a member who is ${answer.kind} is told so, and no more`, async ({ kiosk, page }) => {
    await kiosk.open(reviewing(), undefined, { ...answers, 'member:identify': answer });
    await press(kiosk, "I'm a member");

    await identify(page);

    await expect(said(page)).toHaveText(sentence);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'And the last four digits of your phone?',
    );
  });
}

test('after too many tries the member is told until when to wait', async ({ kiosk, page }) => {
  await page.clock.setFixedTime(new Date('2026-11-20T17:48:10-08:00'));
  await kiosk.open(reviewing(), undefined, {
    ...answers,
    'member:identify': { kind: 'locked', forMs: 900_000 },
  });
  await press(kiosk, "I'm a member");

  await identify(page);

  await expect(said(page)).toHaveText(
    'Too many tries. Please try again after 6:04 PM, or ask at the desk.',
  );
});

test('the number stays when the member goes back to it, and is forgotten with the errand', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(calm(), undefined, answers);
  await press(kiosk, 'My cards');
  await page.getByRole('textbox').fill('A-1042');
  await press(kiosk, 'Continue');
  await press(kiosk, 'Back');
  await expect(page.getByRole('textbox')).toHaveValue('A-1042');
  await press(kiosk, 'Back');

  await press(kiosk, 'My cards');

  await expect(page.getByRole('textbox')).toHaveValue('');
});

test('four digits of a phone are asked for, and nothing but digits is taken', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(calm(), undefined, answers);
  await press(kiosk, 'My cards');
  await page.getByRole('textbox').fill('1042');
  await press(kiosk, 'Continue');
  await page.getByRole('textbox').fill('7x7');
  await expect(page.getByRole('textbox')).toHaveValue('77');

  await press(kiosk, 'Continue');

  await expect(said(page)).toHaveText('Please type four digits.');
  expect(await kiosk.askedFor('member:identify')).toEqual([]);
});

test('number and digits are typed on the drawn keys, letters too', async ({ kiosk, page }) => {
  await kiosk.open(calm(), undefined, answers);
  await press(kiosk, 'My cards');
  for (const key of ['1', '0', 'Delete', '4', 'Letters', 'a']) {
    await page.locator('.keyboard').getByRole('button', { name: key, exact: true }).click();
  }

  await expect(page.getByRole('textbox')).toHaveValue('14a');
});

test('a member at review pays with the card on file', async ({ kiosk, page }) => {
  await kiosk.open(reviewing({}, { member }));
  await press(kiosk, 'Pay with Visa •••• 4242');
  await kiosk.push(reviewing({ storedCard: aStoredCard() }, { member }));
  await expect(page.locator('main')).toContainText('Visa •••• 4242 pays – Ada L.');

  await press(kiosk, 'Pay with Visa •••• 4242 $55.34');

  expect(await kiosk.askedFor('card:pay')).toEqual([{ saleId, cardId: aCard().cardId }]);
  expect(await kiosk.askedFor('sale:confirm')).toEqual([{ saleId }]);
});

test('of several cards the member chooses one, and none that has expired', async ({
  kiosk,
  page,
}) => {
  const several = aMember({ cards: [aCard(), secondCard, expiredCard] });
  await kiosk.open(reviewing({}, { member: several }));
  await press(kiosk, 'Pay with a card on file');
  await expect(page.getByRole('button', { name: 'American Express' })).toHaveCount(0);

  await press(kiosk, 'Mastercard •••• 4444');

  expect(await kiosk.askedFor('card:pay')).toEqual([{ saleId, cardId: secondCard.cardId }]);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Does this look right?');
});

test('an expired card alone is not offered', async ({ kiosk, page }) => {
  await kiosk.open(reviewing({}, { member: aMember({ cards: [expiredCard] }) }));

  await expect(page.getByRole('button', { name: /^Pay/ })).toHaveText(['Pay $55.34']);
});

test('a card on file pays without a reader, and is taken back for one', async ({ kiosk, page }) => {
  const cardPayment = { state: 'unavailable', sentence: 'No reader', readerLabel: null } as const;
  await kiosk.open(reviewing({ storedCard: aStoredCard() }, { member, cardPayment }));
  await expect(page.getByRole('button', { name: 'Pay with Visa' })).toBeVisible();

  await press(kiosk, 'Pay at the reader');

  expect(await kiosk.askedFor('card:pay')).toEqual([{ saleId, cardId: null }]);
});

test('a kiosk that can do nothing with cards on file says nothing of them', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(aSnapshot());
  await expect(page.getByRole('button', { name: 'My cards' })).toHaveCount(0);

  await kiosk.push(aSnapshot({ sale: aSale() }));

  await expect(page.getByRole('button')).toHaveText(['Change', 'Pay $55.34']);
});

test('who is not that member has the kiosk forget them', async ({ kiosk, page }) => {
  await kiosk.open(reviewing({}, { member }));
  await press(kiosk, 'Not you?');
  await kiosk.push(reviewing());

  expect(await kiosk.askedFor('member:leave')).toEqual([{}]);
  await expect(page.getByRole('button', { name: "I'm a member" })).toBeVisible();
});

test('while a card on file is charged, no reader is drawn', async ({ kiosk, page }) => {
  await kiosk.open(
    reviewing({ state: 'authorizing', canCancel: false, storedCard: aStoredCard() }),
  );
  await kiosk.settle();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Asking your bank');
  await expect(page.locator('svg .reader')).toHaveCSS('opacity', '0');
  await expect(page.getByRole('button')).toHaveCount(0);
});

for (const [decline, sentence] of [
  ['authentication_required', 'Your bank wants you to confirm in person. Please tap your card.'],
  ['expired_card', 'That card is past its date.'],
] as const satisfies readonly (readonly [DeclineReason, string])[]) {
  test(`a card on file declined with ${decline} leads to the reader, on the same sale`, async ({
    kiosk,
    page,
  }) => {
    await kiosk.open(
      reviewing({ state: 'presenting', stage: 'declined', decline, storedCard: aStoredCard() }),
    );
    await expect(page.locator('main')).toContainText(sentence);
    await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();

    await press(kiosk, 'Pay at the reader');

    expect(await kiosk.askedFor('payment:retry')).toEqual([{ saleId }]);
  });
}

test('a charge that waits for the network says that nothing is paid, until when, and the code', async ({
  kiosk,
  page,
}) => {
  const storedCard = aStoredCard({
    pending: true,
    mayWaitUntilMs: Date.UTC(2026, 10, 22, 1, 30),
  });
  await kiosk.open(reviewing({ state: 'creating', storedCard }));

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing is paid yet');
  await expect(page.locator('main')).toContainText(
    /We'll charge Visa ••••\s4242 when the network is back, by Saturday, November 21.* 5:30\sPM at the latest/,
  );
  await expect(page.locator('main')).toContainText('7F3K');
  await expect(page.locator('.stage')).not.toHaveAttribute('data-tone', 'approved');
  const words = await page.locator('main').innerText();
  expect(words.replace(/Nothing\sis paid yet/, '')).not.toMatch(/\bpaid\b|approved/i);
  await press(kiosk, 'Done');

  expect(await kiosk.askedFor('sale:dismiss')).toEqual([{ saleId }]);
});

for (const [reason, sentence] of [
  ['card_declined', 'The bank declined the card on file.'],
  ['consent_revoked', 'The card is no longer on file.'],
  ['wait_expired', 'The network was not back in time, so it was given up.'],
] as const) {
  test(`a payment cancelled with ${reason} says why`, async ({ kiosk, page }) => {
    await kiosk.open(reviewing({ state: 'canceled', canCancel: false, cancelReason: reason }));

    await expect(page.locator('main')).toContainText(sentence);
  });
}

for (const [part, sentence] of [
  [{ state: 'waiting' }, 'Keeping your card…'],
  [
    { state: 'kept', brand: 'visa', last4: '4242' },
    'Card kept: Visa •••• 4242. Remove it any time under My cards.',
  ],
  [
    { state: 'not_kept', failure: 'wallet' },
    "Phones and watches can't be kept. Your payment is fine.",
  ],
  [
    { state: 'not_kept', failure: 'in_person_only' },
    "This kind of card can't be kept. Your payment is fine.",
  ],
  [{ state: 'not_kept', failure: 'refused' }, "Your card couldn't be kept. Your payment is fine."],
] as const satisfies readonly (readonly [Partial<KeepingView>, string])[]) {
  test(`result and receipt say of the card: ${sentence}`, async ({ kiosk, page }) => {
    await kiosk.open(paid(part));
    await expect(page.getByText(sentence).filter({ visible: true })).toHaveCount(1);

    await press(kiosk, 'See receipt');

    await expect(page.getByText(sentence).filter({ visible: true })).toHaveCount(1);
  });
}

test('after a phone has paid, a card is added by a consent of its own', async ({ kiosk, page }) => {
  await kiosk.open(paid({ state: 'not_kept', failure: 'wallet' }), undefined, {
    ...answers,
    'card:save': { kind: 'setup_started', setupId },
  });
  await press(kiosk, 'Add a card now');
  await press(kiosk, 'Agree and keep the card');
  const sale = paid({ state: 'not_kept', failure: 'wallet' });
  await kiosk.push({ ...sale, setup: aSetup() });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tap the card you want to keep');
  await kiosk.push({ ...sale, setup: aSetup({ state: 'kept', stage: null }) });
  await press(kiosk, 'Done');
  await kiosk.push(sale);

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Approved');
  await expect(page.getByRole('button', { name: 'Add a card now' })).toHaveCount(0);
  expect(await kiosk.askedFor('card:save')).toEqual([
    { saleId: null, wordingHash, copyByEmail: false },
  ]);
});

test('a member sees their cards, removes one knowing what it means, and is forgotten', async ({
  kiosk,
  page,
}) => {
  const several = aMember({ cards: [aCard(), secondCard] });
  await kiosk.open(calm(), undefined, {
    ...answers,
    'member:identify': { kind: 'identified', member: several },
  });
  await press(kiosk, 'My cards');
  await identify(page);
  await kiosk.push(calm({ member: several }));
  await expect(page.locator('main')).toContainText('Expires 04/29');
  await expect(page.locator('main')).toContainText('Kept since Apr 12, 2026');
  await press(kiosk, 'Remove Visa •••• 4242');
  await expect(page.locator('main')).toContainText('It is not charged again.');
  await press(kiosk, 'Remove this card');
  await kiosk.push(calm({ member: aMember({ cards: [secondCard] }) }));
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Mastercard •••• 4444']);

  await press(kiosk, 'Done');

  await expect(page.locator('[data-screen="attract"]')).toBeVisible();
  expect(await kiosk.askedFor('card:remove')).toEqual([{ cardId: aCard().cardId }]);
  expect(await kiosk.askedFor('member:leave')).toEqual([{}]);
});

test('a member who thinks better of it keeps the card', async ({ kiosk, page }) => {
  await kiosk.open(calm({ member }));
  await press(kiosk, 'My cards');
  await press(kiosk, 'Remove Visa •••• 4242');

  await press(kiosk, 'Keep it');

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('My cards');
  expect(await kiosk.askedFor('card:remove')).toEqual([]);
});

test('a removal that main refuses leaves the question, and says why', async ({ kiosk, page }) => {
  await kiosk.open(calm({ member }));
  await press(kiosk, 'My cards');
  await press(kiosk, 'Remove Visa •••• 4242');
  await kiosk.refuse('card:remove', 'not_now');

  await press(kiosk, 'Remove this card');

  await expect(said(page)).toHaveText('That is not possible right now.');
  await expect(page.getByRole('button', { name: 'Remove this card' })).toBeVisible();
});

test('when nobody stirs at my cards, the kiosk forgets the member', async ({ kiosk, page }) => {
  await page.clock.install();
  await kiosk.open(calm({ member }));
  await press(kiosk, 'My cards');

  await page.clock.runFor(150_000);

  await expect(page.locator('[data-screen="attract"]')).toBeVisible();
  expect(await kiosk.askedFor('member:leave')).toEqual([{}]);
});

test('a card is added from my cards, without a payment, and the member is back there', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(calm({ member }), undefined, {
    ...answers,
    'card:save': { kind: 'setup_started', setupId },
  });
  await press(kiosk, 'My cards');
  await press(kiosk, 'Add a card');
  await press(kiosk, 'Agree and keep the card');
  await kiosk.push(keeping({ state: 'creating', stage: null }));
  await kiosk.push(keeping());
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tap the card you want to keep');
  await expect(page.locator('main')).toContainText('No money is taken.');
  await kiosk.push(keeping({ state: 'confirming', stage: null, canCancel: false }));
  await expect(page.getByRole('button')).toHaveCount(0);
  await kiosk.push(keeping({ state: 'saving', stage: null, canCancel: false }));
  const card = { brand: 'mastercard', last4: '4444' };
  await kiosk.push(keeping({ state: 'kept', stage: null, canCancel: false, card }));
  await expect(page.locator('main')).toContainText('On file for Ada L.: Mastercard •••• 4444.');
  await press(kiosk, 'Done');
  await kiosk.push(calm({ member: aMember({ cards: [secondCard, aCard()] }) }));

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('My cards');
  expect(await kiosk.askedFor('setup:dismiss')).toEqual([{ setupId }]);
  expect(await kiosk.askedFor('member:leave')).toEqual([]);
});

test('a phone at the reader is explained, and a card is asked for', async ({ kiosk, page }) => {
  await kiosk.open(keeping({ stage: 'declined', decline: 'wallet' }));
  await expect(page.locator('main')).toContainText('That was a phone or a watch.');

  await press(kiosk, 'Try another card');

  expect(await kiosk.askedFor('setup:retry')).toEqual([{ setupId }]);
});

test('a card the bank does not let us keep is declined in the usual words', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(keeping({ stage: 'declined', decline: 'declined' }));
  await expect(page.locator('main')).toContainText('That card was declined by the bank.');

  await press(kiosk, 'Cancel');

  expect(await kiosk.askedFor('setup:cancel')).toEqual([{ setupId }]);
});

test('a setup that was cancelled says why, and the visit ends with it', async ({ kiosk, page }) => {
  await kiosk.open(keeping());
  await press(kiosk, 'Cancel');
  await kiosk.push(keeping({ state: 'canceling', stage: null, canCancel: false }));
  await kiosk.push(
    keeping({ state: 'canceled', stage: null, canCancel: false, cancelReason: 'customer' }),
  );
  await expect(page.locator('main')).toContainText('You cancelled it here.');

  await press(kiosk, 'Done');

  expect(await kiosk.askedFor('setup:cancel')).toEqual([{ setupId }]);
  expect(await kiosk.askedFor('setup:dismiss')).toEqual([{ setupId }]);
  expect(await kiosk.askedFor('member:leave')).toEqual([{}]);
});

test('a card that cannot be kept may be followed by another', async ({ kiosk, page }) => {
  await kiosk.open(
    keeping({ state: 'not_kept', stage: null, canCancel: false, failure: 'in_person_only' }),
    undefined,
    answers,
  );
  await press(kiosk, 'Try another card');
  await kiosk.push(calm({ member }));

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Keep this card on file?');
  expect(await kiosk.askedFor('setup:dismiss')).toEqual([{ setupId }]);
});

test('money in motion goes before everything about cards', async ({ kiosk, page }) => {
  await kiosk.open(reviewing({}, { member }), undefined, answers);
  await press(kiosk, 'Keep this card for next time');

  await kiosk.push(reviewing({ state: 'finding_out', canCancel: false }, { member }));

  await expect(page.getByRole('heading', { level: 1 })).toHaveText("We're checking with the bank");
});

test('a member whom main has forgotten takes the errand along', async ({ kiosk, page }) => {
  await kiosk.open(calm({ member }));
  await press(kiosk, 'My cards');

  await kiosk.push(calm());

  await expect(page.locator('[data-screen="attract"]')).toBeVisible();
});
