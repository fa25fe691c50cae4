import type { Answer } from '../../main/ports/payments-api.ts';

/** What was answered. Fails the test where nothing was. */
export function valueOf<Value>(answer: Answer<Value>): Value {
  if (answer.kind !== 'done') throw new Error(`No value: ${JSON.stringify(answer)}`);
  return answer.value;
}
