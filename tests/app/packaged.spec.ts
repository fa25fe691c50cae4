import { expect } from 'playwright/test';
import { test } from '../support/app.ts';
import { storedSales } from '../support/stored-sales.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { packApp } from '../tools/pack.ts';

test('the packaged app takes a payment from its archive', async ({ launch, dataDir }) => {
  const folder = temporaryFolder();
  try {
    const app = await launch({ packaged: await packApp(folder.path) });
    const where = await app.electron.evaluate(({ app: electronApp }) => ({
      isPackaged: electronApp.isPackaged,
      path: electronApp.getAppPath(),
    }));
    expect(where.isPackaged).toBe(true);
    expect(where.path).toMatch(/app\.asar$/);

    await app.chooseAndPay();
    await app.tap('Visa');

    await expect(app.heading('Approved')).toBeVisible();
    expect(storedSales(dataDir)).toMatchObject([{ state: 'paid', amount: 2400 }]);
    await app.electron.close();
  } finally {
    folder.remove();
  }
});
