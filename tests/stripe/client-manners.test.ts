import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build, type Rolldown } from 'vite';
import { expect, it } from 'vitest';
import {
  chargeId,
  kioskId,
  paymentIntentId,
  paymentMethodId,
  saleId,
} from '../../main/domain/ids.ts';
import { money } from '../../main/domain/money.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { aKey, json, paymentIntentJson, scriptedServer } from './scripted-server.ts';

const never = new AbortController().signal;
const root = path.resolve(import.meta.dirname, '../..');
const tempFolder = tempFolders();

it('is bundled from its ES module build, of which the other one’s telemetry file is no part', async () => {
  const built = (await build({
    configFile: path.join(root, 'main/vite.config.ts'),
    logLevel: 'error',
    build: { ssr: 'backends/stripe/stripe-payments-api.ts', write: false },
  })) as Rolldown.RolldownOutput;

  const modules = built.output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
  const ofStripe = modules.filter((id) => id.includes('/node_modules/stripe/'));
  expect(ofStripe.length).toBeGreaterThan(10);
  expect(ofStripe.filter((id) => !id.includes('/node_modules/stripe/esm/'))).toEqual([]);
});

it('is loaded from its ES module build, and writes no file in the home it runs in', async () => {
  const home = tempFolder();
  const { url, close } = await scriptedServer([json(200, paymentIntentJson())]);
  const program = `
    import { stripeClient } from './main/backends/stripe/stripe-client.ts';
    import { stripePaymentsApi } from './main/backends/stripe/stripe-payments-api.ts';
    const stripe = stripeClient({ secretKey: 'sk_test_scripted', apiBase: '${url}', timeoutMs: 5000 });
    const api = stripePaymentsApi({ stripe, location: null });
    const signal = new AbortController().signal;
    const answers = [await api.read('pi_0001', signal), await api.cancel('pi_0001', '${aKey}', signal)];
    console.log(JSON.stringify([import.meta.resolve('stripe'), ...answers.map(({ kind }) => kind)]));
  `;

  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', program],
    { cwd: root, env: { HOME: home, XDG_CONFIG_HOME: path.join(home, 'xdg'), APPDATA: home } },
  );
  await close();

  const [resolved, ...kinds] = JSON.parse(stdout) as [string, ...string[]];
  expect(resolved).toMatch(/\/stripe\/esm\/stripe\.esm\.node\.js$/);
  expect(kinds).toEqual(['done', 'done']);
  expect(readdirSync(home, { recursive: true })).toEqual([]);
});

it('gives every POST the key it was told, but for the connection token, which is made anew', async () => {
  const { api, received, close } = await scriptedServer([json(200, paymentIntentJson())]);
  const total = money(2_800, 'usd');
  const intent = paymentIntentId('pi_0001');
  const sale = saleId('sale_0000000001');
  const kiosk = kioskId('kiosk_0000000001');

  await api.create({ total, saleId: sale, kioskId: kiosk, orderHash: 'hash' }, aKey, never);
  await api.capture(intent, total, aKey, never);
  await api.cancel(intent, aKey, never);
  await api.confirm(intent, paymentMethodId('pm_0001'), aKey, never);
  await api.setReceiptEmail(chargeId('ch_0001'), 'mara@example.com', aKey, never);
  await api.read(intent, never);
  await api.lookUp(sale, 0, never);
  await api.listPaymentIntents({ createdFromMs: 0, createdToMs: 1, startingAfter: null }, never);
  await api.listEvents({ createdFromMs: 0, startingAfter: null }, never);
  await api.probe(never);
  await api.createConnectionToken(never);
  await close();

  const keys = received.map(({ method, url, headers }) => ({
    call: `${method} ${url.split('?')[0] ?? ''}`,
    ours: headers['idempotency-key'] === aKey,
  }));
  expect(keys.filter(({ call }) => call.startsWith('POST')).filter(({ ours }) => !ours)).toEqual([
    { call: 'POST /v1/terminal/connection_tokens', ours: false },
  ]);
  expect(keys.filter(({ ours }) => ours)).toHaveLength(5);
});
