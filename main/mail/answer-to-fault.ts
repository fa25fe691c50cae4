import type { MailAnswer } from '../ports/mailer.ts';

/** Replies to RCPT TO that speak of the login, not of the receiver: https://www.rfc-editor.org/rfc/rfc4954#section-6 */
const loginReplies = [530, 534, 535, 538];

/** 503 tells of the conversation's order, so that the same letter may pass on another connection. */
const badSequence = 503;

/**
 * What a fault of the library's says of the letter. Only a lasting no to the receiver or to the content is the letter's
 * own; one to the login or the sender is mended in the settings, and the letter then goes.
 */
export function answerToFault(error: unknown): MailAnswer {
  const { code, command, responseCode } = fieldsOf(error);
  const reply = typeof responseCode === 'number' ? responseCode : null;
  const fault = typeof code === 'string' ? code : 'unknown';
  return {
    kind: isTheLetters(reply, fault, command) ? 'refused' : 'unanswered',
    code: reply === null ? fault : String(reply),
  };
}

function isTheLetters(reply: number | null, fault: string, command: unknown): boolean {
  if (reply === null) return fault === 'EENVELOPE' || fault === 'EMESSAGE';
  if (reply < 500 || reply === badSequence || loginReplies.includes(reply)) return false;
  return command === 'RCPT TO' || command === 'DATA';
}

function fieldsOf(error: unknown): Readonly<Record<'code' | 'command' | 'responseCode', unknown>> {
  const told = typeof error === 'object' ? error : null;
  return { code: undefined, command: undefined, responseCode: undefined, ...told };
}
