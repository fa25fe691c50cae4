import type { KioskChild } from './kiosk-child.ts';
import type { KioskFile } from './kiosk-file.ts';
import type { FromKiosk, OpenOrder, Shown } from './messages.ts';
import type { World } from './world.ts';

/** How long one life of a kiosk may take before it counts as stuck, in milliseconds of the machine. */
const lifeLimitMs = 30_000;

export interface LifeEnd {
  readonly points: number;
  readonly killedAt: string | null;
  readonly shown: readonly Shown[];
  readonly mishaps: readonly string[];
}

export interface KioskLifeOptions {
  readonly child: KioskChild;
  readonly world: World;
  readonly file: KioskFile;
}

/** One opening of the kiosk, from its order to its end: it is killed, or nothing of ours is open and it is closed. */
export class KioskLife {
  readonly #options: KioskLifeOptions;
  readonly #shown: Shown[] = [];
  readonly #mishaps: string[] = [];
  readonly #over = Promise.withResolvers<'drained' | 'failed'>();
  readonly #closed = Promise.withResolvers<readonly string[]>();
  readonly #pages = new Set<number>();
  readonly #name = `kiosk-${(lives += 1)}`;
  #isOpen = false;
  #customersAreGone: boolean;

  constructor(options: KioskLifeOptions) {
    this.#options = options;
    this.#customersAreGone = false;
  }

  get child(): KioskChild {
    return this.#options.child;
  }

  /** Resolves when the life is over. A kiosk that neither dies nor drains in its time is ended, and that is told. */
  async live(order: OpenOrder): Promise<LifeEnd> {
    const { child, world } = this.#options;
    child.listen((message) => {
      this.#hear(message);
    });
    world.tellOfReader((event) => {
      child.send({ kind: 'reader_happened', event });
    });
    child.send({ kind: 'open', order });
    const limit = setTimeout(() => {
      this.#mishaps.push('it did not come to an end: something of ours stays open');
      this.#over.resolve('failed');
    }, lifeLimitMs);
    try {
      const first = await Promise.race([child.died, this.#over.promise]);
      if (first === 'drained') {
        child.send({ kind: 'close' });
        const end = await Promise.race([child.died, this.#closed.promise]);
        if (!('isKill' in end)) return this.#end(end.length, null);
      }
      if (first === 'failed') await child.end();
      const death = await child.died;
      if (!death.isKill && first !== 'failed') {
        this.#mishaps.push(`the process died by itself: ${death.complaints}`);
      }
      const [number = ''] = death.at.split(' ', 1);
      return this.#end(Number(number), death.at === '' ? 'killed for being stuck' : death.at);
    } finally {
      clearTimeout(limit);
      for (const page of this.#pages) world.reader.hangUp(this.#session(page));
      world.tellOfReader(() => undefined);
    }
  }

  #end(points: number, killedAt: string | null): LifeEnd {
    return { points, killedAt, shown: this.#shown, mishaps: this.#mishaps };
  }

  #hear(message: FromKiosk): void {
    const { child, world } = this.#options;
    switch (message.kind) {
      case 'ready':
        break;
      case 'opened':
        this.#isOpen = true;
        if (message.mode !== 'test') this.#mishaps.push(`the kiosk opened ${message.mode}`);
        this.#look();
        break;
      case 'reader_called': {
        const { id, page, method, params } = message;
        this.#pages.add(page);
        void world.reader.call(this.#session(page), method, params).then((answer) => {
          child.send({ kind: 'reader_answered', id, answer });
        });
        break;
      }
      case 'page_left':
        world.reader.hangUp(this.#session(message.page));
        break;
      case 'time_jumped':
        world.clock.skip(message.ms);
        break;
      case 'shown':
        this.#shown.push(message.shown);
        break;
      case 'committed':
        this.#look();
        break;
      case 'customers_gone':
        this.#customersAreGone = true;
        this.#mishaps.push(...message.notDone.map((step) => `nobody could ${step}`));
        this.#look();
        break;
      case 'closed':
        this.#closed.resolve(message.points);
        break;
      case 'failed':
        this.#mishaps.push(`the process threw: ${message.why}`);
        this.#over.resolve('failed');
        break;
    }
  }

  /** A life is over when nobody is there and nothing waits. */
  #look(): void {
    if (!this.#isOpen || !this.#customersAreGone) return;
    if (this.#options.file.isDrained()) this.#over.resolve('drained');
  }

  #session(page: number): string {
    return `${this.#name}-page-${page}`;
  }
}

/** How many lives there were: a page of one is no page of another. */
let lives = 0;
