import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Kiosk } from '../../main/kiosk.ts';
import type { Clock } from '../../main/ports/clock.ts';
import { realClock } from '../../main/real-clock.ts';
import { TestPage } from './kiosk-bench.ts';
import { openTestKiosk } from './open-test-kiosk.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A data folder in which a kiosk has sold one class and was closed again; what is open at the end is closed. */
export class KioskWithSale {
  #folder = temporaryFolder();
  #kiosk: Kiosk | null = null;
  #page: TestPage | null = null;

  constructor() {
    this.#folder.remove();
    beforeEach(async () => {
      this.#folder = temporaryFolder();
      const page = await this.open();
      await page.until(({ cardPayment }) => cardPayment.state === 'ready');
      await page.buy();
      await page.untilState('awaiting_card');
      await page.present('visa');
      await page.untilState('paid');
      await this.close();
    });
    afterEach(async () => {
      await this.close();
      this.#folder.remove();
    });
  }

  /** A file of its training mode. */
  file(name = 'foyer.db'): string {
    return path.join(this.#folder.path, 'training', name);
  }

  /** Opens the kiosk and loads its page. */
  async open(clock: Clock = realClock): Promise<TestPage> {
    this.#kiosk = await openTestKiosk(this.#folder.path, { clock });
    this.#page = new TestPage(this.#kiosk);
    await this.#page.load();
    return this.#page;
  }

  async close(): Promise<void> {
    this.#page?.close();
    await this.#kiosk?.close();
    this.#page = null;
    this.#kiosk = null;
  }
}
