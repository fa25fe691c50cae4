import type { Endpoint } from '../api/endpoint.ts';
import { issueConnectionToken } from '../moves/connection-tokens.ts';

/** https://docs.stripe.com/api/terminal/connection_tokens */
export const connectionTokenEndpoints: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/terminal/connection_tokens',
    returns: { object: 'terminal.connection_token', list: false },
    prepare: ({ params }) => {
      const location = params.text('location');
      return (ledger) => issueConnectionToken(ledger, location);
    },
  },
];
