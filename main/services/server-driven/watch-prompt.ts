import type { ReaderPrompt } from '../../ports/reader-book.ts';
import type { Nap } from '../nap.ts';
import type { ReaderCalls } from './reader-calls.ts';
import type { ReaderParts } from './reader-parts.ts';
import { endOf, type PromptEnd } from './what-is-on-it.ts';

/** Each look is followed by the next after a second, and after the first quarter of a minute after two. */
const soonMs = 1_000;
const laterMs = 2_000;
const soonLooks = 15;
/** So often the PaymentIntent is read as well: a reader that fell off the network ends nothing by itself. */
const everyNthReadsMoney = 3;

/**
 * Looks at the reader until our prompt on it has come to an end, or `signal` aborts: then null, and at once, because
 * whoever takes the prompt off the reader waits for that. An event only wakes `nap` for the next look. A prompt that
 * another till replaced is noticed with the first look after it.
 */
export async function watchPrompt(
  parts: ReaderParts,
  calls: ReaderCalls,
  prompt: ReaderPrompt,
  { nap, signal }: { readonly nap: Nap; readonly signal: AbortSignal },
): Promise<PromptEnd | null> {
  const isOver = (): boolean => signal.aborted;
  signal.addEventListener('abort', () => nap.wake(), { once: true });
  nap.begin();
  for (let looks = 0; !isOver(); looks += 1) {
    await nap.sleep(looks < soonLooks ? soonMs : laterMs);
    if (isOver()) break;
    // For what an event tells of from here on, this look may come too early.
    nap.begin();
    const seen = await calls.look(prompt.readerId, signal);
    if (isOver()) break;
    const end = seen.kind === 'done' ? endOf(prompt, seen.value) : null;
    if (end !== null) return end;
    if (looks % everyNthReadsMoney !== everyNthReadsMoney - 1) continue;
    const isCharged = await chargedMeanwhile(parts, prompt, signal);
    if (isCharged && !isOver()) return { kind: 'charged' };
  }
  return null;
}

/** The money has moved although the reader tells of nothing. */
async function chargedMeanwhile(
  { payments, reach }: ReaderParts,
  prompt: ReaderPrompt,
  signal: AbortSignal,
): Promise<boolean> {
  const answer = await payments.read(prompt.paymentIntentId, signal);
  reach.heard(answer);
  if (answer.kind !== 'done') return false;
  const { status } = answer.value.paymentIntent;
  return status === 'requires_capture' || status === 'succeeded';
}
