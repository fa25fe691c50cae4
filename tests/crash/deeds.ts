import { setTimeout as sleep } from 'node:timers/promises';
import type { TestPage } from '../support/kiosk-bench.ts';

/** What members and staff do about cards and about money given back. */
export const deeds = [
  'keep_card',
  'pay_by_card',
  'set_up_card',
  'remove_card',
  'staff_charge',
  'staff_refund_all',
  'staff_refund_half',
] as const;

export type Deed = (typeof deeds)[number];

export const pin = '294716';
const memberId = '1001';
const phone = '+15550100001';
/** A card that was paid with is on file a moment later. Milliseconds, and how often that is looked for. */
const lookEveryMs = 20;
const looksMax = 200;

export function isDeed(word: string): word is Deed {
  return deeds.some((deed) => deed === word);
}

/** As staff do before the kiosk is used: a PIN, and the one member. */
export async function putMemberIn(page: TestPage): Promise<void> {
  await page.ask('staff:set-pin', { pin, current: null });
  const member = { memberId, name: 'Mia Sample', email: null, phone };
  await page.ask('members:save', member);
  await page.ask('staff:lock', {});
}

/** Does it as the page would: by asking main. `saleId` is that of the sale at review. */
export async function doDeed(deed: Deed, page: TestPage, saleId: string | null): Promise<void> {
  switch (deed) {
    case 'keep_card':
    case 'set_up_card': {
      await identify(page);
      const { wordingHash } = await page.ask('card:offer', {});
      const agreed = { saleId: deed === 'keep_card' ? saleId : null, wordingHash };
      await page.ask('card:save', { ...agreed, copyByEmail: false });
      return;
    }
    case 'pay_by_card':
      await page.ask('card:pay', { saleId: saleId ?? '', cardId: await cardOf(page) });
      return;
    case 'remove_card':
      await page.ask('card:remove', { cardId: await cardOf(page) });
      await page.ask('member:leave', {});
      return;
    case 'staff_charge':
      return asStaff(page, () => charge(page));
    case 'staff_refund_all':
      return asStaff(page, () => refund(page, 1));
    case 'staff_refund_half':
      return asStaff(page, () => refund(page, 2));
  }
}

async function identify(page: TestPage): Promise<readonly { readonly cardId: string }[]> {
  const asked = { memberId, phoneLastFour: phone.slice(-4) };
  const answer = await page.ask('member:identify', asked);
  return answer.kind === 'identified' ? answer.member.cards : [];
}

/** The member's card; a kiosk that is still keeping it is waited for. */
async function cardOf(page: TestPage): Promise<string> {
  for (let looks = 0; looks < looksMax; looks += 1) {
    const [card] = await identify(page);
    if (card !== undefined) return card.cardId;
    await sleep(lookEveryMs);
  }
  throw new Error('the card was never kept');
}

async function asStaff(page: TestPage, does: () => Promise<void>): Promise<void> {
  await page.ask('staff:unlock', { pin });
  await does();
  await page.ask('staff:lock', {});
}

async function charge(page: TestPage): Promise<void> {
  const cardId = await cardOf(page);
  await page.ask('member:leave', {});
  await page.ask('members:charge', {
    requestId: 'charge00000001',
    cardId,
    lines: [{ itemId: 'evening-flow', quantity: 1 }],
    by: 'Mara',
    why: 'She asked by phone.',
  });
}

/** Gives the newest sale back, or a part of it. The button is pressed twice. */
async function refund(page: TestPage, parts: number): Promise<void> {
  const { rows } = await page.ask('money:sales', { search: null });
  const saleId = rows[0]?.saleId ?? '';
  const { most } = await page.ask('refunds:offer', { saleId });
  const request = {
    requestId: 'refund00000001',
    saleId,
    amount: Math.floor(most.amount / parts),
    reason: 'requested_by_customer',
    by: 'Mara',
    why: 'The class was called off.',
    proof: null,
  } as const;
  await Promise.all([page.ask('refunds:ask', request), page.ask('refunds:ask', request)]);
}
