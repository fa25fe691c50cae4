import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Kiosk } from '../../../main/kiosk.ts';
import { trainingSecretKey } from '../../../main/training/training-secret-key.ts';
import type { Snapshot } from '../../../preload/contract/kiosk.ts';
import { TestPage } from '../kiosk-bench.ts';
import { openTestKiosk } from '../open-test-kiosk.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { NetworkLine } from './network-line.ts';
import { ReaderSession } from './reader-session.ts';
import { quiet } from './requests-under-way.ts';
import { frontReader, type TestStudio } from './test-studio.ts';

export type Integration = 'sdk' | 'server_driven';

export interface StudioKioskOptions {
  readonly integration: Integration;
  /** What stands in its foyer.json. */
  readonly settings?: object;
  /** Sold instead of the example. */
  readonly catalogue?: object;
  /** Set, or with an empty text not set, beside what leads to the studio's Stripe. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** So many times time goes on before a test that waits in vain is told so. */
const leapsMax = 2_000;

/**
 * A whole kiosk with its page in a studio whose Stripe and readers outlive it. Time stands still but while something
 * is waited for; then it goes from one moment that somebody waits for to the next, as soon as all is quiet.
 */
export class StudioKiosk {
  readonly page: TestPage;
  /** Each state of the sale that the screen was told of, in order, with its stage where it has one. */
  readonly screens: string[] = [];
  readonly line: NetworkLine;
  readonly #studio: TestStudio;
  readonly #options: StudioKioskOptions;
  readonly #folder: ReturnType<typeof temporaryFolder>;
  readonly #kiosk: Kiosk;
  #session: ReaderSession;

  private constructor(
    studio: TestStudio,
    options: StudioKioskOptions,
    folder: ReturnType<typeof temporaryFolder>,
    { kiosk, line }: { readonly kiosk: Kiosk; readonly line: NetworkLine },
  ) {
    this.#studio = studio;
    this.#options = options;
    this.#folder = folder;
    this.#kiosk = kiosk;
    this.line = line;
    this.#session = new ReaderSession(studio.server.readers);
    this.page = new TestPage(kiosk, () => this.#newSession());
    this.page.bridge.on('kiosk:changed', (snapshot) => {
      this.#note(snapshot);
    });
  }

  /** Opens the kiosk and loads its page. Resolves when a card can be taken. */
  static async open(studio: TestStudio, options: StudioKioskOptions): Promise<StudioKiosk> {
    const kiosk = await StudioKiosk.start(studio, options, temporaryFolder());
    await kiosk.until(({ cardPayment }) => cardPayment.state === 'ready');
    return kiosk;
  }

  /** Opens the kiosk on a folder that may hold a former one's file, and loads its page. */
  static async start(
    studio: TestStudio,
    options: StudioKioskOptions,
    folder: ReturnType<typeof temporaryFolder>,
  ): Promise<StudioKiosk> {
    const { integration, settings, catalogue, environment } = options;
    const line = await NetworkLine.lay(studio.server.port);
    const inFolder = (name: string, content: object): string => {
      const file = path.join(folder.path, name);
      writeFileSync(file, JSON.stringify(content));
      return file;
    };
    if (settings !== undefined) inFolder('foyer.json', settings);
    const kiosk = await openTestKiosk(folder.path, {
      clock: studio.clock,
      environment: {
        FOYER_STRIPE_SECRET_KEY: trainingSecretKey,
        FOYER_STRIPE_API_BASE: line.url,
        FOYER_STRIPE_LOCATION: studio.location,
        FOYER_STRIPE_READER: frontReader,
        FOYER_STRIPE_INTEGRATION: integration,
        ...(catalogue === undefined
          ? {}
          : { FOYER_CATALOGUE: inFolder('catalogue.json', catalogue) }),
        ...environment,
      },
    });
    const opened = new StudioKiosk(studio, options, folder, { kiosk, line });
    await opened.reload();
    return opened;
  }

  /** Lets time go on until the screen shows this. Resolves with that snapshot, though a later one may have come. */
  async until(holds: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
    let reached: Snapshot | null = null;
    const waiting = this.page.until(holds).then((snapshot) => {
      reached = snapshot;
      return snapshot;
    });
    await this.#pass(() => reached !== null);
    return waiting;
  }

  /** Lets time go on until one of these states, or stages, is on the screen. */
  untilState(...states: string[]): Promise<Snapshot> {
    return this.until(({ sale }) => states.includes(sale?.stage ?? sale?.state ?? 'none'));
  }

  /** Lets time go on until a question to anybody has this answer. */
  async untilTrue(ask: () => Promise<boolean>): Promise<void> {
    for (let leaps = 0; leaps < leapsMax; leaps += 1) {
      await quiet(() => false);
      if (await ask()) return;
      this.#studio.clock.leap();
    }
    throw new Error(`This never came true; the screen went ${this.screens.join(', ')}.`);
  }

  /** Lets that much time go by, and everything happen that is due in it. */
  async pass(ms: number): Promise<void> {
    const { clock } = this.#studio;
    const endMs = clock.monotonicMs() + ms;
    const end = new AbortController();
    void clock.sleep(ms, end.signal);
    await this.#pass(() => clock.monotonicMs() >= endMs);
    await quiet(() => false);
  }

  async #pass(isOver: () => boolean): Promise<void> {
    for (let leaps = 0; leaps < leapsMax; leaps += 1) {
      await quiet(isOver);
      if (isOver()) return;
      this.#studio.clock.leap();
    }
    throw new Error(`That never came; the screen went ${this.screens.join(', ')}.`);
  }

