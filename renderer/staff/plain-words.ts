import { isPlainKey, type Say } from '../text/text.ts';

/** A word of main's or Stripe's in plain words; a word the table lacks stays as it is. */
export function plainWord(
  t: Say,
  room: 'desk.word' | 'desk.event' | 'desk.answer.code' | 'desk.refunds.word',
  word: string,
): string {
  const key = `${room}.${word}`;
  return isPlainKey(key) ? t(key) : word;
}

/** Several of them, such as `requires_payment_method insufficient_funds`. */
export function plainWords(
  t: Say,
  words: string,
  room: 'desk.word' | 'desk.refunds.word' = 'desk.word',
): string {
  return words
    .split(' ')
    .map((word) => plainWord(t, room, word))
    .join(', ');
}

/** The queue's last answer, such as `unanswered no_answer`. */
export function answerWords(t: Say, answer: string): string {
  const [outcome = '', ...codes] = answer.split(' ');
  const key = `desk.answer.${outcome}`;
  const said = isPlainKey(key) ? t(key) : outcome;
  const code = codes.map((one) => plainWord(t, 'desk.answer.code', one)).join(' ');
  return code === '' ? said : `${said}: ${code}`;
}
