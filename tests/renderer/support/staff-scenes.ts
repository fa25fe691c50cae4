import type { Page } from 'playwright';
import type { Scene } from './scenes.ts';
import { aSnapshot } from './snapshots.ts';
import { noReaders, sdkOnly, unlistedReaders } from './readers-answers.ts';
import { anOverview, aPinAnswer, lockedStatus, staffAnswers } from './staff-answers.ts';
import { enterStaff, toDoor, toSection } from './staff-walks.ts';

const snapshot = aSnapshot();
const answers = staffAnswers();
const calm = staffAnswers({
  'money:overview': anOverview(),
  'money:sales': { rows: [] },
});

async function press(page: Page, selector: string): Promise<void> {
  await page.locator(selector).first().click();
}

/** To the readers, and there one button of one card. */
function readerDeed(card: number, button: number, then: string): (page: Page) => Promise<void> {
  return async (page) => {
    await toSection(5)(page);
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
  { name: 'staff-queue', snapshot, answers, walk: toSection(2) },
  { name: 'staff-queue-none', snapshot, answers: calm, walk: toSection(2) },
  { name: 'staff-sales', snapshot, answers, walk: toSection(3) },
  { name: 'staff-sales-none', snapshot, answers: calm, walk: toSection(3) },
  {
    name: 'staff-history',
    snapshot,
    answers,
    walk: async (page) => {
      await toSection(3)(page);
      await press(page, 'tbody th button');
      await page.locator('ol').waitFor();
    },
  },
  { name: 'staff-day', snapshot, answers, walk: toSection(4) },
  {
    name: 'staff-day-refused',
    snapshot,
    answers,
    walk: async (page) => {
      await toSection(4)(page);
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
      await toSection(4)(page);
      await press(page, '.panels section:nth-of-type(2) button');
      await page.locator('.report').waitFor();
    },
  },
  { name: 'staff-readers', snapshot, answers, walk: toSection(5) },
  {
    name: 'staff-readers-none',
    snapshot,
    answers: staffAnswers({ 'readers:list': noReaders }),
    walk: toSection(5),
  },
  {
    name: 'staff-readers-sdk-only',
    snapshot,
    answers: staffAnswers({ 'readers:list': sdkOnly }),
    walk: toSection(5),
  },
  {
    name: 'staff-readers-unlisted',
    snapshot,
    answers: staffAnswers({ 'readers:list': unlistedReaders }),
    walk: toSection(5),
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
      await toSection(5)(page);
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
      await toSection(5)(page);
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
      await page.locator('.desk main').evaluate((main) => {
        main.scrollTop = 0;
      });
    },
  },
  { name: 'staff-kiosk', snapshot, answers, walk: toSection(6) },
  { name: 'staff-kiosk-fine', snapshot, answers: calm, walk: toSection(6) },
];
