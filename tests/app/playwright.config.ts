import { defineConfig } from 'playwright/test';

/** The built app through Electron's launcher: real Electron where it is, the stand-in elsewhere. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results/app',
  // One app at a time: the tests kill processes and count them.
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 20_000 },
});
