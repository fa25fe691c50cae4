import { invalidRequest } from '../api-error.ts';
import type { Endpoint } from '../api/endpoint.ts';
import type { Params } from '../form/params.ts';
import { find } from '../moves/find.ts';
import { armFault, disarmFaults } from '../terminal/arm-fault.ts';
import {
  parseServerDrivenFault,
  type ServerDrivenFault,
  serverDrivenFaults,
} from '../terminal/server-driven-fault.ts';

const path = '/v1/test_helpers/training/readers/:id/faults';
const returns = { object: 'terminal.reader', list: false } as const;

const arm: Endpoint = {
  method: 'POST',
  path,
  returns,
  prepare: ({ params, id }) => {
    const fault = readFault(params);
    return (ledger) => {
      find(ledger.readers, 'reader', id);
      armFault(ledger, fault, id);
      return find(ledger.readers, 'reader', id);
    };
  },
};

const disarm: Endpoint = {
  method: 'DELETE',
  path,
  returns,
  prepare:
    ({ id }) =>
    (ledger) => {
      find(ledger.readers, 'reader', id);
      disarmFaults(ledger, id);
      return find(ledger.readers, 'reader', id);
    },
};

function readFault(params: Params): ServerDrivenFault {
  const kind = params.required('kind', params.text('kind'));
  const given = {
    arrives: params.boolean('arrives'),
    authorized: params.boolean('authorized'),
    byMs: params.integer('by_ms'),
    extraMs: params.integer('extra_ms'),
    forMs: params.integer('for_ms'),
  };
  const fields = Object.entries(given).filter(([, value]) => value !== undefined);
  const fault = parseServerDrivenFault({ kind, ...Object.fromEntries(fields) });
  if (fault === null) {
    throw invalidRequest(`This is no mishap of training mode. Use one of: ${mishaps.join('; ')}.`, {
      param: 'kind',
    });
  }
  return fault;
}

const names: Readonly<Record<string, string>> = {
  byMs: 'by_ms',
  extraMs: 'extra_ms',
  forMs: 'for_ms',
};

/** Each mishap with the parameters it needs, for the sentence of a refusal. */
const mishaps = serverDrivenFaults.map(({ shape }) => {
  const { kind, ...fields } = shape;
  const needed = Object.keys(fields).map((name) => names[name] ?? name);
  return needed.length === 0 ? kind.value : `${kind.value} (${needed.join(', ')})`;
});

/** Training mode's own: Stripe has no such address. */
export const trainingFaultEndpoints: readonly Endpoint[] = [arm, disarm];
