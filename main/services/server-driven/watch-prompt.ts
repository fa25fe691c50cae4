import { setupIntentId } from '../../domain/ids.ts';
import type { ReaderPrompt } from '../../ports/reader-book.ts';
import type { Nap } from '../nap.ts';
import { paymentIntentOf } from '../reader-errand.ts';
import type { ReaderCalls } from './reader-calls.ts';
import type { ReaderParts } from './reader-parts.ts';
import { endOf, type PromptEnd } from './what-is-on-it.ts';

/** Each look is followed by the next after a second, and after the first quarter of a minute after two. */
const soonMs = 1_000;
const laterMs = 2_000;
const soonLooks = 15;
/** So often the intent is read as well: a reader that fell off the network ends nothing by itself. */
const everyNthReadsIntent = 3;

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
    if (looks % everyNthReadsIntent !== everyNthReadsIntent - 1) continue;
    const isDone = await doneMeanwhile(parts, prompt, signal);
    if (isDone && !isOver()) return { kind: 'charged' };
  }
  return null;
}

/** The money has moved, or the card is kept, although the reader tells of nothing. What was given back, lists tell. */
async function doneMeanwhile(
  { payments, cards, reach }: ReaderParts,
  { object }: ReaderPrompt,
  signal: AbortSignal,
): Promise<boolean> {
  const paymentIntent = paymentIntentOf(object);
  if (paymentIntent !== null) {
    const answer = await payments.read(paymentIntent, signal);
    reach.heard(answer);
    if (answer.kind !== 'done') return false;
    const { status } = answer.value.paymentIntent;
    return status === 'requires_capture' || status === 'succeeded';
  }
  if (!object.startsWith('seti_') || cards === null) return false;
  const answer = await cards.readSetupIntent(setupIntentId(object), signal);
  reach.heard(answer);
  return answer.kind === 'done' && answer.value.setupIntent.status === 'succeeded';
}