  /** Chooses, confirms, and waits for the reader to ask for the card. */
  async buy(itemId = 'evening-flow'): Promise<string> {
    const saleId = await this.page.buy(itemId);
    await this.untilState('awaiting_card');
    return saleId;
  }

  /** The customer holds a card to the front reader, which asks for one. */
  present(testPaymentMethod: string, readerId: string = frontReader): void {
    const presented = this.#studio.server.readers.present(readerId, testPaymentMethod);
    if (presented.kind !== 'presented') throw new Error(`The card was refused: ${presented.why}.`);
  }

  /** The customer presses cancel on the reader itself. */
  cancelOnReader(): void {
    if (this.#options.integration === 'sdk') this.#session.cancelOnReader();
    else if (!this.#studio.server.readers.cancelOnReader(frontReader)) {
      throw new Error('The reader shows no cancel button.');
    }
  }

  /** What a page load does; what the former page held is gone. */
  async reload(): Promise<void> {
    this.#note(await this.page.load());
  }

  /**
   * As a power cut would: what is on disk now is all that is left, and nothing more is heard of this kiosk. Another
   * one begins with it after `awayMs`, while the readers and Stripe go on.
   */
  async restart(awayMs = 0): Promise<StudioKiosk> {
    const left = temporaryFolder();
    cpSync(this.#folder.path, left.path, { recursive: true });
    await this.line.close();
    await this.close();
    const end = new AbortController();
    const away = this.#studio.clock.sleep(awayMs, end.signal);
    let isBack = false;
    void away.then(() => (isBack = true));
    await this.#pass(() => isBack);
    return StudioKiosk.start(this.#studio, this.#options, left);
  }

  async close(): Promise<void> {
    this.page.close();
    this.#session.end();
    await this.#kiosk.close();
    await this.line.close();
    this.#folder.remove();
  }

  #newSession(): ReaderSession {
    this.#session.end();
    this.#session = new ReaderSession(this.#studio.server.readers);
    return this.#session;
  }

  #note({ sale }: Snapshot): void {
    const word = sale?.stage ?? sale?.state ?? 'none';
    if (this.screens.at(-1) !== word) this.screens.push(word);
  }
}
