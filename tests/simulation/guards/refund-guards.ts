import type { Guard } from './guard.ts';

/** Money given back: once for each request, and never more than came. */
export const refundGuards: readonly Guard[] = [
  {
    name: 'a refund is asked for under a new key at each try',
    promise: 'C1',
    file: 'main/services/refunds/refund-work.ts',
    find: 'const answer = await api.create(request, keyOf(row), signal);',
    replacement: `const tried = row.tries === 0 ? keyOf(row) : \`\${keyOf(row)}\${row.tries}\`;
    const answer = await api.create(request, tried, signal);`,
  },
  {
    name: 'a refund in doubt is asked for anew without a list',
    promise: 'C1',
    file: 'main/domain/refund-transition.ts',
    find: "return refund.state === 'asked' ? look(refund, 0) : ignore('no answer is awaited');",
    replacement: 'return askAnew(refund);',
  },
  {
    name: 'more is given back than is left',
    promise: 'C1',
    file: 'main/domain/given-back.ts',
    find: "return read?.status === 'succeeded' ? Math.max(0, read.amountReceived - givenBackOf(sale)) : 0;",
    replacement: "return read?.status === 'succeeded' ? read.amountReceived : 0;",
  },
  {
    name: 'a refund counts as refused although an earlier try of it may have been made',
    promise: 'C1',
    file: 'main/domain/refund-transition.ts',
    find: "const mayHaveBeenMade = wasRepeated || refund.unanswered > 0 || code === 'idempotency_error';",
    replacement: "const mayHaveBeenMade = wasRepeated && code === 'idempotency_error';",
  },
  {
    name: 'what a reader gave back is called not given back',
    promise: 'C1',
    file: 'main/domain/refund-transition.ts',
    find: "    case 'ended':\n      return findOut({ ...refund, attempt: next.attempt });",
    replacement: `    case 'ended':
      return move(refund, { state: 'canceled', problem: 'unknown', attempt: null });`,
  },
];
