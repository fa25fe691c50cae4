import { locationId, type ReaderId } from '../domain/ids.ts';
import type { Answer } from '../ports/payments-api.ts';
import type {
  LocationFacts,
  ReaderFacts,
  ReaderListApi,
  ReadersApi,
} from '../ports/readers-api.ts';

const notSupported = {
  kind: 'refused',
  status: 0,
  code: 'not_supported',
  requestId: undefined,
} as const;

function refuse(): Promise<typeof notSupported> {
  return Promise.resolve(notSupported);
}

/**
 * Readers that can be listed and kept, and not be led: one is read by looking for it in the list, and everything with
 * which main would lead it is refused. The one location is the system's own, under the name of the studio.
 */
export function listedReaders(list: ReaderListApi, studioName: string): ReadersApi {
  const location: LocationFacts = {
    id: locationId('tml_of_this_studio'),
    name: studioName,
    country: '',
    city: null,
  };
  return {
    list: (signal) => list.list(signal),
    register: (request, key, signal) => list.register(request, key, signal),
    rename: (id, label, key, signal) => list.rename(id, label, key, signal),
    deregister: (id, signal) => list.deregister(id, signal),
    read: async (id, signal) => found(id, await list.list(signal)),
    listLocations: () => Promise.resolve({ kind: 'done', value: [location], requestId: undefined }),
    createLocation: refuse,
    processPaymentIntent: refuse,
    collectPaymentMethod: refuse,
    confirmPaymentIntent: refuse,
    processSetupIntent: refuse,
    refundPayment: refuse,
    cancelAction: refuse,
    setReaderDisplay: refuse,
  };
}

function found(id: ReaderId, listed: Answer<readonly ReaderFacts[]>): Answer<ReaderFacts> {
  if (listed.kind !== 'done') return listed;
  const reader = listed.value.find((one) => one.id === id);
  if (reader === undefined) return { ...notSupported, status: 404, code: 'resource_missing' };
  return { ...listed, value: reader };
}
