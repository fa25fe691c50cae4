import type { CallRecord } from '../ports/ledger.ts';
import type { Answer } from '../ports/payments-api.ts';

/** What of an answer belongs to a sale's history. */
export function callRecord(answer: Answer<unknown>, durationMs: number): CallRecord {
  return {
    outcome: answer.kind,
    status: 'status' in answer ? answer.status : null,
    code: 'code' in answer ? answer.code : null,
    requestId: 'requestId' in answer ? (answer.requestId ?? null) : null,
    durationMs,
  };
}
