import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Integration,
  StudioKiosk,
  type StudioKioskOptions,
} from '../support/studio/studio-kiosk.ts';
import { frontReader, TestStudio } from '../support/studio/test-studio.ts';

let studio: TestStudio;
let kiosk: StudioKiosk;

const begun = ['none', 'open', 'creating', 'waking_reader', 'awaiting_card'] as const;
const taken = ['authorized', 'capturing', 'paid'] as const;
const canceled = ['canceling', 'canceled'] as const;

const paidOnce = { status: 'succeeded', amount: 2400, received: 2400, charges: ['captured'] };
const neverCharged = { status: 'canceled', amount: 2400, received: 0, charges: [] };

type Screens = readonly string[];

/**
 * The two integrations show the same screens and lead to the same money, but for what stands here. Each difference has
 * its reason in who holds the prompt and the card: with the SDK the page does, and what it held is gone with it; a
 * reader that main leads holds both itself, and charges the card without being told to.
 */
const differences: Readonly<
  Record<
    Integration,
    {
      /** From the card's reading to the bank's answer, where it is yes. */
      readonly askingTheBank: Screens;
      /** The page was loaded anew while the card was awaited: the SDK has to ask for it again. */
      readonly askedAnew: Screens;
      /** It was loaded anew while the card was charged. */
      readonly reloadedWhileCharging: { readonly screens: Screens; readonly ledger: object };
      /** The kiosk died while the card was awaited: one of its readers may have charged a card since. */
      readonly backFromAwaiting: Screens;
      /** The kiosk died while the card was charged, and was back before the bank had answered. */
      readonly backTooSoon: { readonly screens: Screens; readonly ledger: object };
    }
  >
> = {
  sdk: {
    askingTheBank: ['authorizing'],
    askedAnew: ['waking_reader', 'awaiting_card'],
    reloadedWhileCharging: { screens: ['finding_out', ...canceled], ledger: neverCharged },
    backFromAwaiting: ['none'],
    backTooSoon: { screens: ['finding_out', ...canceled], ledger: neverCharged },
  },
  server_driven: {
    askingTheBank: [],
    askedAnew: [],
    reloadedWhileCharging: { screens: taken, ledger: paidOnce },
    backFromAwaiting: ['finding_out', ...canceled],
    backTooSoon: { screens: ['finding_out', ...taken], ledger: paidOnce },
  },
};

/**
 * A reader that main leads tells of the card's reading and of the bank's answer at once. When the money itself is heard
 * of before that, there is nothing left to ask the bank: that screen may be there or not.
 */
function comparable(integration: Integration, screens: Screens): Screens {
  if (integration === 'sdk') return screens;
  return screens.filter((screen, place) => {
    const next = screens[place + 1] ?? '';
    const wasAwaited = screens[place - 1] === 'awaiting_card';
    return !(screen === 'authorizing' && wasAwaited && ['authorized', 'paid'].includes(next));
  });
}

