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
  /** Ends what is under way when the kiosk closes. */
  readonly signal: AbortSignal;
}

type Register = Parameters<ReaderRegistry['register']>[0];
type Rename = Parameters<ReaderRegistry['rename']>[0];

/** Everything staff do with readers, put together: see the parts for the rules. */
export class ReaderKeeping {
  readonly #options: ReaderKeepingOptions;
  readonly #choosing: ReaderChoosing;
  readonly #registry: ReaderRegistry | null;
  readonly #freeing: ReaderFreeing | null;

  constructor(options: ReaderKeepingOptions) {
    const { readers } = options;
    this.#options = options;
    this.#choosing = new ReaderChoosing(options);
    this.#registry = readers === null ? null : new ReaderRegistry({ ...options, readers });
    this.#freeing = readers === null ? null : new ReaderFreeing({ ...options, readers });
  }

  list(): Promise<ReaderList> {
    return listReaders(this.#options, this.#options.signal);
  }

  async register(request: Register): Promise<KeepingAnswer> {
    return (await this.#registry?.register(request, this.#options.signal)) ?? notHere;
  }

  async rename(request: Rename): Promise<KeepingAnswer> {
    return (await this.#registry?.rename(request, this.#options.signal)) ?? notHere;
  }

  async deregister(request: {
    readonly readerId: ReaderId;
    readonly by: string;
  }): Promise<KeepingAnswer> {
    return (await this.#registry?.deregister(request, this.#options.signal)) ?? notHere;
  }

  async createLocation(request: TypedLocation & { readonly by: string }): Promise<KeepingAnswer> {
    return (await this.#registry?.createLocation(request, this.#options.signal)) ?? notHere;
  }

  choose(request: ChooseRequest): Promise<KeepingAnswer> {
    return this.#choosing.choose(request, this.#options.signal);
  }

  use(role: 'main' | 'spare', by: string): KeepingAnswer {
    return this.#choosing.use(role, by);
  }

  async check(id: ReaderId): Promise<ReaderCheck> {
    return (
      (await this.#freeing?.check(id, this.#options.signal)) ?? {
        result: 'not_reached',
        use: null,
        sentence: noReaders,
      }
    );
  }

  async free(request: FreeRequest): Promise<KeepingAnswer> {
    return (await this.#freeing?.free(request, this.#options.signal)) ?? notHere;
  }
}

const notHere = refusal(noReaders);
