import type Stripe from 'stripe';

import { attachPresented, collectable, recordPresented } from '../model/moves/attach-presented.ts';
import { comeDue } from '../model/moves/come-due.ts';
import { unexpectedState } from '../model/moves/unexpected-state.ts';
import { defaultTestCard, findTestCard, type TestCard } from '../model/test-cards.ts';
import type { Bench } from './bench.ts';
import { findByClientSecret } from './client-secret.ts';
import { checkCollectConfig, chosenTip, type CollectConfig } from './collect-config.ts';
import { attempt, failure, isFailure, type ReaderResult } from './reader-result.ts';
import { sdkPaymentDetails } from './sdk-payment-details.ts';
import type { Interruption, SimulatedReader } from './simulated-reader.ts';

/** A collect as the page asked for it. */
export interface CollectOrder {
  readonly sessionId: string;
  readonly clientSecret: string;
  readonly config: CollectConfig;
  /** What the page told the SDK's simulator. */
  readonly simulator: {
    readonly testPaymentMethod: string | null;
    readonly tipAmount: number | null;
  };
}

/**
 * Prompts for a card and reads it. The PaymentIntent in the answer says `requires_confirmation`,
 * but only in the page: at Stripe it stays as it was, unless `update_payment_intent` was asked for.
 */
export async function collect(
  bench: Bench,
  reader: SimulatedReader,
  order: CollectOrder,
): Promise<ReaderResult> {
  comeDue(bench.ledger);
  const opened = attempt(() => open(bench, order));
  if (isFailure(opened)) {
    return opened;
  }
  const read = await readCard(bench, reader, order, opened.payment_method_types);
  reader.work = null;
  if (read === 'canceled') {
    reader.showPaymentStatus('ready');
    reader.show('splash');
    return failure('canceled', 'The payment method collection was canceled.');
  }
  if (read === 'connection_lost') {
    return failure('reader_connection_error', 'The connection to the reader was lost.');
  }
  reader.showPaymentStatus('ready');
  return attempt(() => finish(bench, reader, order, read));
}

function open(bench: Bench, order: CollectOrder): Stripe.PaymentIntent {
  const paymentIntent = findByClientSecret(bench.ledger, order.clientSecret);
  if (!collectable.includes(paymentIntent.status)) {
    throw unexpectedState(paymentIntent, 'collected for', collectable);
  }
  checkCollectConfig(order.config, paymentIntent);
  return paymentIntent;
}

/** Waits for a card and for the reader to read it, or for what comes in between. */
async function readCard(
  bench: Bench,
  reader: SimulatedReader,
  order: CollectOrder,
  accepts: readonly string[],
): Promise<TestCard | Interruption> {
  const stop = new AbortController();
  const interrupted = Promise.withResolvers<Interruption>();
  const presented = Promise.withResolvers<TestCard>();
  reader.work = {
    kind: 'collecting',
    accepts,
    interrupt: (why) => interrupted.resolve(why),
    present: presented.resolve,
  };
  reader.show('present_card');
  reader.showPaymentStatus('waiting_for_input');
  const reading = async (): Promise<TestCard | Interruption> => {
    if (bench.faults.take(reader.ledgerId, ['reader_lost_during_collect']) !== undefined) {
      await bench.sleep(bench.ledger.world.timings.readingMs, stop.signal);
      reader.loseConnection('The reader was lost while it waited for a card.');
      return 'connection_lost';
    }
    const card = await Promise.race([
      presented.promise,
      byItself(bench, reader, order, stop.signal),
    ]);
    reader.show('reading');
    await bench.sleep(bench.ledger.world.timings.readingMs, stop.signal);
    return card;
  };
  const whole = reading().catch((error: unknown) => {
    if (stop.signal.aborted) {
      return 'canceled' as const;
    }
    throw error;
  });
  try {
    return await Promise.race([whole, interrupted.promise]);
  } finally {
    stop.abort();
  }
}

/** The card that comes without anybody showing one; never resolves when there is none. */
async function byItself(
  bench: Bench,
  reader: SimulatedReader,
  order: CollectOrder,
  signal: AbortSignal,
): Promise<TestCard> {
  const { autoPresent } = bench.ledger.world;
  const told = order.simulator.testPaymentMethod;
  if (autoPresent === null && reader.ledgerId !== null) {
    return new Promise(() => undefined);
  }
  await bench.sleep(autoPresent?.afterMs ?? 0, signal);
  const card = findTestCard(told ?? autoPresent?.testPaymentMethod ?? '');
  return card ?? defaultTestCard();
}

/** Records the card that was read and hands it to the page by name. */
function finish(
  bench: Bench,
  reader: SimulatedReader,
  order: CollectOrder,
  card: TestCard,
): { readonly paymentIntent: object } {
  const { ledger } = bench;
  comeDue(ledger);
  const paymentIntent = findByClientSecret(ledger, order.clientSecret);
  const tipAmount = chosenTip(order.config, order.simulator.tipAmount);
  const paymentMethod = recordPresented(ledger, card);
  const collected = ledger.ids.next('collected');
  bench.collected.set(collected, {
    sessionId: order.sessionId,
    paymentIntentId: paymentIntent.id,
    presentation: {
      card,
      paymentMethod,
      tipAmount,
      allowRedisplay: order.config.allow_redisplay ?? null,
      reader: reader.ledgerId,
      location: reader.location,
    },
    authorization: null,
  });
  const attached =
    order.config.update_payment_intent === true
      ? attachPresented(ledger, paymentIntent.id, paymentMethod)
      : paymentIntent;
  return {
    paymentIntent: {
      ...attached,
      status: 'requires_confirmation',
      sdk_payment_details: sdkPaymentDetails(collected, card, tipAmount),
    },
  };
}
