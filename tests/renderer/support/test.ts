import { type Disposable, test as base, type Page } from 'playwright/test';
import type { CatalogueView } from '../../../preload/contract/catalogue.ts';
import type { CommandName } from '../../../preload/contract/channels.ts';
import type { Responses } from '../../../preload/contract/contract.ts';
import type { Snapshot } from '../../../preload/contract/kiosk.ts';
import { evening } from './catalogues.ts';
import { type Asked, installFakeKiosk } from './fake-kiosk.ts';
import type { StaffAnswers } from './staff-answers.ts';
import { type PageServer, servePage } from './page-server.ts';

/** The page in front of the customer, and the test in place of main. */
export class Kiosk {
  readonly page: Page;
  readonly #url: string;
  #fake: Disposable | null = null;

  constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
  }

  /** Loads the page, with main behind it as it is given here and not as it was before. */
  async open(
    snapshot: Snapshot,
    catalogue: CatalogueView = evening,
    answers: StaffAnswers = {},
  ): Promise<void> {
    // Left in place, the former one would be there first, and its main would answer the new page.
    await this.#fake?.dispose();
    this.#fake = await this.page.addInitScript(installFakeKiosk, { snapshot, catalogue, answers });
    await this.page.goto(this.#url);
    await this.page.locator('.stage').waitFor();
  }

  /** Main tells the page something new. */
  async push(snapshot: Snapshot): Promise<void> {
    await this.page.evaluate((next) => {
      window.fakeMain.push(next);
    }, snapshot);
    await this.settle();
  }

  async refuse(name: Parameters<Window['fakeMain']['refuse']>[0], code: string): Promise<void> {
    await this.page.evaluate(
      ([command, reason]) => {
        window.fakeMain.refuse(command, reason);
      },
      [name, code] as const,
    );
  }

  /** From now on main answers this command so. */
  async answer<Name extends CommandName>(name: Name, value: Responses[Name]): Promise<void> {
    await this.page.evaluate(
      ([command, told]) => {
        window.fakeMain.answer(command, told);
      },
      [name, value] as const,
    );
  }

  /** What the page asked of main, without the reader's own affairs. */
  async asked(): Promise<readonly Asked[]> {
    const all = await this.page.evaluate(() => window.fakeMain.asked);
    return all.filter(({ name }) => !name.startsWith('reader:') && name !== 'window:report');
  }

  /** With what the page asked main for this. */
  async askedFor(name: CommandName): Promise<readonly unknown[]> {
    return (await this.asked()).filter((one) => one.name === name).map(({ request }) => request);
  }

  /** Waits until what was asked for is drawn and every movement that ends has ended. */
  async settle(): Promise<void> {
    await this.page.evaluate(async () => {
      const frame = (): Promise<number> => new Promise(requestAnimationFrame);
      await frame();
      await frame();
      const ending = document
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
      await Promise.allSettled(ending.map((one) => one.finished));
      await frame();
    });
  }
}

interface PerTest {
  readonly kiosk: Kiosk;
}

interface PerWorker {
  readonly server: PageServer;
}

/** Playwright's test with a kiosk in it. */
export const test = base.extend<PerTest, PerWorker>({
  server: [
    async ({}, use) => {
      const server = await servePage();
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  kiosk: async ({ page, server }, use) => {
    await use(new Kiosk(page, server.url));
  },
});
