import type { Page } from 'playwright';
import type { KeepingView, SetupView } from '../../../preload/contract/cards.ts';
import type { Snapshot } from '../../../preload/contract/kiosk.ts';
import type { SaleView } from '../../../preload/contract/sale.ts';
import { identify, toConsent, toMyCards, typeDigits } from './card-walks.ts';
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
} from './cards.ts';
import type { Scene } from './scenes.ts';
import { aReceipt, aSale, aSnapshot } from './snapshots.ts';

const member = aMember();
const several = aMember({ cards: [aCard(), secondCard, expiredCard] });
const stored = aStoredCard();

const asking = (rest: Partial<Snapshot> = {}): Snapshot => aSnapshot({ cards: allCards, ...rest });

const reviewing = (sale: Partial<SaleView>, rest: Partial<Snapshot> = {}): Snapshot =>
  asking({ sale: aSale(sale), ...rest });

const paid = (keeping: Partial<KeepingView>): Snapshot =>
  reviewing(
    { state: 'paid', canCancel: false, receipt: aReceipt(), keeping: aKeeping(keeping) },
    { member },
  );

const keeping = (setup: Partial<SetupView>): Snapshot => asking({ member, setup: aSetup(setup) });

const answers = {
  'member:identify': { kind: 'identified', member },
  'card:offer': anOffer,
  'card:save': { kind: 'agreed' },
} as const;

const refused = (answer: object) => ({ ...answers, 'member:identify': answer }) as typeof answers;

const wrong = async (page: Page): Promise<void> => {
  await toMyCards(page);
  await identify(page);
};

