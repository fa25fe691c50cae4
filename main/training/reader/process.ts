import { comeDue } from '../model/moves/come-due.ts';
import { findPaymentIntent } from '../model/moves/find.ts';
import { servePurpose } from '../model/terminal/serve-purpose.ts';
import type { Bench } from './bench.ts';
import type { CollectedCard } from './collected-card.ts';
import { processFaults, type SdkFault } from './reader-fault.ts';
import { apiFailure, attempt, failure, isFailure, type ReaderResult } from './reader-result.ts';
import type { SimulatedReader } from './simulated-reader.ts';

const timedOut = failure('network_timeout', 'The request to Stripe timed out.');
const lost = failure('reader_connection_error', 'The connection to the reader was lost.');

/**
 * Does with a collected card what it was collected for. Once it is on its way nothing calls it
 * back: a page that goes away or loses the reader only stops hearing about it.
 */
export async function processCollected(
  bench: Bench,
  reader: SimulatedReader,
  collected: CollectedCard,
): Promise<ReaderResult> {
  const interrupted = Promise.withResolvers<ReaderResult>();
  reader.work = {
    kind: 'processing',
    purpose: collected.purpose,
    interrupt: () => interrupted.resolve(lost),
  };
  reader.show('authorizing');
  reader.showPaymentStatus('processing');
  const work = authorizing(bench, reader, collected).finally(() => {
    reader.work = null;
    reader.showPaymentStatus('ready');
  });
  return Promise.race([work, interrupted.promise]);
}

async function authorizing(
  bench: Bench,
  reader: SimulatedReader,
  collected: CollectedCard,
): Promise<ReaderResult> {
  const { timings, faults } = bench.ledger.world;
  const slow = faults.take(reader.ledgerId, ['slow_authorization']);
  const fault = bench.faults.take(reader.ledgerId, processFaults);
  // No signal of this one is ever raised: what has gone to the issuer cannot be called back.
  await bench.sleep(timings.authorizingMs + (slow?.extraMs ?? 0), new AbortController().signal);
  comeDue(bench.ledger);
  return fault === undefined
    ? takeEffect(bench, reader, collected)
    : meetFault(bench, reader, collected, fault);
}

function meetFault(
  bench: Bench,
  reader: SimulatedReader,
  collected: CollectedCard,
  fault: Extract<SdkFault, { readonly kind: (typeof processFaults)[number] }>,
): ReaderResult {
  switch (fault.kind) {
    case 'process_reply_lost_after_effect':
      takeEffect(bench, reader, collected);
      return timedOut;
    case 'process_reply_lost_before_effect':
      return timedOut;
    case 'process_connectivity_trouble':
      return attempt(() => notReached(bench, collected));
    case 'reader_lost_during_process':
      if (fault.effect === 'after') {
        takeEffect(bench, reader, collected);
      }
      reader.loseConnection('The reader was lost while it authorized a card.');
      return lost;
  }
}

/**
 * The error of a reader that knows Stripe has not heard of the card yet. Only a payment's carries
 * its intent: the SDK's error has no place for another.
 */
function notReached(bench: Bench, { purpose }: CollectedCard): ReaderResult {
  const error = {
    code: 'network_error',
    message: 'Stripe could not be reached. Process the same card again.',
  };
  if (purpose.kind !== 'payment') {
    return { error };
  }
  const paymentIntent = findPaymentIntent(bench.ledger, purpose.paymentIntent);
  return {
    error: { ...error, payment_intent: { ...paymentIntent, status: 'requires_confirmation' } },
  };
}

/**
 * Asks the issuer, once for each collected card: a card that was declined stays declined when it
 * is processed again. One that was approved is refused by its intent's own state; a refund has no
 * intent, so the one that was made answers again.
 */
function takeEffect(bench: Bench, reader: SimulatedReader, collected: CollectedCard): ReaderResult {
  const { purpose, presentation, served } = collected;
  if (served?.kind === 'declined') {
    return refusedCard(collected, apiFailure(served.refusal));
  }
  if (served !== null && purpose.kind === 'refund') {
    return served.object;
  }
  const result = attempt(() => servePurpose(bench.ledger, purpose, presentation));
  if (isFailure(result)) {
    reader.show('splash');
    return refusedCard(collected, result);
  }
  collected.served = result;
  reader.show(result.kind);
  return result.kind === 'approved'
    ? result.object
    : refusedCard(collected, apiFailure(result.refusal));
}

/** A refund that did not come about has a code of the SDK's own, and Stripe's beside it. */
function refusedCard(
  { purpose }: CollectedCard,
  { error }: Extract<ReaderResult, { readonly error: unknown }>,
): ReaderResult {
  if (purpose.kind !== 'refund') {
    return { error };
  }
  const reason = error.decline_code ?? error.code;
  return {
    error: {
      ...error,
      code: 'refund_failed',
      ...(reason === undefined ? {} : { failure_reason: reason }),
    },
  };
}
