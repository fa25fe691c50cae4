import type { ReaderId } from '../../domain/ids.ts';
import type { Answer } from '../../ports/payments-api.ts';
import type { ReaderFacts, ReaderListApi } from '../../ports/readers-api.ts';
import type { MarianaCalls } from './mariana-calls.ts';
import { registerTerminalRequest } from './requests.ts';

interface ListedReader {
  readonly id: ReaderId;
  readonly label: string;
}

/** The readers of one location: Mariana Tek's own, which is not Stripe's. Of a reader it tells id and label, no more. */
export function marianaReaderList(calls: MarianaCalls, location: string): ReaderListApi {
  return {
    list: async (signal) => {
      const answer = await calls.terminalReaders(location, signal);
      return answer.kind === 'done' ? { ...answer, value: answer.value.map(factsOf) } : answer;
    },

    // Done is told without an id. The list from before shows which of several with the same label is the new one.
    register: async ({ code, label }, _key, signal) => {
      const before = await calls.terminalReaders(location, signal);
      if (before.kind !== 'done') return before;
      const request = registerTerminalRequest(location, { code, label });
      const registered = await calls.registerTerminal(request, signal);
      if (registered.kind !== 'done') return registered;
      const after = await calls.terminalReaders(location, signal);
      const found = after.kind === 'done' ? newOne(before.value, after.value, label) : null;
      return found === null ? notTold : { ...registered, value: factsOf(found) };
    },

    rename: async (id, label, _key, signal) => {
      const answer = await calls.updateTerminal(id, label, signal);
      return answer.kind === 'done' ? { ...answer, value: factsOf({ id, label }) } : answer;
    },

    deregister: (id, signal) => calls.deregisterTerminal(id, signal),
  };
}

/** It was registered, and the list does not say which one it is: whoever asked must look there. */
const notTold: Answer<never> = { kind: 'uncertain', status: 204, requestId: undefined };

/** Null where none is, or more than one may be, the one that was just registered. */
function newOne(
  before: readonly ListedReader[],
  after: readonly ListedReader[],
  label: string,
): ListedReader | null {
  const known = new Set(before.map(({ id }) => id));
  const labelled = after.filter((reader) => reader.label === label);
  const added = labelled.filter(({ id }) => !known.has(id));
  // None is new where a reader that was there is registered once more.
  const candidates = added.length === 0 ? labelled : added;
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}

function factsOf({ id, label }: ListedReader): ReaderFacts {
  return {
    id,
    label,
    deviceType: '',
    serialNumber: null,
    locationId: null,
    status: null,
    lastSeenAtMs: null,
    software: null,
    action: null,
  };
}
