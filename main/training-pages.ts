import type { Envelope } from '../preload/contract/envelope.ts';
import { done, refused } from './ipc/router.ts';
import type { KioskEvents } from './kiosk-events.ts';
import type { TrainingStudio } from './training/training-studio.ts';

/** The pages one after another: to the training studio each is a session of its own. */
export class TrainingPages {
  readonly #studio: TrainingStudio | null;
  #page = 0;

  /** Without a studio, outside training mode, every call is refused. */
  constructor(studio: TrainingStudio | null, events: KioskEvents) {
    this.#studio = studio;
    studio?.onEvent((session, event) => {
      if (session === this.#session) events.tell('training:happened', event);
    });
  }

  get #session(): string {
    return `page-${this.#page}`;
  }

  /** A page was loaded: what the former one held at the reader ends. */
  turn(): void {
    this.#studio?.endSession(this.#session);
    this.#page += 1;
  }

  async call(call: {
    readonly method: string;
    readonly params: unknown;
  }): Promise<Envelope<unknown>> {
    if (this.#studio === null) return refused('bad_request');
    return done(await this.#studio.call(this.#session, call.method, call.params));
  }
}
