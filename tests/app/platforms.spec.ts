import { expect } from 'playwright/test';
import { bundlePlatformApp, type PlatformApp } from '../platforms/app/bundle-platform-app.ts';
import { gatherEvidence } from '../platforms/app/gather-evidence.ts';
import { launchOptionsOf, recordFileOf } from '../platforms/app/launch-platform.ts';
import { type PlatformRecord, readPlatformRecord } from '../platforms/app/platform-record.ts';
import type { PlatformRun } from '../platforms/app/platform-run.ts';
import { untilRecorded } from '../platforms/app/until-recorded.ts';
import { whatIsWrong } from '../platforms/app/what-is-wrong.ts';
import { type RunningApp, test as base } from '../support/app.ts';

/* One whole sale behind each selling platform: the product's own program, its screens, and a proof server. */

const env = { FOYER_TRAINING_CARD: 'visa' };
const order = { id: '48201', title: 'Ten classes', total: 2_400, fromBalance: 0 };

const test = base.extend<object, { readonly app: PlatformApp }>({
  app: [
    async ({}, use) => {
      const app = await bundlePlatformApp();
      await use(app);
      app.remove();
    },
    { scope: 'worker' },
  ],
});

/** Goes from review to the end of a sale, and closes the kiosk: what the platform knows then. */
async function pay(
  app: RunningApp,
  { dataDir, run }: { readonly dataDir: string; readonly run: Omit<PlatformRun, 'recordFile'> },
): Promise<PlatformRecord> {
  await app.button(/^Pay/).click();
  await expect(app.heading('Approved')).toBeVisible();
  await untilRecorded(dataDir);
  await app.electron.close();

  const due = order.total - (run.order?.fromBalance ?? 0);
  const evidence = await gatherEvidence({ dataDir, run, isApproved: true, due });
  expect(whatIsWrong(evidence)).toEqual([]);
  expect(evidence.sale).toMatchObject({ state: 'paid', attempts: 1, creates: 1 });
  return readPlatformRecord(recordFileOf(dataDir));
}

test('Mariana Tek: the link of a cart is opened, its account pays a part, and it is submitted', async ({
  app,
  launch,
  dataDir,
}) => {
  const fromBalance = 500;
  const run = {
    system: 'mariana-tek',
    currency: 'usd',
    order: { ...order, fromBalance },
    role: 'maker',
  } as const;
  const kiosk = await launch(launchOptionsOf(app, dataDir, run, env));
  await expect(kiosk.page.getByText('Ten classes').first()).toBeVisible();
  await expect(kiosk.button(/^Pay/)).toContainText('$19.00');

  const { calls } = await pay(kiosk, { dataDir, run });

  expect(calls.filter((call) => call.includes('/payment_intent/'))).toHaveLength(1);
});

test('the payments portal: a class is chosen, and the portal takes what it held', async ({
  app,
  launch,
  dataDir,
}) => {
  const run = { system: 'portal', currency: 'usd', order: null, role: 'maker' } as const;
  const kiosk = await launch(launchOptionsOf(app, dataDir, run, env));
  await kiosk.button('Touch anywhere to begin').click();
  await kiosk.button('Add Evening flow').click();
  await kiosk.button('Continue').click();

  const { calls } = await pay(kiosk, { dataDir, run });

  expect(calls.slice(-2)).toEqual(['POST /v1/payment/intent 200', 'POST /v1/payment/capture 200']);
});

for (const role of ['maker', 'recorder'] as const) {
  test(`Commerce Layer: an order is paid once, with Commerce Layer as the ${role}`, async ({
    app,
    launch,
    dataDir,
  }) => {
    const run = { system: 'commerce-layer', currency: 'usd', order, role } as const;
    const kiosk = await launch(launchOptionsOf(app, dataDir, run, env));

    const { payments } = await pay(kiosk, { dataDir, run });

    expect(payments).toMatchObject([{ made_by: role === 'maker' ? 'platform' : 'kiosk' }]);
  });
}
