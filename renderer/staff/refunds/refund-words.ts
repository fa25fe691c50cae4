import type { RefundStateView, RefundView } from '../../../preload/contract/refunds.ts';
import type { Say } from '../../text/text.ts';
import { plainWord } from '../plain-words.ts';

const tones = {
  asked: 'idle',
  presenting: 'idle',
  processing: 'idle',
  finding_out: 'watch',
  pending: 'idle',
  succeeded: 'good',
  failed: 'bad',
  refused: 'watch',
  canceled: 'idle',
} as const satisfies Readonly<Record<RefundStateView, string>>;

/** How a refund stands, in plain words, with why where it came to nothing. */
export function refundWords(
  t: Say,
  { state, problem }: Pick<RefundView, 'state' | 'problem'>,
): { readonly text: string; readonly tone: 'good' | 'watch' | 'bad' | 'idle' } {
  const text = t(`desk.refunds.state.${state}`);
  const isOver = state === 'failed' || state === 'refused' || state === 'canceled';
  const why = isOver && problem !== null ? plainWord(t, 'desk.refunds.word', problem) : null;
  return { text: why === null ? text : `${text} (${why})`, tone: tones[state] };
}

/** True while it has not come to an end. */
export function isOnItsWay({ state }: Pick<RefundView, 'state'>): boolean {
  switch (state) {
    case 'asked':
    case 'presenting':
    case 'processing':
    case 'finding_out':
    case 'pending':
      return true;
    case 'succeeded':
    case 'failed':
    case 'refused':
    case 'canceled':
      return false;
  }
}

/** True where Stripe can be asked what has become of it. */
export function mayCheck({ state }: Pick<RefundView, 'state'>): boolean {
  return state !== 'refused' && state !== 'canceled' && state !== 'presenting';
}

/** True while the prompt for the card can be taken off the reader. */
export function mayStop({ way, state }: Pick<RefundView, 'way' | 'state'>): boolean {
  return way === 'in_person' && (state === 'asked' || state === 'presenting');
}
