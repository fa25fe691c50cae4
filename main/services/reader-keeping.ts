import type { ReaderId } from '../domain/ids.ts';
import type { ReadersApi } from '../ports/readers-api.ts';
import { type KeepingAnswer, refusal } from './keeping-answer.ts';
import type { TypedLocation } from './location-address.ts';
import {
  type ChooseRequest,
  ReaderChoosing,
  type ReaderChoosingOptions,
} from './reader-choosing.ts';
import {
  type FreeRequest,
  type ReaderCheck,
  ReaderFreeing,
  type ReaderFreeingOptions,
} from './reader-freeing.ts';
import { listReaders, noReaders, type ReaderList, type ReaderListOptions } from './reader-list.ts';
import { ReaderRegistry, type ReaderRegistryOptions } from './reader-registry.ts';

type Around = Omit<ReaderChoosingOptions, 'readers'> &
  Omit<ReaderFreeingOptions, 'readers'> &
  Omit<ReaderListOptions, 'readers'> &
  Omit<ReaderRegistryOptions, 'readers'>;

export interface ReaderKeepingOptions extends Around {
  /** Null where the system behind the kiosk can neither tell of readers nor lead them: then only the SDK is there. */
  readonly readers: ReadersApi | null;
}

type Register = Parameters<ReaderRegistry['register']>[0];
type Rename = Parameters<ReaderRegistry['rename']>[0];
type Deregister = Parameters<ReaderRegistry['deregister']>[0];

/** Everything staff do with readers, put together: see the parts for the rules. */
export class ReaderKeeping {
  readonly #options: ReaderKeepingOptions;
  readonly #choosing: ReaderChoosing;
  readonly #registry: ReaderRegistry | null;
  readonly #freeing: ReaderFreeing | null;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  constructor(options: ReaderKeepingOptions) {
    const { readers } = options;
    this.#options = options;
    this.#choosing = new ReaderChoosing(options);
    this.#registry = readers === null ? null : new ReaderRegistry({ ...options, readers });
    this.#freeing = readers === null ? null : new ReaderFreeing({ ...options, readers });
  }

  list(): Promise<ReaderList> {
    return this.#run((signal) => listReaders(this.#options, signal));
  }

  register(request: Register): Promise<KeepingAnswer> {
    return this.#ask((registry, signal) => registry.register(request, signal));
  }

  rename(request: Rename): Promise<KeepingAnswer> {
    return this.#ask((registry, signal) => registry.rename(request, signal));
  }

  deregister(request: Deregister): Promise<KeepingAnswer> {
    return this.#ask((registry, signal) => registry.deregister(request, signal));
  }

  createLocation(request: TypedLocation & { readonly by: string }): Promise<KeepingAnswer> {
    return this.#ask((registry, signal) => registry.createLocation(request, signal));
  }

  choose(request: ChooseRequest): Promise<KeepingAnswer> {
    return this.#run((signal) => this.#choosing.choose(request, signal));
  }

  use(role: 'main' | 'spare', by: string): KeepingAnswer {
    return this.#choosing.use(role, by);
  }

  check(id: ReaderId): Promise<ReaderCheck> {
    const freeing = this.#freeing;
    if (freeing === null) return Promise.resolve(notRead);
    return this.#run((signal) => freeing.check(id, signal));
  }

  free(request: FreeRequest): Promise<KeepingAnswer> {
    const freeing = this.#freeing;
    if (freeing === null) return Promise.resolve(notHere);
    return this.#run((signal) => freeing.free(request, signal));
  }

  /** Gives up what is under way, and waits for it: nothing is written afterwards. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#running);
  }

  #ask(
    work: (registry: ReaderRegistry, signal: AbortSignal) => Promise<KeepingAnswer>,
  ): Promise<KeepingAnswer> {
    const registry = this.#registry;
    if (registry === null) return Promise.resolve(notHere);
    return this.#run((signal) => work(registry, signal));
  }

  async #run<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    const running = work(this.#closing.signal);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }
}

const notHere = refusal(noReaders);
const notRead: ReaderCheck = { result: 'not_reached', use: null, sentence: noReaders };