describe.each<Integration>(['sdk', 'server_driven'])('led by %s', (integration) => {
  const here = differences[integration];

  async function open(options: Partial<StudioKioskOptions> = {}): Promise<void> {
    kiosk = await StudioKiosk.open(studio, { integration, ...options });
  }

  async function canceledReason(): Promise<unknown> {
    const { sale } = await kiosk.untilState('canceled');
    expect(sale?.provedNotCharged).toBe(true);
    return sale?.cancelReason;
  }

  async function readerIsFree(): Promise<boolean> {
    const reader = await studio.stripe.terminal.readers.retrieve(frontReader);
    return !('action' in reader) || reader.action?.status !== 'in_progress';
  }

  /** What the screen went through. */
  function screens(): Screens {
    return comparable(integration, kiosk.screens);
  }

  beforeEach(async () => {
    studio = await TestStudio.open();
  });

  afterEach(async () => {
    await kiosk.close();
    await studio.close();
  });

  test('a card is held to the reader and the sale is paid, with its receipt', async () => {
    await open();
    await kiosk.buy();
    kiosk.present('visa');

    const { sale } = await kiosk.untilState('paid');

    expect(sale?.receipt?.card).toMatchObject({ brand: 'visa', last4: '4242' });
    expect(screens()).toEqual([...begun, ...here.askingTheBank, ...taken]);
    expect(await studio.ledger()).toEqual([paidOnce]);
  });

  test('after each kind of decline another card pays the same PaymentIntent', async () => {
    await open();
    const saleId = await kiosk.buy();
    const shown: unknown[] = [];
    const cards = [
      'charge_declined',
      'charge_declined_insufficient_funds',
      'charge_declined_expired_card',
      'charge_declined_lost_card',
      'charge_declined_stolen_card',
      'charge_declined_processing_error',
    ];
    for (const card of cards) {
      kiosk.present(card);
      const { sale } = await kiosk.untilState('declined');
      shown.push([sale?.decline, sale?.provedNotCharged]);
      await kiosk.page.ask('payment:retry', { saleId });
      await kiosk.untilState('awaiting_card');
    }
    kiosk.present('mastercard');
    await kiosk.untilState('paid');

    expect(shown).toEqual([
      ['declined', true],
      ['insufficient_funds', true],
      ['expired_card', true],
      ['declined', true],
      ['declined', true],
      ['try_again', true],
    ]);
    const once = ['authorizing', 'declined', 'waking_reader', 'awaiting_card'];
    expect(screens()).toEqual([
      ...begun,
      ...cards.flatMap(() => once),
      ...here.askingTheBank,
      ...taken,
    ]);
    expect(await studio.ledger()).toEqual([
      { ...paidOnce, charges: [...cards.map(() => 'failed'), 'captured'] },
    ]);
  });

  test('the PIN did not match: that is said, and giving up then cancels the PaymentIntent', async () => {
    const item = { id: 'class', name: 'Class', price: 2455, limit: 1 };
    const categories = [{ id: 'classes', name: 'Classes', items: [item] }];
    await open({ catalogue: { currency: 'usd', categories } });
    const saleId = await kiosk.buy('class');
    kiosk.present('visa');

    const { sale } = await kiosk.untilState('declined');
    await kiosk.page.ask('sale:cancel', { saleId });
    const reason = await canceledReason();

    expect(sale?.decline).toBe('incorrect_pin');
    expect(reason).toBe('customer');
    expect(screens()).toEqual([...begun, 'authorizing', 'declined', ...canceled]);
    expect(await studio.ledger()).toEqual([{ ...neverCharged, amount: 2455, charges: ['failed'] }]);
  });

  test('a card that the bank takes only with its PIN is paid at one go, without a word of a decline', async () => {
    await open();
    await kiosk.buy();
    kiosk.present('online_pin_sca_retry');
    await kiosk.untilState('paid');

    expect(screens()).toEqual([...begun, ...here.askingTheBank, ...taken]);
    expect(await studio.ledger()).toEqual([{ ...paidOnce, charges: ['failed', 'captured'] }]);
  });

  test('a customer who cancels on the kiosk is not charged, and the reader is free', async () => {
    await open();
    const saleId = await kiosk.buy();
    await kiosk.page.ask('sale:cancel', { saleId });

    expect(await canceledReason()).toBe('customer');
    await kiosk.untilTrue(readerIsFree);
    expect(screens()).toEqual([...begun, ...canceled]);
    expect(await studio.ledger()).toEqual([neverCharged]);
  });

  test('a customer who cancels on the reader is not charged', async () => {
    await open();
    await kiosk.buy();
    kiosk.cancelOnReader();

    expect(await canceledReason()).toBe('customer_on_reader');
    expect(screens()).toEqual([...begun, ...canceled]);
    expect(await studio.ledger()).toEqual([neverCharged]);
  });

  test('nobody comes: the kiosk asks, waits once more when told to, and then gives up', async () => {
    await open();
    const saleId = await kiosk.buy();
    await kiosk.untilState('still_paying');
    await kiosk.page.ask('sale:extend', { saleId });
    await kiosk.untilState('still_paying');

    expect(await canceledReason()).toBe('timeout');
    await kiosk.untilTrue(readerIsFree);
    expect(screens()).toEqual([
      ...begun,
      'still_paying',
      'awaiting_card',
      'still_paying',
      ...canceled,
    ]);
    expect(await studio.ledger()).toEqual([neverCharged]);
  });

  test('asked once more before charging, the customer says yes', async () => {
    await open({ settings: { askBeforeCharging: true } });
    const saleId = await kiosk.buy();
    kiosk.present('visa');
    const { sale } = await kiosk.untilState('card_read');
    const before = await studio.ledger();
    await kiosk.page.ask('payment:accept', { saleId, attemptId: sale?.attemptId ?? '' });
    await kiosk.untilState('paid');

    expect(before).toMatchObject([{ charges: [] }]);
    expect(screens()).toEqual([...begun, 'card_read', 'authorizing', ...taken]);
    expect(await studio.ledger()).toEqual([paidOnce]);
  });

  test('asked once more before charging, the customer says no', async () => {
    await open({ settings: { askBeforeCharging: true } });
    const saleId = await kiosk.buy();
    kiosk.present('visa');
    await kiosk.untilState('card_read');
    await kiosk.page.ask('sale:cancel', { saleId });

    expect(await canceledReason()).toBe('customer');
    await kiosk.untilTrue(readerIsFree);
    expect(screens()).toEqual([...begun, 'card_read', ...canceled]);
    expect(await studio.ledger()).toEqual([neverCharged]);
  });

  test('asked once more before charging, nobody answers', async () => {
    await open({ settings: { askBeforeCharging: true } });
    await kiosk.buy();
    kiosk.present('visa');
    await kiosk.untilState('card_read');

    expect(await canceledReason()).toBe('timeout');
    await kiosk.untilTrue(readerIsFree);
    expect(await studio.ledger()).toEqual([neverCharged]);
  });

  test('a page loaded anew while the card is awaited takes no second payment', async () => {
    await open();
    await kiosk.buy();
    await kiosk.reload();
    await kiosk.pass(2_000);
    kiosk.present('visa');
    await kiosk.untilState('paid');

    const { askedAnew, askingTheBank } = here;
    expect(screens()).toEqual([...begun, ...askedAnew, ...askingTheBank, ...taken]);
    expect(await studio.ledger()).toEqual([paidOnce]);
  });

  test('a page loaded anew while the card is charged takes no second payment', async () => {
    await open();
    await kiosk.buy();
    kiosk.present('visa');
    await kiosk.pass(700);
    await kiosk.reload();
    await kiosk.untilState('paid', 'canceled');

    const { askingTheBank, reloadedWhileCharging: then } = here;
    expect(screens()).toEqual([...begun, ...askingTheBank, ...then.screens]);
    expect(await studio.ledger()).toEqual([then.ledger]);
  });

  test('a kiosk that dies while the card is awaited cancels that payment when it is back', async () => {
    await open();
    await kiosk.buy();
    kiosk = await kiosk.restart();
    await kiosk.untilTrue(async () => (await studio.ledger())[0]?.status === 'canceled');
    await kiosk.untilTrue(readerIsFree);

    expect(screens()).toEqual(here.backFromAwaiting);
    expect(await studio.ledger()).toEqual([neverCharged]);
  });

  test('a kiosk that dies while the card is charged, and is back at once, settles that payment', async () => {
    await open();
    await kiosk.buy();
    studio.server.readers.arm({ kind: 'slow_authorization', extraMs: 5_000 });
    kiosk.present('visa');
    await kiosk.pass(1_000);
    kiosk = await kiosk.restart();
    await kiosk.untilState('paid', 'canceled');
    await kiosk.untilTrue(readerIsFree);

    expect(screens()).toEqual(here.backTooSoon.screens);
    expect(await studio.ledger()).toEqual([here.backTooSoon.ledger]);
  });

  test('a kiosk that was away while the bank approved takes that money when it is back', async () => {
    await open();
    await kiosk.buy();
    kiosk.present('visa');
    await kiosk.pass(1_000);
    kiosk = await kiosk.restart(60_000);
    await kiosk.untilState('paid');
    await kiosk.untilTrue(readerIsFree);

    expect(screens()).toEqual(['finding_out', ...taken]);
    expect(await studio.ledger()).toEqual([paidOnce]);
  });

  test('the network breaks while the card is charged and comes back: paid once', async () => {
    await open();
    await kiosk.buy();
    await kiosk.line.cut();
    kiosk.present('visa');
    await kiosk.pass(20_000);
    const meanwhile = await studio.ledger();
    await kiosk.line.mend();
    await kiosk.untilState('paid');

    expect(meanwhile).toMatchObject([{ status: 'requires_capture', charges: ['held'] }]);
    expect(screens()).toEqual([...begun, ...here.askingTheBank, ...taken]);
    expect(await studio.ledger()).toEqual([paidOnce]);
  });

  test('the network breaks while the payment is prepared, and comes back: one PaymentIntent', async () => {
    await open();
    await kiosk.line.cut();
    await kiosk.page.buy();
    await kiosk.pass(5_000);
    await kiosk.line.mend();
    await kiosk.untilState('awaiting_card');
    kiosk.present('visa');
    await kiosk.untilState('paid');

    expect(screens()).toEqual([...begun, ...here.askingTheBank, ...taken]);
    expect(await studio.ledger()).toEqual([paidOnce]);
  });

  test('the studio takes the money with the tap: nothing is held first', async () => {
    await open({ settings: { stripe: { captureMethod: 'automatic' } } });
    await kiosk.buy();
    kiosk.present('visa');
    await kiosk.untilState('paid');

    expect(screens()).toEqual([...begun, ...here.askingTheBank, 'paid']);
    expect(await studio.ledger()).toEqual([paidOnce]);
  });

  describe('in Canada', () => {
    const item = { id: 'class', name: 'Class', price: 2400, limit: 1 };
    const categories = [{ id: 'classes', name: 'Classes', items: [item] }];

    beforeEach(async () => {
      await studio.close();
      studio = await TestStudio.open('CA');
    });

    test('an Interac card is charged at once, and its receipt says so', async () => {
      await open({ catalogue: { currency: 'cad', categories } });
      await kiosk.buy('class');
      kiosk.present('interac');

      const { sale } = await kiosk.untilState('paid');

      expect(sale?.receipt?.card).toMatchObject({ brand: 'interac' });
      expect(screens()).toEqual([...begun, ...here.askingTheBank, 'paid']);
      expect(await studio.ledger()).toEqual([paidOnce]);
    });
  });
});
