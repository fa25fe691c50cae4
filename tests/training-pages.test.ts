import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Kiosk } from '../main/kiosk.ts';
import { TrainingPages } from '../main/training-pages.ts';
import { trainerCall } from '../preload/contract/training.ts';
import { tempFolders } from './support/fakes/temp-folder.ts';
import { TestPage } from './support/kiosk-bench.ts';
import { openTestKiosk } from './support/open-test-kiosk.ts';

/* A trainer beside the real kiosk in training mode: what is done there reaches the reader, whoever leads it. */

const tempFolder = tempFolders();
let kiosk: Kiosk;
let page: TestPage;

async function open(integration: 'sdk' | 'server_driven'): Promise<void> {
  kiosk = await openTestKiosk(tempFolder(), {
    environment: { FOYER_STRIPE_INTEGRATION: integration },
  });
  page = new TestPage(kiosk);
  await page.load();
  await page.until(({ cardPayment }) => cardPayment.state === 'ready');
}

function ask(method: string, params: object = {}): Promise<unknown> {
  return page.ask('training:call', { method, params: params as never });
}

/** Every new screen of the reader that the page is told of, from now on. */
function watchScreens(): string[] {
  const seen: string[] = [];
  page.bridge.on('training:happened', (event) => {
    const { type, screen } = event as { type: string; screen: string };
    if (type === 'reader_screen') seen.push(screen);
  });
  return seen;
}

describe.each(['sdk', 'server_driven'] as const)('a trainer, with the reader led by %s', (led) => {
  beforeEach(() => open(led));

  afterEach(async () => {
    page.close();
    await kiosk.close();
  });

  it('sees what the reader shows from the prompt to the bank’s answer', async () => {
    const seen = watchScreens();
    await page.buy();
    await page.untilState('awaiting_card');

    expect(await ask('screen')).toEqual({ screen: 'present_card', set: [] });
    expect(await page.present('visa')).toEqual({ kind: 'presented' });

    await page.untilState('paid');
    const order = ['present_card', 'reading', 'authorizing', 'approved'];
    expect(seen.filter((screen) => order.includes(screen))).toEqual(order);
  });

  it('is told why the reader did not take a card', async () => {
    expect(await page.present('visa')).toEqual({ kind: 'refused', why: 'reader_not_asking' });
    await page.buy();
    await page.untilState('awaiting_card');

    expect(await page.present('library_card')).toEqual({ kind: 'refused', why: 'unknown_card' });
    expect(await page.present('interac')).toEqual({ kind: 'refused', why: 'card_not_accepted' });
  });

  it('presses no cancel where the reader shows none', async () => {
    expect(await ask('cancelOnReader')).toEqual({ pressed: false });
  });

  it('finds marked what was set, once each, until all is well again', async () => {
    await ask('fault', { mishap: 'slow_bank' });
    await ask('fault', { mishap: 'reader_offline' });

    expect(await ask('fault', { mishap: 'slow_bank' })).toMatchObject({
      set: ['reader_offline', 'slow_bank'],
    });
    expect(await ask('fault', { mishap: 'reader_online' })).toMatchObject({ set: ['slow_bank'] });
    expect(await ask('calm')).toMatchObject({ set: [] });
    expect(await ask('screen')).toMatchObject({ set: [] });
  });

  it('is refused what has not the form of the trainer’s doing', async () => {
    for (const [method, params] of [
      ['present', {}],
      ['fault', { mishap: 'flood' }],
      ['fault', { mishap: 'slow_bank', reader: 7 }],
      ['calm', { extra: 1 }],
    ] as const) {
      const answer = await kiosk.ask('training:call', { method, params });
      expect(answer, method).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    }
  });
});

describe('a mishap that a trainer brings about', () => {
  afterEach(async () => {
    page.close();
    await kiosk.close();
  });

  it('happens to a reader that the page leads', async () => {
    await open('sdk');
    await ask('fault', { mishap: 'lost_awaiting' });

    await page.buy();

    const { sale } = await page.untilState('canceled');
    expect(sale).toMatchObject({ cancelReason: 'reader_unavailable', provedNotCharged: true });
  });

  it('happens to a reader that main leads', async () => {
    await open('server_driven');
    await ask('fault', { mishap: 'card_unreadable' });

    await page.buy();
    await page.untilState('awaiting_card');
    await page.present('visa');

    const { sale } = await page.untilState('declined', 'canceled');
    expect(sale?.receipt).toBeNull();
  });

  it('is a customer who cancels on the reader', async () => {
    await open('server_driven');
    await page.buy();
    await page.untilState('awaiting_card');

    expect(await ask('cancelOnReader')).toEqual({ pressed: true });

    const { sale } = await page.untilState('canceled');
    expect(sale).toMatchObject({ cancelReason: 'customer_on_reader' });
  });

  it('spares the readers it does not name', async () => {
    await open('server_driven');
    await ask('fault', { mishap: 'reader_offline', reader: 'tmr_another' });

    await page.buy();
    await page.untilState('awaiting_card');

    expect(await page.present('visa')).toEqual({ kind: 'presented' });
    await page.untilState('paid');
  });
});

describe('outside training mode', () => {
  it('there is no trainer: each call is refused, and nothing is told', async () => {
    const told: string[] = [];
    const pages = new TrainingPages(null, { tell: (name) => told.push(name) });
    const methods = trainerCall.options.map(({ shape }) => shape.method.value);

    for (const method of [...methods, 'arm', 'discoverReaders']) {
      const params = { testPaymentMethod: 'visa', mishap: 'slow_bank', reader: null };
      expect(await pages.call({ method, params }), method).toMatchObject({
        ok: false,
        error: { code: 'bad_request', retryable: false },
      });
    }
    expect(methods).toEqual(['present', 'cancelOnReader', 'fault', 'calm', 'screen']);
    expect(told).toEqual([]);
  });
});
