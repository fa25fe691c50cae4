import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright';
import type { ElectronApplication, Page } from 'playwright';
import { prepareStandIn } from './prepare.ts';

export const fixtureApp = join(import.meta.dirname, 'fixture-app');

/** How long starting or closing the fixture may take on a busy machine of two cores. */
export const hookLimitMs = 60_000;

/** What the fixture app keeps for tests; see its `main.ts`. */
export interface FixtureRecord {
  readonly checked: string[];
  readonly requested: string[];
  readonly navigations: string[];
  readonly openings: string[];
  readonly messages: unknown[];
  readonly secondStarts: string[][];
  readonly gone: string[];
}

/** What the fixture's preload script shows to its page. */
export interface FixtureApi {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  send(channel: string, ...args: unknown[]): void;
  onMessage(channel: string, listener: (...args: unknown[]) => void): () => void;
  add(a: number, b: number): number;
  readonly sandboxed: boolean;
  readonly refusedModules: readonly string[];
}

declare global {
  /** Within the fixture's page only. */
  var fixture: FixtureApi;
  /** Within the fixture's main process only. */
  var record: FixtureRecord;
  /** Within the packaged fixture's main process only. */
  var seen: { readonly names: readonly string[] } & Readonly<Record<string, unknown>>;
}

/** A running fixture, with folders of its own that go when it is closed. */
export interface RunningFixture {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  /** The folder that the run takes for the system's temporary one. */
  readonly temporary: string;
  readonly stderr: () => string;
  close(): Promise<void>;
  /** Takes the folders away after the fixture has ended by itself. */
  readonly remove: () => void;
}

export interface FixtureOptions {
  readonly executablePath?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The environment without undefined values, as Playwright takes it. */
export function environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const present = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...Object.fromEntries(present), ...more };
}

/** Starts the fixture app through Playwright, as the product's own specs start the product. */
export async function launchFixture(options: FixtureOptions = {}): Promise<RunningFixture> {
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = await prepareStandIn();
  const folder = mkdtempSync(join(tmpdir(), 'fixture-'));
  const userData = join(folder, 'user-data');
  const temporary = mkdtempSync(join(folder, 'tmp-'));
  const { executablePath, env = {} } = options;
  const app = await _electron.launch({
    args: [...(executablePath === undefined ? [fixtureApp] : []), `--user-data-dir=${userData}`],
    env: environment({ TMPDIR: temporary, ...env }),
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  let stderr = '';
  app.process().stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const page = await app.firstWindow();
  await page.getByText('sum 5').waitFor();
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  return {
    app,
    page,
    userData,
    temporary,
    stderr: () => stderr,
    close: async () => {
      await app.close();
      remove();
    },
    remove,
  };
}
