import { faultMessage } from '../domain/fault-message.ts';
import { EventStream, type EventStreamOptions, type NotListed } from './event-stream.ts';
import { Nap } from './nap.ts';
import { chanceOf, pollDelayMs } from './poll-delay.ts';

export interface EventPollerOptions extends EventStreamOptions {
  /** A sale is under way: what others do to it should be known soon. */
  readonly isBusy: () => boolean;
  /** From 0 up to 1 for a round, so that kiosks of one account drift apart; by the kiosk's name unless given. */
  readonly random?: (round: number) => number;
}

export type EventPollerState = 'not_tried' | 'following' | 'away';

/** Follows the account's events, a round every 2 s during a sale and every 30 s else, until `close`. */
export class EventPoller {
  readonly #options: EventPollerOptions;
  readonly #stream: EventStream;
  readonly #closing = new AbortController();
  readonly #nap: Nap;
  #loop: Promise<void> | null = null;
  #state: EventPollerState = 'not_tried';
  #lastSuccessAtMs: number | null = null;
  #rounds = 0;
  #failures = 0;

  constructor(options: EventPollerOptions) {
    this.#options = options;
    this.#stream = new EventStream(options);
    this.#nap = new Nap(options.clock);
  }

  get state(): EventPollerState {
    return this.#state;
  }

  /** When a round last came to its end, epoch milliseconds; null before the first. */
  get lastSuccessAtMs(): number | null {
    return this.#lastSuccessAtMs;
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** A sale has begun, or the network is back: the next round may be due sooner than was thought. */
  wake(): void {
    this.#nap.wake();
  }

  /** Gives up the call under way and waits for what is being stored. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.wake();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      await this.#round();
      await this.#napUntilDue(this.#options.clock.monotonicMs());
    }
  }

  async #round(): Promise<void> {
    const { clock, log } = this.#options;
    this.#rounds += 1;
    try {
      const outcome = await this.#stream.follow(this.#closing.signal);
      if (this.#closing.signal.aborted) return;
      if (outcome.kind === 'followed') {
        this.#state = 'following';
        this.#failures = 0;
        this.#lastSuccessAtMs = clock.nowMs();
        return;
      }
      this.#failed(outcome.kind, codeOf(outcome));
    } catch (error) {
      const why = faultMessage(error);
      log.write('error', 'events.fault', { why });
      this.#failed('fault', 'fault');
    }
  }

  /** Told once for a row of failures: a kiosk without network must not fill its log. */
  #failed(outcome: string, code: string): void {
    if (this.#failures === 0)
      this.#options.log.write('warn', 'events.not_listed', { outcome, code });
    this.#failures += 1;
    this.#state = 'away';
  }

  /** Woken, it looks again how long the nap is: a sale may have begun meanwhile. */
  async #napUntilDue(sinceMs: number): Promise<void> {
    const { clock, isBusy, kioskId, random } = this.#options;
    const chance = random?.(this.#rounds) ?? chanceOf(kioskId, this.#rounds);
    for (;;) {
      const delayMs = pollDelayMs({ isBusy: isBusy(), failures: this.#failures, chance });
      const leftMs = sinceMs + delayMs - clock.monotonicMs();
      if (this.#closing.signal.aborted || leftMs <= 0) return;
      this.#nap.begin();
      await this.#nap.sleep(leftMs);
    }
  }
}

function codeOf(answer: NotListed): string {
  return 'code' in answer ? answer.code : String(answer.status);
}
