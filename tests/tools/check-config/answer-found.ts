import type { Answer } from '../../../main/ports/payments-api.ts';
import type { Finding } from './finding.ts';

/** A system's name where a sentence begins. */
export function answered(system: string): string {
  return `${system.charAt(0).toUpperCase()}${system.slice(1)}`;
}

/** What an answer says of the system's address and of this credential, in a sentence. */
export function answerFound(system: string, field: string, answer: Answer<unknown>): Finding {
  const name = answered(system);
  const found = (level: Finding['level'], sentence: string): Finding => ({
    level,
    file: null,
    field,
    sentence: `${name} ${sentence}`,
  });
  switch (answer.kind) {
    case 'done':
      return found('fine', `answers, and ${field} suffices.`);
    case 'denied':
      return answer.status === 401
        ? found(
            'problem',
            `answers, but does not know this credential (401). Put a new one under ${field}.`,
          )
        : found(
            'problem',
            `answers, but the credential may not do this (${String(answer.status)}). Give it the right to, where it was made.`,
          );
    case 'refused':
      return found(
        'problem',
        `answers, but refuses what it was asked (${String(answer.status)}, ${answer.code}). Check ${field}.`,
      );
    case 'busy':
    case 'uncertain':
      return found(
        'problem',
        `has a fault of its own (${String(answer.status)}). Try again later.`,
      );
    case 'unanswered':
      return answer.code === 'not_understood'
        ? found(
            'problem',
            'answers, but not as it should: the address may be of something else, or a page to sign in stands in between. Check the address.',
          )
        : found('problem', 'does not answer. Check the address and the network.');
  }
}
