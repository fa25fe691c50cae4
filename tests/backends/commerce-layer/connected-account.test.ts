import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { companion } from '../../../main/backends/platform-http/companion.ts';
import { paymentIntentId } from '../../../main/domain/ids.ts';
import { openPlatform } from '../../../main/open-platform.ts';
import { readSettings } from '../../../main/settings/read-settings.ts';
import {
  json,
  paymentIntentJson,
  type ScriptedServer,
  scriptedServer,
} from '../../stripe/scripted-server.ts';
import { valueOf } from '../../stripe/value-of.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import {
  about,
  type CommerceKiosk,
  create,
  never,
  openCommerceKiosk,
  sale,
  total,
} from './commerce-layer-kiosk.ts';

const tempFolder = tempFolders();
const account = 'acct_training';
let stripe: ScriptedServer | null = null;

afterEach(async () => {
  await stripe?.close();
  stripe = null;
});

/** Its companion's Stripe answers each request by a PaymentIntent, and remembers what was asked. */
async function openKiosk(
  connectedAccount: string | null = account,
  options: Parameters<typeof openCommerceKiosk>[0] = {},
): Promise<CommerceKiosk & { readonly asked: () => (string | undefined)[] }> {
  const scripted = await scriptedServer([json(200, paymentIntentJson())]);
  stripe = scripted;
  const commerce = await openCommerceKiosk({
    companion: companion({
      secretKey: 'sk_test_scripted',
      apiBase: scripted.url,
      timeoutMs: 2_000,
      location: null,
      onDate: () => undefined,
    }),
    ...options,
  });
  commerce.bench.platform.model.behaviour.connectedAccount = connectedAccount;
  const asked = (): (string | undefined)[] =>
    scripted.received.map(({ headers }) => headers['stripe-account']?.toString());
  return { ...commerce, asked };
}

const intent = paymentIntentId('pi_0001');

it('the account that a record names is asked in the training Stripe as in a real one', async () => {
  await using commerce = await openCommerceKiosk();
  commerce.bench.platform.model.behaviour.connectedAccount = account;

  const { paymentIntent } = valueOf(await create(commerce));
  const read = await commerce.backend.payments.read(paymentIntent.id, never, about(paymentIntent));

  expect(paymentIntent).toMatchObject({ account, saleId: sale });
  expect(valueOf(read).paymentIntent.account).toBe(account);
});

it('every call about a payment names the account that it was made on', async () => {
  await using commerce = await openKiosk();
  // What is answered names the scripted PaymentIntent, and so is not believed: what is asked is looked at here.
  await create(commerce);
  const last = { ...(await readOf(commerce)), account };
  const { payments } = commerce.backend;
  await payments.read(intent, never, about(last));
  await payments.capture(intent, total, 'key_1', never, about(last));
  await payments.cancel(intent, 'key_2', never, about(last));

  expect(commerce.asked()).toEqual(Array.from({ length: 5 }, () => account));
});

it('what is about no payment goes to the account that was told last', async () => {
  await using commerce = await openKiosk();
  const { payments, refunds, readers } = commerce.backend;
  await payments.createConnectionToken(never);
  await create(commerce);

  await payments.createConnectionToken(never);
  await refunds.list(intent, never);
  await readers.list(never);

  expect(commerce.asked()).toEqual([undefined, account, account, account, account]);
});

it('after a start the account is told again by a sale that is still open', async () => {
  await using commerce = await openKiosk();
  const last = { ...(await readOf(commerce)), account };

  await commerce.backend.payments.read(intent, never, about(last));
  await commerce.backend.payments.createConnectionToken(never);

  expect(commerce.asked()).toEqual([undefined, account, account]);
});

it('an account that is configured is asked from the first call on', async () => {
  await using commerce = await openKiosk(account, { connectedAccount: account });

  await commerce.backend.payments.createConnectionToken(never);

  expect(commerce.asked()).toEqual([account]);
});

it('without a connected account no call names one', async () => {
  await using commerce = await openKiosk(null);
  await create(commerce);
  const paymentIntent = await readOf(commerce);

  expect(paymentIntent).not.toHaveProperty('account');
  expect(commerce.asked()).toEqual([undefined, undefined]);
});

async function readOf({ backend }: CommerceKiosk) {
  return valueOf(await backend.payments.read(intent, never)).paymentIntent;
}

it('the account that the settings name is asked from the first call on', async () => {
  const scripted = await scriptedServer([json(200, paymentIntentJson())]);
  stripe = scripted;
  const dataDir = tempFolder();
  const backend = {
    system: 'commerce-layer',
    url: scripted.url,
    mode: 'test',
    token: 'token',
    role: 'recorder',
    connectedAccount: 'acct_1Studio',
  };
  const file = path.join(dataDir, 'foyer.json');
  writeFileSync(file, JSON.stringify({ backend, stripe: { apiBase: scripted.url } }));
  const settings = readSettings({ dataDir, resourcesDir: dataDir, environment: {} });
  if (settings.platform === null) throw new Error('a platform was set');

  const { payments } = openPlatform({
    platform: settings.platform,
    token: 'token',
    settings,
    key: { secretKey: 'rk_test_scripted', mode: 'test' },
    timeoutMs: 2_000,
    onDate: () => undefined,
    onTrace: () => undefined,
    onRefused: () => undefined,
  });
  await payments.read(intent, never);

  expect(scripted.received.map(({ headers }) => headers['stripe-account'])).toEqual([
    'acct_1Studio',
  ]);
});
