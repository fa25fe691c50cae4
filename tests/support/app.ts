import { once } from 'node:events';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { test as base } from 'playwright/test';
import { resolveElectronHost } from './electron-host.ts';
import { temporaryFolder } from './temporary-folder.ts';

const projectRoot = path.resolve(import.meta.dirname, '..', '..');

export interface LaunchOptions {
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Another app than the built product: its folder. */
  readonly folder?: string;
  /** Words of the command line, such as the link of an order. */
  readonly words?: readonly string[];
  /** A packaged program; otherwise the built app is started on the host. */
  readonly packaged?: string;
}

/** A running kiosk and its one page. */
export class RunningApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** What the app wrote to standard error. */
  readonly errors: readonly string[];

  constructor(electron: ElectronApplication, page: Page, errors: readonly string[]) {
    this.electron = electron;
    this.page = page;
    this.errors = errors;
  }

  button(name: string | RegExp): ReturnType<Page['getByRole']> {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  heading(name: string | RegExp): ReturnType<Page['getByRole']> {
    return this.page.getByRole('heading', { level: 1, name });
  }

  /** From attract to the reader's prompt. */
  async chooseAndPay(item = 'Evening flow'): Promise<void> {
    await this.button('Touch anywhere to begin').click();
    await this.button(`Add ${item}`).click();
    await this.button('Continue').click();
    await this.button(/^Pay/).click();
    await this.heading('Tap, insert or swipe your card').waitFor();
  }

  /** Holds a card of the training tray to the training reader. */
  async tap(card: 'Visa' | 'Declined'): Promise<void> {
    await this.button(card).click();
  }

  /** As a power cut would: no process of the app is asked. */
  async kill(): Promise<void> {
    const main = this.electron.process();
    const gone = once(main, 'exit');
    main.kill('SIGKILL');
    await gone;
  }
}

/** Starts the app and waits for its page. */
export async function launchApp(options: LaunchOptions): Promise<RunningApp> {
  const host = await resolveElectronHost();
  // Playwright finds the host as the `electron` package does: by this process's environment.
  Object.assign(process.env, host.env);
  const { folder = projectRoot, words = [] } = options;
  const electron = await _electron.launch({
    ...(options.packaged === undefined
      ? { args: [folder, ...words] }
      : { executablePath: options.packaged, args: [...words] }),
    cwd: projectRoot,
    env: {
      ...(process.env as Record<string, string>),
      FOYER_DATA_DIR: options.dataDir,
      ...options.env,
    },
  });
  const errors: string[] = [];
  electron.process().stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  return new RunningApp(electron, await electron.firstWindow(), errors);
}

interface AppFixtures {
  readonly dataDir: string;
  /** Starts an app on this test's folder; what still runs at the end is closed. */
  readonly launch: (options?: Partial<LaunchOptions>) => Promise<RunningApp>;
}

/** Playwright's `test` with a data folder of its own for each test. */
export const test = base.extend<AppFixtures>({
  dataDir: async ({}, use) => {
    const folder = temporaryFolder();
    await use(folder.path);
    folder.remove();
  },
  launch: async ({ dataDir }, use) => {
    const running: RunningApp[] = [];
    await use(async (options = {}) => {
      const app = await launchApp({ dataDir, ...options });
      running.push(app);
      return app;
    });
    for (const app of running) await app.electron.close().catch(() => undefined);
  },
});
