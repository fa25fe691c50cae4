import type { Page } from 'playwright';
import type { SaleView } from '../../../preload/contract/sale.ts';
import type { Snapshot } from '../../../preload/contract/kiosk.ts';
import type { TrainerView } from '../../../preload/contract/training.ts';
import type { Scene } from './scenes.ts';
import { aSale, aSnapshot } from './snapshots.ts';

/** A kiosk in training mode whose reader is led either way. */
export function inTraining(
  integration: Snapshot['reader']['integration'],
  sale: Partial<SaleView> | null = { state: 'presenting', stage: 'awaiting_card' },
): Snapshot {
  return aSnapshot({
    mode: 'training',
    training: { autoPresent: null },
    reader: { side: 'right', location: 'tml_1', id: 'tmr_front', integration },
    sale: sale === null ? null : aSale(sale),
  });
}

/** What main says of the reader to a trainer. */
export function aTrainerView(part: Partial<TrainerView> = {}): TrainerView {
  return { screen: 'present_card', set: [], ...part };
}

/** Opens the trainer's panel, by whatever words the page speaks. */
export async function openTrainerPanel(page: Page): Promise<void> {
  await page.locator('.tray .open').click();
  await page.locator('dialog.bench [data-shows]:not([data-shows=unknown])').waitFor();
}

const toTheEnd = async (page: Page): Promise<void> => {
  await openTrainerPanel(page);
  await page
    .locator('dialog.bench .scroller')
    .evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
};

const toTheMiddle = async (page: Page): Promise<void> => {
  await openTrainerPanel(page);
  await page
    .locator('dialog.bench .scroller')
    .evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight / 2));
};

/** The tray on the screens of a sale, and the panel from its beginning to its end. */
export const trainingScenes: readonly Scene[] = [
  { name: 'trainer-tray-attract', snapshot: inTraining('sdk', null) },
  {
    name: 'trainer-tray-choose',
    snapshot: inTraining('sdk', null),
    walk: async (page) => {
      await page.locator('.attract button.all').click();
      await page.locator('.items .control').first().click();
    },
  },
  { name: 'trainer-tray-review', snapshot: inTraining('sdk', {}) },
  {
    name: 'trainer-tray-confirm',
    snapshot: inTraining('sdk', { state: 'presenting', stage: 'card_read' }),
  },
  {
    name: 'trainer-tray-declined',
    snapshot: inTraining('sdk', { state: 'presenting', stage: 'declined', decline: 'declined' }),
  },
  {
    name: 'trainer-tray-finishing',
    snapshot: inTraining('sdk', { state: 'capturing', canCancel: false, lingering: true }),
  },
  {
    name: 'trainer-panel',
    snapshot: inTraining('server_driven'),
    answers: { 'training:call': aTrainerView() },
    walk: openTrainerPanel,
  },
  {
    name: 'trainer-panel-middle',
    snapshot: inTraining('server_driven'),
    answers: { 'training:call': aTrainerView({ screen: 'approved' }) },
    walk: toTheMiddle,
  },
  {
    name: 'trainer-panel-end',
    snapshot: inTraining('server_driven'),
    answers: {
      'training:call': aTrainerView({
        screen: 'declined',
        set: ['event_late', 'gone_after_bank', 'slow_bank'],
      }),
    },
    walk: toTheEnd,
  },
  {
    name: 'trainer-panel-sdk-end',
    snapshot: inTraining('sdk'),
    answers: { 'training:call': aTrainerView({ set: ['reader_offline', 'lost_after_bank'] }) },
    walk: toTheEnd,
  },
];
