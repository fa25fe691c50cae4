import type { Page } from 'playwright';
import { allCards } from './cards.ts';
import type { Scene } from './scenes.ts';
import { aSnapshot } from './snapshots.ts';
import { noReaders, sdkOnly, unlistedReaders } from './readers-answers.ts';
import {
  anOverview,
  aPinAnswer,
  aRow,
  historyLines,
  lockedStatus,
  staffAnswers,
} from './staff-answers.ts';
import { adasSheet } from './staff-member-answers.ts';
import { inPersonOffer } from './staff-refund-answers.ts';
import { enterStaff, toDoor, toHistory, toMember, toSection } from './staff-walks.ts';

const snapshot = aSnapshot({ cards: allCards });
const answers = staffAnswers();
const calm = staffAnswers({
  'refunds:list': [],
  'members:search': [],
  'money:overview': anOverview(),
  'money:sales': { rows: [] },
});

async function press(page: Page, selector: string): Promise<void> {
  await page.locator(selector).first().click();
}

/** What lies on the desk, from its top. */
async function toTop(page: Page): Promise<void> {
  await page.locator('.desk main').evaluate((main) => {
    main.scrollTop = 0;
  });
}

/** To the form that charges a card of the first member. */
async function toCharge(page: Page): Promise<void> {
  await toMember(page);
  await page.locator('.do button').nth(2).click();
  await page.locator('output, .more').first().waitFor();
}

async function fillCharge(page: Page): Promise<void> {
  await toCharge(page);
  await page.locator('.choice button').first().click();
  await page.locator('.more').nth(1).click();
  await page.locator('#by').fill('Mara Lindqvist');
  await page.locator('#why').fill('Booked on the phone.');
  await page.keyboard.press('Enter');
}

/** To the readers, and there one button of one card. */
function readerDeed(card: number, button: number, then: string): (page: Page) => Promise<void> {
  return async (page) => {
    await toSection('readers')(page);
    await page.locator('li article').nth(card).locator('.do button').nth(button).click();
    await page.locator(then).first().waitFor();
  };
}

