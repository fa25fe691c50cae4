import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Kiosk } from '../../main/kiosk.ts';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import { TestPage } from '../support/kiosk-bench.ts';
import { openTestKiosk } from '../support/open-test-kiosk.ts';
import { storedSales } from '../support/stored-sales.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: ReturnType<typeof temporaryFolder>;
let kiosk: Kiosk;
let page: TestPage;

beforeEach(async () => {
  folder = temporaryFolder();
  kiosk = await openTestKiosk(folder.path);
  page = new TestPage(kiosk);
  await page.load();
  await page.until(({ cardPayment }) => cardPayment.state === 'ready');
});

afterEach(async () => {
  page.close();
  await kiosk.close();
  folder.remove();
});

/** Notes every state the screen is told of, in order. */
function watchStates(): string[] {
  const seen: string[] = [];
  page.bridge.on('kiosk:changed', ({ sale }: Snapshot) => {
    const word = sale?.state ?? 'none';
    if (seen.at(-1) !== word) seen.push(word);
  });
  return seen;
}

async function payWith(card: string, ...faults: object[]): Promise<void> {
  for (const fault of faults)
    await page.ask('training:call', { method: 'arm', params: { fault } as never });
  await page.buy();
  await page.untilState('awaiting_card');
  await page.present(card);
}

test('the reader’s answer is lost after the bank approved: found out by a read, paid once', async () => {
  const states = watchStates();

  await payWith('visa', { kind: 'process_reply_lost_after_effect' });

  const { sale } = await page.untilState('paid');
  expect(sale?.total.amount).toBe(2400);
  expect(states).toContain('finding_out');
  expect(storedSales(folder.path)).toMatchObject([{ state: 'paid', creates: 1, attempts: 1 }]);
});

test('the reader’s answer is lost before the bank was asked: the same card is processed again', async () => {
  const states = watchStates();

  await payWith('visa', { kind: 'process_reply_lost_before_effect' });

  await page.untilState('paid');
  expect(states.filter((state) => state === 'authorizing')).toHaveLength(2);
  expect(storedSales(folder.path)).toMatchObject([{ state: 'paid', creates: 1, attempts: 1 }]);
});

test('three answers lost in a row: the payment is cancelled and read as cancelled before that is said', async () => {
  const lost = { kind: 'process_reply_lost_before_effect' };
  await payWith('visa', lost, lost, lost);

  const { sale } = await page.untilState('canceled');
  expect(sale).toMatchObject({ cancelReason: 'not_confirmed', provedNotCharged: true });
  expect(storedSales(folder.path)).toMatchObject([
    { state: 'canceled', payment_intent_status: 'canceled', creates: 1 },
  ]);
});

test('connectivity trouble on the reader: the same collected card goes through at the next try', async () => {
  await payWith('visa', { kind: 'process_connectivity_trouble' });

  await page.untilState('paid');
  expect(storedSales(folder.path)).toMatchObject([{ creates: 1, attempts: 1 }]);
});

test('the reader is lost while the bank was approving: the sale still ends paid', async () => {
  await payWith('visa', { kind: 'reader_lost_during_process', effect: 'after' });

  await page.untilState('paid');
  expect(storedSales(folder.path)).toMatchObject([{ state: 'paid', creates: 1 }]);
});

test('the reader is lost while the card is awaited: cancelled, proved, and never charged', async () => {
  await page.ask('training:call', {
    method: 'arm',
    params: { fault: { kind: 'reader_lost_during_collect' } },
  });
  await page.buy();

  const { sale } = await page.untilState('canceled');
  expect(sale).toMatchObject({ cancelReason: 'reader_unavailable', provedNotCharged: true });
});

test('a page loaded anew while the bank is asked takes no second payment', async () => {
  await payWith('visa', { kind: 'slow_authorization', extraMs: 500 });
  await page.untilState('authorizing');

  await page.load();

  const { sale } = await page.untilState('paid', 'canceled');
  const [stored] = storedSales(folder.path);
  expect(stored).toMatchObject({ state: sale?.state, creates: 1 });
  expect(stored?.payment_intent_status).toBe(sale?.state === 'paid' ? 'succeeded' : 'canceled');
});

test('a declined card whose customer gives up is cancelled at Stripe', async () => {
  await payWith('charge_declined_insufficient_funds');
  const declined = await page.untilState('declined');
  expect(declined.sale?.decline).toBe('insufficient_funds');

  await page.ask('sale:cancel', { saleId: declined.sale?.id ?? '' });

  await page.untilState('canceled');
  expect(storedSales(folder.path)).toMatchObject([{ payment_intent_status: 'canceled' }]);
});

test('a receipt’s address reaches the charge, and the screen knows that test mode mails nothing', async () => {
  await payWith('visa');
  const { sale } = await page.untilState('paid');

  await page.ask('receipt:email', { saleId: sale?.id ?? '', email: 'mara@example.com' });

  await page.until((snapshot) => snapshot.sale?.receipt?.email === 'test_mode');
});
