import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Kiosk } from '../../main/kiosk.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { TestPage } from '../support/kiosk-bench.ts';
import { openTestKiosk } from '../support/open-test-kiosk.ts';

/* Staff, the real kiosk and the page's own reader on the training Stripe: what they choose is so at once. */

const tempFolder = tempFolders();
const by = 'Mara';
let folder: string;
let kiosk: Kiosk;
let page: TestPage;

async function open(): Promise<void> {
  kiosk = await openTestKiosk(folder);
  page = new TestPage(kiosk);
  await page.load();
}

async function close(): Promise<void> {
  page.close();
  await kiosk.close();
}

async function unlock(): Promise<void> {
  await page.ask('staff:set-pin', { pin: '294716', current: null });
}

beforeEach(async () => {
  folder = tempFolder();
  await open();
  await unlock();
});

afterEach(close);

/** Registers another reader beside the training one; resolves with its id. */
async function registered(label: string): Promise<string> {
  const { locations } = await page.ask('readers:list', {});
  const locationId = locations[0]?.id ?? '';
  const code = 'Sepia Cerulean Aqua';
  expect(await page.ask('readers:register', { code, label, locationId, by })).toEqual({
    result: 'done',
    sentence: null,
  });
  const { readers } = await page.ask('readers:list', {});
  return readers.find((reader) => reader.label === label)?.id ?? '';
}

async function idOfMain(): Promise<string> {
  const { readers } = await page.ask('readers:list', {});
  return readers.find(({ role }) => role === 'main')?.id ?? '';
}

describe('staff at a kiosk', () => {
  it('find its reader in the list as the main one, with nothing on it', async () => {
    await page.until(({ cardPayment }) => cardPayment.state === 'ready');

    const view = await page.ask('readers:list', {});

    expect(view).toMatchObject({ serverDrivenOffered: true, using: 'main', sentence: null });
    expect(view.readers).toMatchObject([{ role: 'main', isSmart: true, use: { what: 'nothing' } }]);
  });

  it('have main lead the reader, and the page lets go and takes it up again, without a restart', async () => {
    await page.until(({ cardPayment }) => cardPayment.state === 'ready');
    const readerId = await idOfMain();
    const chosen = { role: 'main', readerId, isShared: false, by } as const;

    expect(
      (await page.ask('readers:choose', { ...chosen, integration: 'server_driven' })).result,
    ).toBe('done');
    await page.until(({ reader }) => reader.integration === 'server_driven');
    expect((await page.ask('readers:choose', { ...chosen, integration: 'sdk' })).result).toBe(
      'done',
    );
    await page.until(({ reader }) => reader.integration === 'sdk');
    await page.buy();
    await page.untilState('awaiting_card');
    await page.present('visa');

    expect((await page.untilState('paid')).sale?.state).toBe('paid');
  });

  it('register a second reader, use it as the spare, and find that so after a restart', async () => {
    const spare = await registered('At the door');
    await page.ask('readers:choose', {
      role: 'spare',
      readerId: spare,
      integration: 'server_driven',
      isShared: true,
      by,
    });
    expect((await page.ask('readers:use', { role: 'spare', by })).result).toBe('done');
    await page.until(({ reader }) => reader.id === spare);

    await close();
    await open();
    await page.ask('staff:unlock', { pin: '294716' });

    expect(page.snapshot.reader).toMatchObject({ id: spare, integration: 'server_driven' });
    expect(await page.ask('readers:list', {})).toMatchObject({
      using: 'spare',
      spare: { readerId: spare, isShared: true },
    });
  });

  it('change nothing of the reader on which a customer pays, and are told of the sale', async () => {
    await page.until(({ cardPayment }) => cardPayment.state === 'ready');
    await page.buy();
    await page.untilState('awaiting_card');
    const readerId = await idOfMain();
    const code = page.snapshot.sale?.code ?? 'no sale';

    const answer = await page.ask('readers:choose', {
      role: 'main',
      readerId,
      integration: 'server_driven',
      isShared: false,
      by,
    });
    const check = await page.ask('readers:check', { readerId });

    expect(answer).toMatchObject({ result: 'refused' });
    expect(answer.sentence).toContain(code);
    expect(check.sentence).toContain(code);
    expect(check.sentence).toContain('nothing is charged yet (requires_payment_method)');
    expect(page.snapshot.reader.integration).toBe('sdk');
  });
});
