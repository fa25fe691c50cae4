import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandNames } from '../../preload/contract/channels.ts';
import { requestSchemas } from '../../preload/contract/contract.ts';
import { goodRequests } from '../contract/good-requests.ts';
import { openTrainingKiosk, type TestKiosk } from '../support/fakes/open-kiosk.ts';

/* One kiosk with a sale at review, and everything a broken or hostile page could send it. */

let folder: string;
let test: TestKiosk;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'foyer-junk-'));
  test = await openTrainingKiosk(folder);
  await test.kiosk.ask('kiosk:attach', {});
  const catalogue = (await test.kiosk.ask('catalogue:read', {})) as {
    ok: true;
    value: { categories: { items: { id: string }[] }[] };
  };
  const itemId = catalogue.value.categories[0]?.items[0]?.id ?? '';
  expect(await test.kiosk.ask('sale:start', { lines: [{ itemId, quantity: 1 }] })).toMatchObject({
    ok: true,
  });
});

afterAll(async () => {
  await test.kiosk.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Asked again a page load would end the sale at review, so it is not part of what leaves things as they are. */
const quietCommands = commandNames.filter((name) => name !== 'kiosk:attach');

const refusedAsBad = { ok: false, error: { code: 'bad_request', retryable: false } };

describe('junk on any channel', () => {
  it.each(quietCommands)('of %s is refused in an envelope, and nothing changes', async (name) => {
    const before = test.rows();

    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.jsonValue(), fc.anything(), fc.object({ maxDepth: 3 })),
        async (request) => {
          fc.pre(!requestSchemas[name].safeParse(request).success);
          expect(await test.kiosk.ask(name, request)).toMatchObject(refusedAsBad);
        },
      ),
      { numRuns: 150 },
    );
    expect(test.rows()).toBe(before);
  });

  it.each(quietCommands)('beside a good %s is refused', async (name) => {
    const before = test.rows();

    for (const extra of [{ __proto__x: 1 }, { admin: true }, { amount: 1 }, { price: 0 }]) {
      // Staff name an amount where they take a part, or give one back.
      if ('amount' in extra && 'amount' in goodRequests[name]) continue;
      expect(await test.kiosk.ask(name, { ...goodRequests[name], ...extra })).toMatchObject(
        refusedAsBad,
      );
    }
    expect(test.rows()).toBe(before);
  });

  it('is what every unknown channel is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.jsonValue(), async (channel, request) => {
        fc.pre(!commandNames.some((name) => name === channel));
        expect(await test.kiosk.ask(channel, request)).toMatchObject(refusedAsBad);
      }),
    );
    for (const channel of ['constructor', '__proto__', 'toString', 'kiosk:close', 'sale:start ']) {
      expect(await test.kiosk.ask(channel, {})).toMatchObject(refusedAsBad);
    }
  });

  it('is in the log by its channel, and never by what it held', async () => {
    await test.kiosk.ask('sale:confirm', { saleId: 'rk_live_51abcdefgh' });

    const log = readFileSync(path.join(folder, 'logs', 'foyer.log'), 'utf8');
    expect(log).toContain('"event":"ipc.refused","channel":"sale:confirm"');
    expect(log).not.toContain('rk_live_51abc');
  });
});

describe('a good request about a sale that is not on the screen', () => {
  it('is refused as "not now", and nothing changes', async () => {
    const before = test.rows();
    // What staff ask is refused as locked before anything is looked at.
    const aboutASale = commandNames.filter(
      (name) => 'saleId' in goodRequests[name] && !/^(money|refunds):/.test(name),
    );

    for (const name of aboutASale) {
      expect(await test.kiosk.ask(name, goodRequests[name]), name).toMatchObject({
        ok: false,
        error: { code: 'not_now' },
      });
    }
    expect(aboutASale.length).toBeGreaterThan(7);
    expect(test.rows()).toBe(before);
  });
});

describe('an answer', () => {
  it('holds nothing that looks like a secret, but for the connection token itself', async () => {
    const secret = /\b(sk|rk|whsec)_|_secret_|\bpst_/;

    for (const name of quietCommands) {
      const answer = await test.kiosk.ask(name, goodRequests[name]);
      if (name === 'connection-token:create') {
        expect(answer).toMatchObject({ ok: true, value: { secret: expect.any(String) as string } });
        continue;
      }
      expect(JSON.stringify(answer), name).not.toMatch(secret);
    }
  });
});