/** Every face of the staff page, in the order staff meet them. */
export const staffScenes: readonly Scene[] = [
  {
    name: 'staff-choose-pin',
    snapshot,
    answers: staffAnswers({ 'staff:status': { ...lockedStatus, pin: 'not_set' } }),
    walk: toDoor,
  },
  { name: 'staff-pin', snapshot, answers, walk: toDoor },
  {
    name: 'staff-pin-wrong',
    snapshot,
    answers: staffAnswers({ 'staff:unlock': aPinAnswer({ result: 'wrong', triesLeft: 3 }) }),
    walk: async (page) => {
      await toDoor(page);
      await page.locator('input[type=password]').fill('111222');
      await page.keyboard.press('Enter');
      await page.locator('.said p').waitFor();
    },
  },
  {
    name: 'staff-locked-out',
    snapshot,
    answers: staffAnswers({
      'staff:status': { ...lockedStatus, pin: 'locked_out', lockedForMs: 60_000 },
    }),
    walk: toDoor,
  },
  {
    name: 'staff-unusable',
    snapshot,
    answers: staffAnswers({
      'staff:status': {
        ...lockedStatus,
        pin: 'unusable',
        sentence:
          'staff-pin.json can’t be read. The owner of this kiosk may delete it; then a new PIN is chosen here.',
      },
    }),
    walk: toDoor,
  },
  { name: 'staff-settle', snapshot, answers, walk: enterStaff },
  { name: 'staff-settle-none', snapshot, answers: calm, walk: enterStaff },
  {
    name: 'staff-decide',
    snapshot,
    answers,
    walk: async (page) => {
      await enterStaff(page);
      await press(page, 'article .do button');
      await page.locator('#by').waitFor();
    },
  },
  {
    name: 'staff-decide-refused',
    snapshot,
    answers: staffAnswers({ 'money:decide': { result: 'no_reason' } }),
    walk: async (page) => {
      await enterStaff(page);
      await press(page, 'article .do button');
      await page.locator('#by').fill('Mara Lindqvist');
      await page.keyboard.press('Enter');
      await page.locator('.said p').waitFor();
    },
  },
  {
    name: 'staff-decide-typing',
    snapshot,
    answers,
    walk: async (page) => {
      await enterStaff(page);
      await press(page, 'article .do button');
      await page.locator('#by').click();
      await page.locator('.keyboard').waitFor();
    },
  },
  { name: 'staff-queue', snapshot, answers, walk: toSection('queue') },
  { name: 'staff-queue-none', snapshot, answers: calm, walk: toSection('queue') },
  { name: 'staff-sales', snapshot, answers, walk: toSection('sales') },
  { name: 'staff-sales-none', snapshot, answers: calm, walk: toSection('sales') },
  {
    name: 'staff-history',
    snapshot,
    answers,
    walk: toHistory,
  },
  {
    name: 'staff-decide-part',
    snapshot,
    answers: staffAnswers({ 'money:decide': { result: 'proof_wanted' } }),
    walk: async (page) => {
      await enterStaff(page);
      await page.locator('article .do button').nth(2).click();
      await page.locator('#amount').fill('13');
      await page.locator('#by').fill('Mara Lindqvist');
      await page.locator('#why').fill('Only one of the two classes was given.');
      await page.keyboard.press('Enter');
      await page.locator('#proof').waitFor();
      // Scrolled, whatever lies at the edge would be measured against the tabs above it.
      await toTop(page);
    },
  },
  {
    name: 'staff-refund-give',
    snapshot,
    answers: staffAnswers({
      'refunds:ask': {
        kind: 'refused',
        sentence: 'That is not the staff PIN. Nothing was given back.',
      },
    }),
    walk: async (page) => {
      await toHistory(page);
      await page.locator('main section .do button').last().click();
      await page.locator('#why').fill('The class was cancelled.');
      await page.locator('#by').fill('Mara Lindqvist');
      await page.locator('#proof').fill('1111');
      await page.keyboard.press('Enter');
      await page.locator('.said p').waitFor();
      await toTop(page);
    },
  },
  {
    name: 'staff-refund-prompt',
    snapshot,
    answers: staffAnswers({
      'money:history': {
        row: aRow({ code: 'M4QX', last4: '0341', givenBack: { amount: 2600, currency: 'usd' } }),
        lines: historyLines.slice(0, 5),
      },
      'refunds:offer': inPersonOffer,
    }),
    walk: async (page) => {
      await toHistory(page);
      await page.locator('.prompt').waitFor();
    },
  },
  {
    name: 'staff-refund-deal',
    snapshot,
    answers,
    walk: async (page) => {
      await toHistory(page);
      await page.locator('li article').first().locator('.do button').first().click();
      await page.locator('#why').waitFor();
    },
  },
  { name: 'staff-members', snapshot, answers, walk: toSection('members') },
  { name: 'staff-members-none', snapshot, answers: calm, walk: toSection('members') },
  { name: 'staff-member', snapshot, answers, walk: toMember },
  {
    name: 'staff-member-text',
    snapshot,
    answers: staffAnswers({ 'members:read': { ...adasSheet, cards: [], charges: [] } }),
    walk: async (page) => {
      await toSection('members')(page);
      await press(page, 'tbody th button');
      await press(page, 'button[aria-expanded]');
      await page.locator('article .text').first().waitFor();
      await toTop(page);
    },
  },
  {
    name: 'staff-member-add',
    snapshot,
    answers: staffAnswers({
      'members:save': {
        kind: 'refused',
        field: 'email',
        sentence: 'This is not an e-mail address, such as “mia@example.com”.',
      },
    }),
    walk: async (page) => {
      await toMember(page);
      await page.locator('.do button').nth(1).click();
      await page.locator('#email').fill('ada');
      await page.keyboard.press('Enter');
      await page.locator('.said p').waitFor();
      await toTop(page);
    },
  },
  {
    name: 'staff-member-remove',
    snapshot,
    answers,
    walk: async (page) => {
      await toMember(page);
      await page.locator('.cards article .do button').first().click();
      await page.locator('#by').waitFor();
    },
  },
  { name: 'staff-member-charge', snapshot, answers, walk: toCharge },
  {
    name: 'staff-member-sure',
    snapshot,
    answers,
    walk: async (page) => {
      await fillCharge(page);
      await page.locator('form dl').waitFor();
    },
  },
  {
    name: 'staff-member-charged',
    snapshot,
    answers,
    walk: async (page) => {
      await fillCharge(page);
      await page.locator('form dl').waitFor();
      await page.locator('button[type=submit]').click();
      await page.locator('#charge-now').waitFor();
    },
  },
  { name: 'staff-day', snapshot, answers, walk: toSection('day') },
  {
    name: 'staff-day-refused',
    snapshot,
    answers,
    walk: async (page) => {
      await toSection('day')(page);
      await page.locator('#closed-by').fill('Mara');
      await page.keyboard.press('Enter');
      await page.locator('.stays').waitFor();
    },
  },
  {
    name: 'staff-report',
    snapshot,
    answers,
    walk: async (page) => {
      await toSection('day')(page);
      await press(page, '.panels section:nth-of-type(2) button');
      await page.locator('.report').waitFor();
    },
  },
  { name: 'staff-readers', snapshot, answers, walk: toSection('readers') },
  {
    name: 'staff-readers-none',
    snapshot,
    answers: staffAnswers({ 'readers:list': noReaders }),
    walk: toSection('readers'),
  },
  {
    name: 'staff-readers-sdk-only',
    snapshot,
    answers: staffAnswers({ 'readers:list': sdkOnly }),
    walk: toSection('readers'),
  },
  {
    name: 'staff-readers-unlisted',
    snapshot,
    answers: staffAnswers({ 'readers:list': unlistedReaders }),
    walk: toSection('readers'),
  },
  {
    name: 'staff-readers-register',
    snapshot,
    answers: staffAnswers({
      'readers:register': {
        result: 'refused',
        sentence: 'Stripe does not know these words. Have the reader show new ones and try again.',
      },
    }),
    walk: async (page) => {
      await toSection('readers')(page);
      await press(page, '.panels section:nth-of-type(1) button');
      await page.locator('#code').fill('puppies-plug-could');
      await page.locator('#label').fill('Pilates room');
      await page.locator('.choice button').first().click();
      await page.locator('#by').fill('Mara Lindqvist');
      await page.keyboard.press('Enter');
      await page.locator('.said p').waitFor();
    },
  },
  {
    name: 'staff-readers-location',
    snapshot,
    answers,
    walk: async (page) => {
      await toSection('readers')(page);
      await press(page, '.panels section >> nth=1 >> button');
      await page.locator('#line1').waitFor();
    },
  },
  { name: 'staff-readers-choose', snapshot, answers, walk: readerDeed(0, 2, '.choice') },
  { name: 'staff-readers-free', snapshot, answers, walk: readerDeed(2, 1, 'form dl') },
  { name: 'staff-readers-deregister', snapshot, answers, walk: readerDeed(3, 5, '#by') },
  {
    name: 'staff-readers-checked',
    snapshot,
    answers,
    walk: async (page) => {
      await readerDeed(1, 0, 'li .said p')(page);
      // Scrolled, whatever lies at the edge would be measured against the tabs above it.
      await toTop(page);
    },
  },
  { name: 'staff-kiosk', snapshot, answers, walk: toSection('kiosk') },
  { name: 'staff-kiosk-fine', snapshot, answers: calm, walk: toSection('kiosk') },
];
