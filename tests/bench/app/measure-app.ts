import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { launchApp, type RunningApp } from '../../support/app.ts';
import { resolveElectronHost } from '../../support/electron-host.ts';
import { build } from '../../tools/build.ts';
import { ensureBrowser } from '../../tools/ensure-browser.ts';
import type { Figure } from '../figure.ts';
import { median } from '../statistics.ts';
import { watchForApproved } from './watch-for-approved.ts';

const starts = 5;
const sales = 10;

/** The built app in its window: from process to first screen, and from a paid snapshot to "Approved" painted. */
export async function measureApp(folder: string): Promise<readonly Figure[]> {
  await ensureBrowser();
  await build();
  const { kind } = await resolveElectronHost();
  const started: number[] = [];
  for (let go = 0; go < starts; go += 1) {
    const { app, ms } = await start(path.join(folder, `app-${go}`));
    started.push(ms);
    await app.electron.close();
  }
  const painted = await approvals(path.join(folder, 'app-sales'));
  const host = kind === 'electron' ? 'Electron' : 'the stand-in for Electron (Chromium and Node)';
  return [
    {
      name: 'paid snapshot in the page to “Approved” painted',
      value: median(painted),
      unit: 'ms',
      target: { atMost: 50 },
      how: `the built app on ${host}: from the bridge's event to the second frame after the heading stands; median of ${sales} sales`,
    },
    {
      name: `start to attract screen on ${host}`,
      value: median(started),
      unit: 'ms',
      target: null,
      how: `from the launch to the button that can be touched, Playwright's own work included; training mode; median of ${starts}`,
    },
  ];
}

async function start(dataDir: string): Promise<{ app: RunningApp; ms: number }> {
  mkdirSync(dataDir);
  const startedMs = performance.now();
  const app = await launchApp({ dataDir });
  await app.button('Touch anywhere to begin').waitFor();
  return { app, ms: performance.now() - startedMs };
}

async function approvals(dataDir: string): Promise<readonly number[]> {
  const { app } = await start(dataDir);
  try {
    await app.page.addInitScript(watchForApproved);
    await app.page.reload();
    const painted: number[] = [];
    for (let sale = 0; sale < sales; sale += 1) {
      await app.chooseAndPay();
      await app.tap('Visa');
      await app.heading('Approved').waitFor();
      painted.push(await app.page.evaluate(() => window.approvedPainted));
      await app.button('Done').click();
    }
    return painted;
  } finally {
    await app.electron.close();
  }
}
