import type { Envelope } from '../preload/contract/envelope.ts';
import { trainerCall } from '../preload/contract/training.ts';
import { done, refused } from './ipc/router.ts';
import type { KioskEvents } from './kiosk-events.ts';
import { Trainer } from './trainer.ts';
import type { TrainingStudio } from './training/training-studio.ts';

/** A call of the page to training mode. */
export interface TrainingCall {
  readonly method: string;
  readonly params: unknown;
}

const trainersMethods: ReadonlySet<string> = new Set(
  trainerCall.options.map(({ shape }) => shape.method.value),
);

/**
 * The pages one after another: to the training studio each is a session of its own. The trainer
 * who stands beside the kiosk stays the same.
 */
export class TrainingPages {
  readonly #studio: TrainingStudio | null;
  readonly #trainer: Trainer | null;
  #page = 0;

  /** Without a studio, outside training mode, every call is refused. */
  constructor(studio: TrainingStudio | null, events: Pick<KioskEvents, 'tell'>) {
    this.#studio = studio;
    this.#trainer = studio === null ? null : new Trainer(studio);
    studio?.onEvent((session, event) => {
      this.#trainer?.seeOfPage(event);
      if (session === this.#session) events.tell('training:happened', event);
    });
    studio?.onScreen((readerId, screen) => {
      this.#trainer?.seeOfServer(readerId, screen);
      events.tell('training:happened', { type: 'reader_screen', readerId, screen });
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

  /** Carries out what the page's SDK or a trainer asks for. Refuses what has not the form of it. */
  async call(call: TrainingCall): Promise<Envelope<unknown>> {
    if (this.#studio === null || this.#trainer === null) return refused('bad_request');
    if (!trainersMethods.has(call.method)) {
      return done(await this.#studio.call(this.#session, call.method, call.params));
    }
    const parsed = trainerCall.safeParse(call);
    return parsed.success ? done(this.#trainer.do(parsed.data)) : refused('bad_request');
  }
}
