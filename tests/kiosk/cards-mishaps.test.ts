import { afterEach, beforeEach, expect, test } from 'vitest';
import { StudioKiosk } from '../support/studio/studio-kiosk.ts';
import { TestStudio } from '../support/studio/test-studio.ts';

let studio: TestStudio;
let kiosk: StudioKiosk;

const pin = '739105';
const memberId = 'M-1001';

beforeEach(async () => {
  studio = await TestStudio.open();
  kiosk = await StudioKiosk.open(studio, { integration: 'server_driven' });
  const { page } = kiosk;
  await page.ask('staff:set-pin', { pin, current: null });
  await page.ask('staff:unlock', { pin });
  const details = { memberId, name: 'Robin Sample', email: null, phone: '+1 555 010 4477' };
  await page.ask('members:save', details);
});

afterEach(async () => {
  await kiosk.close();
  await studio.close();
});

async function agreeAtReview(): Promise<string> {
  const { page } = kiosk;
  const lines = [{ itemId: 'evening-flow', quantity: 1 }];
  const { saleId } = await page.ask('sale:start', { lines });
  await page.ask('member:identify', { memberId, phoneLastFour: '4477' });
  const { wordingHash } = await page.ask('card:offer', {});
  await page.ask('card:save', { saleId, wordingHash, copyByEmail: false });
  await page.ask('sale:confirm', { saleId });
  return saleId;
}

test('a member whose account was deleted at Stripe gets another with the next sale', async () => {
  await kiosk.untilTrue(async () => (await studio.stripe.customers.list()).data.length === 1);
  const [customer] = (await studio.stripe.customers.list()).data;
  await studio.stripe.customers.del(customer?.id ?? '');
  const first = await agreeAtReview();
  await kiosk.untilState('canceled');
  await kiosk.page.ask('sale:dismiss', { saleId: first });
  await agreeAtReview();
  await kiosk.untilState('awaiting_card');
  kiosk.present('visa');

  const paid = await kiosk.until((now) => now.sale?.keeping?.state === 'kept');

  expect(paid.sale?.state).toBe('paid');
});

test('staff see a refund in the history of its sale and in the day, once it was asked for', async () => {
  const saleId = await kiosk.buy();
  kiosk.present('visa');
  await kiosk.untilState('paid');
  const { page } = kiosk;
  await page.ask('staff:unlock', { pin });
  await page.ask('refunds:ask', {
    requestId: 'aform0000000000000001',
    saleId,
    amount: 500,
    reason: 'requested_by_customer',
    by: 'Ada',
    why: 'the class was cancelled',
    proof: pin,
  });
  await kiosk.untilTrue(async () => {
    const { refunds } = await page.ask('refunds:offer', { saleId });
    return refunds[0]?.state === 'succeeded';
  });

  const { lines } = await page.ask('money:history', { saleId });
  const { refunds, givenBack } = await page.ask('day:report', {});

  expect(JSON.stringify(lines)).toContain('refund');
  expect(givenBack.count).toBe(1);
  expect(refunds).toMatchObject([{ state: 'succeeded', amount: { amount: 500 } }]);
});

test('what a member chose at review is gone with them: whoever stands there next pays in person', async () => {
  const first = await agreeAtReview();
  await kiosk.untilState('awaiting_card');
  kiosk.present('visa');
  await kiosk.until((now) => now.sale?.keeping?.state === 'kept');
  const { page } = kiosk;
  await page.ask('sale:dismiss', { saleId: first });
  const lines = [{ itemId: 'evening-flow', quantity: 1 }];
  const { saleId } = await page.ask('sale:start', { lines });
  await page.ask('member:identify', { memberId, phoneLastFour: '4477' });
  const { member } = await kiosk.until((now) => now.member !== null);
  await page.ask('card:pay', { saleId, cardId: member?.cards[0]?.cardId ?? null });
  await kiosk.until((now) => now.sale?.storedCard !== null);

  await page.ask('member:leave', {});
  await page.ask('sale:confirm', { saleId });

  const { sale } = await kiosk.untilState('awaiting_card', 'authorizing', 'paid');
  expect(sale).toMatchObject({ stage: 'awaiting_card', storedCard: null });
});

test('a card that a member wanted kept is not kept once they said that they have gone', async () => {
  const { page } = kiosk;
  const lines = [{ itemId: 'evening-flow', quantity: 1 }];
  const { saleId } = await page.ask('sale:start', { lines });
  await page.ask('member:identify', { memberId, phoneLastFour: '4477' });
  const { wordingHash } = await page.ask('card:offer', {});
  await page.ask('card:save', { saleId, wordingHash, copyByEmail: false });

  await page.ask('member:leave', {});
  await page.ask('sale:confirm', { saleId });

  const { sale } = await kiosk.untilState('awaiting_card');
  expect(sale?.keeping).toBeNull();
  await page.ask('staff:unlock', { pin });
  const { consents } = await page.ask('members:read', { memberId });
  expect(consents).toMatchObject([{ revokedBy: 'member' }]);
});
