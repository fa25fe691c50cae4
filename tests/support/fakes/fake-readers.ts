import { type LocationId, locationId, type ReaderId, readerId } from '../../../main/domain/ids.ts';
import type { PromptObject } from '../../../main/ports/reader-book.ts';
import type { Answer } from '../../../main/ports/payments-api.ts';
import type {
  LocationFacts,
  ReaderAction,
  ReaderFacts,
  ReadersApi,
} from '../../../main/ports/readers-api.ts';
import { done, refused } from './fake-payments.ts';

export const deskReader = readerId('tmr_desk');
export const doorReader = readerId('tmr_door');
export const harbour = locationId('tml_harbour');

export function aReader(changes: Partial<ReaderFacts> = {}): ReaderFacts {
  return {
    id: deskReader,
    label: 'Front desk',
    deviceType: 'stripe_s700',
    serialNumber: 'S700-0001',
    locationId: harbour,
    status: 'online',
    lastSeenAtMs: 1_000,
    software: '2.42.0',
    action: null,
    ...changes,
  };
}

/** A prompt that waits for a card, with what a test says of it. */
export function anAction(
  object: PromptObject | null,
  changes: Partial<ReaderAction> = {},
): ReaderAction {
  return {
    kind: 'process_payment_intent',
    status: 'in_progress',
    object,
    failureCode: null,
    failureMessage: null,
    hasCard: false,
    ...changes,
  };
}

type Call = keyof ReadersApi;

/** Readers that can be read and kept; nothing can be put on one. An answer that is written for a call goes before. */
export class FakeReaders implements ReadersApi {
  readonly sent: { readonly call: Call; readonly what: unknown; readonly key: string | null }[] =
    [];
  readonly readers = new Map<ReaderId, ReaderFacts>();
  locations: readonly LocationFacts[] = [
    { id: harbour, name: 'Harbour Street', country: 'US', city: 'Portland' },
  ];
  /** Runs once, right after a reader was read: what others do between a look and an act. */
  afterRead: () => void = () => undefined;
  readonly #answers = new Map<Call, Answer<never>>();

  constructor(...readers: readonly ReaderFacts[]) {
    for (const reader of readers) this.readers.set(reader.id, reader);
  }

  /** The answer to the next call of this kind; nothing is changed by it. */
  next(call: Call, answer: Answer<never>): void {
    this.#answers.set(call, answer);
  }

  /** What is on a reader from now on. */
  put(id: ReaderId, action: ReaderAction | null): void {
    this.readers.set(id, aReader({ ...this.readers.get(id), action }));
  }

  read: ReadersApi['read'] = async (id) => {
    const answer = await this.#take('read', id, null, () => this.#found(id));
    const then = this.afterRead;
    this.afterRead = () => undefined;
    then();
    return answer;
  };
  list: ReadersApi['list'] = () =>
    this.#take('list', null, null, () => done([...this.readers.values()]));
  listLocations: ReadersApi['listLocations'] = () =>
    this.#take('listLocations', null, null, () => done(this.locations));
  register: ReadersApi['register'] = (request, key) =>
    this.#take('register', request, key, () => {
      const id = readerId(`tmr_${request.code.replaceAll('-', '_')}`);
      return this.#keep(aReader({ ...request, id }));
    });
  rename: ReadersApi['rename'] = (id, label, key) =>
    this.#take('rename', { id, label }, key, () => this.#change(id, { label }));
  deregister: ReadersApi['deregister'] = (id) =>
    this.#take('deregister', id, null, () => {
      this.readers.delete(id);
      return done(null);
    });
  createLocation: ReadersApi['createLocation'] = (request, key) =>
    this.#take('createLocation', request, key, () => {
      const { name, address } = request;
      const location = {
        id: locationId('tml_new') satisfies LocationId,
        name,
        country: address.country,
        city: address.city,
      };
      this.locations = [...this.locations, location];
      return done(location);
    });
  cancelAction: ReadersApi['cancelAction'] = (id) =>
    this.#take('cancelAction', id, null, () => this.#change(id, { action: null }));
  processPaymentIntent: ReadersApi['processPaymentIntent'] = (id, _intent, _config, key) =>
    this.#take('processPaymentIntent', id, key, notHere);
  collectPaymentMethod: ReadersApi['collectPaymentMethod'] = (id, _intent, _config, key) =>
    this.#take('collectPaymentMethod', id, key, notHere);
  confirmPaymentIntent: ReadersApi['confirmPaymentIntent'] = (id, _intent, key) =>
    this.#take('confirmPaymentIntent', id, key, notHere);
  processSetupIntent: ReadersApi['processSetupIntent'] = (id, _intent, _config, key) =>
    this.#take('processSetupIntent', id, key, notHere);
  refundPayment: ReadersApi['refundPayment'] = (id, _refund, _config, key) =>
    this.#take('refundPayment', id, key, notHere);
  setReaderDisplay: ReadersApi['setReaderDisplay'] = ({ id }) =>
    this.#take('setReaderDisplay', id, null, notHere);

  /** Which calls left, in order. */
  calls(): readonly Call[] {
    return this.sent.map(({ call }) => call);
  }

  #take<Value>(
    call: Call,
    what: unknown,
    key: string | null,
    usual: () => Answer<Value>,
  ): Promise<Answer<Value>> {
    this.sent.push({ call, what, key });
    const written = this.#answers.get(call);
    this.#answers.delete(call);
    return Promise.resolve(written ?? usual());
  }

  #found(id: ReaderId): Answer<ReaderFacts> {
    const reader = this.readers.get(id);
    return reader === undefined ? refused('resource_missing') : done(reader);
  }

  #change(id: ReaderId, change: Partial<ReaderFacts>): Answer<ReaderFacts> {
    const reader = this.readers.get(id);
    return reader === undefined
      ? refused('resource_missing')
      : this.#keep({ ...reader, ...change });
  }

  #keep(reader: ReaderFacts): Answer<ReaderFacts> {
    this.readers.set(reader.id, reader);
    return done(reader);
  }
}

function notHere(): Answer<never> {
  return refused('not_of_this_fake');
}
