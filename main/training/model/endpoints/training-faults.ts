import type { Endpoint } from '../api/endpoint.ts';
import { find } from '../moves/find.ts';
import { armFault, disarmFaults } from '../terminal/arm-fault.ts';
import { readFault } from './read-fault.ts';

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

/** Training mode's own: Stripe has no such address. */
export const trainingFaultEndpoints: readonly Endpoint[] = [arm, disarm];
