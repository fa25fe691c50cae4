import type { Page } from 'playwright';
import type {
  CardSaveAnswer,
  SetupTermsRefusal,
  SetupView,
} from '../../../preload/contract/cards.ts';
import type { Snapshot } from '../../../preload/contract/kiosk.ts';
import { typeDigits } from './card-walks.ts';
import { accountCards, aMember, anOffer, aSetup } from './cards.ts';
import type { Scene } from './scenes.ts';
import { aSnapshot } from './snapshots.ts';
import type { StaffAnswers } from './staff-answers.ts';

const member = aMember({ cards: [], emailHint: null });

/** A kiosk whose system keeps cards for its members' accounts: alone, and for good as far as the kiosk can tell. */
export const withAccounts = (rest: Partial<Snapshot> = {}): Snapshot =>
  aSnapshot({ cards: accountCards, member, ...rest });

const kept = (setup: Partial<SetupView>): Snapshot =>
  withAccounts({ setup: aSetup({ stage: null, canCancel: false, ...setup }) });

const saved = (answer: CardSaveAnswer): StaffAnswers => ({
  'card:offer': anOffer,
  'card:save': answer,
});

const notTaken = (why: SetupTermsRefusal): StaffAnswers => saved({ kind: 'not_taken', why });

/** From the first screen, for somebody who is known, to the question whose card it is. */
export async function toWhose(page: Page): Promise<void> {
  await page.locator('.mine button').click();
  await page.locator('[data-screen="my_cards"]').waitFor();
  await page.locator('.actions button.quiet').click();
  await page.locator('[data-screen="whose_order"]').waitFor();
}

/** On to the postal code. */
export async function toPostalCode(page: Page): Promise<void> {
  await toWhose(page);
  await typeDigits(page, 'cart-7');
  await page.locator('[data-screen="postal_code"]').waitFor();
}

/** Through both questions, and agreed; main says what it thinks of it. */
const agreed = (screen: string) => async (page: Page) => {
  await toPostalCode(page);
  await typeDigits(page, '02134');
  await page.locator('[data-screen="consent"]').waitFor();
  await page.locator('.actions button.main').click();
  await page.locator(`[data-screen="${screen}"]`).waitFor();
};

/** What a member meets who keeps a card for their account at a platform. */
export const accountCardScenes: readonly Scene[] = [
  { name: 'account-cards-whose', snapshot: withAccounts(), walk: toWhose },
  {
    name: 'account-cards-whose-unknown',
    snapshot: withAccounts(),
    answers: notTaken('order_code'),
    walk: agreed('whose_order'),
  },
  {
    name: 'account-cards-whose-other',
    snapshot: withAccounts(),
    answers: notTaken('other_member'),
    walk: agreed('whose_order'),
  },
  { name: 'account-cards-postal', snapshot: withAccounts(), walk: toPostalCode },
  {
    name: 'account-cards-postal-letters',
    snapshot: withAccounts(),
    walk: async (page) => {
      await toPostalCode(page);
      await page.locator('.pad .plain').first().click();
    },
  },
  {
    name: 'account-cards-postal-wrong',
    snapshot: withAccounts(),
    answers: notTaken('postal_code'),
    walk: agreed('postal_code'),
  },
  { name: 'account-cards-kept', snapshot: kept({ state: 'kept' }) },
  { name: 'account-cards-unsure', snapshot: kept({ state: 'not_kept', unsure: true }) },
];
