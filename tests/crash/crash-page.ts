import type { Kiosk } from '../../main/kiosk.ts';
import { done } from '../../main/ipc/router.ts';
import { trainingCallRequest } from '../../preload/contract/training.ts';
import { TestPage } from '../support/kiosk-bench.ts';
import type { ReaderLine } from './reader-line.ts';

/**
 * A page of a kiosk that is not in training mode, whose SDK is the simulated one all the same: its reader is reached
 * over a line of its own. What a page asked before it went away is answered to nobody.
 */
export class CrashPage {
  readonly page: TestPage;
  readonly #number: number;
  #isGone = false;

  constructor(kiosk: Kiosk, line: ReaderLine, number: number) {
    this.#number = number;
    this.page = new TestPage({
      ...kiosk,
      ask: async (channel, request) => {
        await this.#mustBeThere();
        const answer = await (channel === 'training:call'
          ? this.#atReader(line, request)
          : kiosk.ask(channel, request));
        await this.#mustBeThere();
        return answer;
      },
      on: (listener) => {
        const stop = [
          kiosk.on(listener),
          line.onEvent((event) => {
            if (!this.#isGone) listener('training:happened', event);
          }),
        ];
        return () => {
          for (const each of stop) each();
        };
      },
    });
  }

  get number(): number {
    return this.#number;
  }

  /** The page goes away, as at a reload. */
  leave(): void {
    this.#isGone = true;
    this.page.close();
  }

  /** Never resolves in a page that is gone. */
  #mustBeThere(): Promise<void> {
    return this.#isGone ? new Promise(() => undefined) : Promise.resolve();
  }

  async #atReader(line: ReaderLine, request: unknown): ReturnType<Kiosk['ask']> {
    const { method, params } = trainingCallRequest.parse(request);
    return done(await line.call(this.#number, method, params));
  }
}
