import { defineConfig } from 'playwright/test';
import { chromiumFlags, findChromium } from '../support/chromium.ts';

/** The built page in Chromium, against a fake bridge. Build it first: dist/renderer. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results/renderer',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  reporter: 'list',
  use: {
    launchOptions: { executablePath: findChromium(), args: chromiumFlags() },
    locale: 'en-US',
    timezoneId: 'America/Los_Angeles',
    // Half of a short test's work was a new context and its processes. The page keeps nothing outside
    // itself and every test loads it anew; Playwright takes back clocks, init scripts, media and sizes.
    reuseContext: true,
  },
});
