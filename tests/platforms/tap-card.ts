import { frontReader } from '../support/studio/test-studio.ts';
import type { PlatformBench } from './platform-bench.ts';
import type { PlatformSystem } from './start-platform.ts';

/** What is put on the front reader: a PaymentIntent to pay, or a SetupIntent to keep a card with. */
export type OnReader = { readonly paymentIntent: string } | { readonly setupIntent: string };

/** A test card is tapped for a PaymentIntent or SetupIntent, whoever made it. */
export async function tapCard(
  { studio }: Pick<PlatformBench<PlatformSystem>, 'studio'>,
  what: OnReader,
  card = 'visa',
): Promise<void> {
  const { paymentIntents, terminal } = studio.stripe;
  const { readers } = terminal;
  if ('paymentIntent' in what) {
    const { setup_future_usage: usage } = await paymentIntents.retrieve(what.paymentIntent);
    await readers.processPaymentIntent(frontReader, {
      payment_intent: what.paymentIntent,
      ...(usage === null ? {} : { process_config: { allow_redisplay: 'limited' } }),
    });
  } else {
    await readers.processSetupIntent(frontReader, {
      setup_intent: what.setupIntent,
      allow_redisplay: 'limited',
    });
  }
  const presented = studio.server.readers.present(frontReader, card);
  if (presented.kind !== 'presented') throw new Error(`The reader took no card: ${presented.why}`);
  await studio.clock.advance(30_000);
}