/** Every screen of cards on file, in the order a member could meet them. */
export const cardScenes: readonly Scene[] = [
  { name: 'cards-attract', snapshot: asking() },
  {
    name: 'cards-choose',
    snapshot: asking(),
    walk: async (page) => {
      await page.locator('.attract button.all').click();
      await page.locator('.items .control').first().click();
    },
  },
  { name: 'cards-review', snapshot: reviewing({}) },
  { name: 'cards-review-member', snapshot: reviewing({}, { member }) },
  { name: 'cards-review-several', snapshot: reviewing({}, { member: several }) },
  { name: 'cards-review-keeping', snapshot: reviewing({ keeping: aKeeping() }, { member }) },
  { name: 'cards-review-stored', snapshot: reviewing({ storedCard: stored }, { member }) },
  {
    name: 'cards-review-training',
    snapshot: reviewing({}, { mode: 'training', training: { autoPresent: null } }),
  },
  {
    name: 'cards-review-no-reader',
    snapshot: reviewing(
      {},
      { member, cardPayment: { state: 'unavailable', sentence: 'No reader', readerLabel: null } },
    ),
  },
  {
    name: 'cards-pay-with',
    snapshot: reviewing({}, { member: several }),
    walk: async (page) => {
      await page.locator('.ways button').nth(1).click();
      await page.locator('[data-screen="pay_with"]').waitFor();
    },
  },
  { name: 'cards-number', snapshot: asking(), walk: toMyCards },
  {
    name: 'cards-number-letters',
    snapshot: asking(),
    walk: async (page) => {
      await toMyCards(page);
      await page.locator('.pad .plain').first().click();
    },
  },
  {
    name: 'cards-number-empty',
    snapshot: asking(),
    walk: async (page) => {
      await toMyCards(page);
      await page.locator('form button[type=submit]').click();
    },
  },
  {
    name: 'cards-phone',
    snapshot: asking(),
    walk: async (page) => {
      await toMyCards(page);
      await typeDigits(page, '1042');
      await page.locator('[data-screen="member_phone"]').waitFor();
    },
  },
  {
    name: 'cards-not-known',
    snapshot: asking(),
    answers: refused({ kind: 'not_known' }),
    walk: wrong,
  },
  {
    name: 'cards-locked',
    snapshot: asking(),
    answers: refused({ kind: 'locked', forMs: 900_000 }),
    walk: wrong,
  },
  {
    name: 'cards-unreachable',
    snapshot: asking(),
    answers: refused({ kind: 'unreachable' }),
    walk: wrong,
  },
  { name: 'cards-consent', snapshot: reviewing({}, { member }), answers, walk: toConsent },
  {
    name: 'cards-consent-new',
    snapshot: reviewing({}, { member }),
    answers: { ...answers, 'card:save': { kind: 'wording_changed' } },
    walk: async (page) => {
      await toConsent(page);
      await page.getByRole('checkbox').click();
      await page.locator('.actions button.main').click();
      await page.locator('.hint .spare').first().waitFor({ state: 'attached' });
    },
  },
  {
    name: 'cards-consent-no-mail',
    snapshot: reviewing({}, { member: aMember({ emailHint: null }) }),
    answers,
    walk: toConsent,
  },
  {
    name: 'cards-mine',
    snapshot: asking({ member: several }),
    walk: async (page) => {
      await page.locator('.mine button').click();
    },
  },
  {
    name: 'cards-mine-none',
    snapshot: asking({ member: aMember({ cards: [] }) }),
    walk: async (page) => {
      await page.locator('.mine button').click();
    },
  },
  {
    name: 'cards-remove',
    snapshot: asking({ member: several }),
    walk: async (page) => {
      await page.locator('.mine button').click();
      await page.locator('li button').first().click();
    },
  },
  {
    name: 'cards-charging',
    snapshot: reviewing({ state: 'authorizing', canCancel: false, storedCard: stored }),
  },
  {
    name: 'cards-finishing',
    snapshot: reviewing({ state: 'capturing', canCancel: false, storedCard: stored }),
  },
  {
    name: 'cards-ending',
    snapshot: reviewing({ state: 'canceling', canCancel: false, storedCard: stored }),
  },
  {
    name: 'cards-declined',
    snapshot: reviewing({
      state: 'presenting',
      stage: 'declined',
      decline: 'insufficient_funds',
      provedNotCharged: true,
      storedCard: stored,
    }),
  },
  {
    name: 'cards-declined-in-person',
    snapshot: reviewing({
      state: 'presenting',
      stage: 'declined',
      decline: 'authentication_required',
      provedNotCharged: true,
      storedCard: stored,
    }),
  },
  {
    name: 'cards-pending',
    snapshot: reviewing({
      state: 'creating',
      storedCard: aStoredCard({
        pending: true,
        mayWaitUntilMs: Date.UTC(2026, 10, 21, 17, 30),
      }),
    }),
  },
  {
    name: 'cards-wait-expired',
    snapshot: reviewing({
      state: 'canceled',
      canCancel: false,
      cancelReason: 'wait_expired',
      provedNotCharged: true,
    }),
  },
  { name: 'cards-approved-waiting', snapshot: paid({ state: 'waiting' }) },
  {
    name: 'cards-approved-kept',
    snapshot: paid({ state: 'kept', brand: 'visa', last4: '4242' }),
  },
  { name: 'cards-approved-wallet', snapshot: paid({ state: 'not_kept', failure: 'wallet' }) },
  {
    name: 'cards-receipt-kept',
    snapshot: paid({ state: 'kept', brand: 'visa', last4: '4242' }),
    walk: async (page) => {
      await page.locator('.receipt button').first().click();
    },
  },
  { name: 'cards-setup-creating', snapshot: keeping({ state: 'creating', stage: null }) },
  { name: 'cards-setup', snapshot: keeping({}) },
  {
    name: 'cards-setup-training',
    snapshot: { ...keeping({}), mode: 'training', training: { autoPresent: null } },
  },
  {
    name: 'cards-setup-confirming',
    snapshot: keeping({ state: 'confirming', stage: null, canCancel: false }),
  },
  {
    name: 'cards-setup-saving',
    snapshot: keeping({ state: 'saving', stage: null, canCancel: false }),
  },
  {
    name: 'cards-setup-canceling',
    snapshot: keeping({ state: 'canceling', stage: null, canCancel: false }),
  },
  { name: 'cards-setup-wallet', snapshot: keeping({ stage: 'declined', decline: 'wallet' }) },
  { name: 'cards-setup-declined', snapshot: keeping({ stage: 'declined', decline: 'declined' }) },
  {
    name: 'cards-setup-kept',
    snapshot: keeping({
      state: 'kept',
      stage: null,
      canCancel: false,
      card: { brand: 'visa', last4: '4242' },
    }),
  },
  {
    name: 'cards-setup-not-kept',
    snapshot: keeping({
      state: 'not_kept',
      stage: null,
      canCancel: false,
      failure: 'in_person_only',
    }),
  },
  {
    name: 'cards-setup-canceled',
    snapshot: keeping({
      state: 'canceled',
      stage: null,
      canCancel: false,
      cancelReason: 'timeout',
    }),
  },
];
