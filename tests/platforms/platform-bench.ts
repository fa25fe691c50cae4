import { TestStudio } from '../support/studio/test-studio.ts';
import {
  type JoinedStripe,
  type PlatformOptions,
  type Platforms,
  type PlatformSystem,
  startPlatform,
} from './start-platform.ts';

/** A studio with its Stripe and readers, and a platform that sells for it. */
export interface PlatformBench<System extends PlatformSystem> {
  /** Its `clock` is the platform's too; its `stripe` is the account as the platform and the companion key see it. */
  readonly studio: TestStudio;
  readonly platform: Platforms[System];
  /** What a kiosk that asks Stripe itself is configured with. */
  readonly stripe: JoinedStripe;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Opens a test studio and joins a platform to it, so that a whole sale runs through reader, platform and ledger:
 *
 *     await using bench = await openPlatformBench('mariana-tek');
 *     const cart = bench.platform.model.shop.seedCart({ total: 2_800 });
 *     bench.platform.faults.next({ kind: 'reply_lost' }, { on: 'payment_intent' });
 *
 * Carts and orders are seeded through `platform.model`, how the platform behaves where its document leaves that open is
 * set in `platform.model.behaviour`, faults wait in `platform.faults`, and every call is kept in `platform.received`.
 * Time stands still but for `studio.clock`. For a kiosk in real time, `startPlatform` joins a platform to any training
 * Stripe.
 */
export async function openPlatformBench<System extends PlatformSystem>(
  system: System,
  options: Omit<PlatformOptions, 'stripe' | 'clock'> = {},
): Promise<PlatformBench<System>> {
  const studio = await TestStudio.open();
  const { url, secretKey, publishableKey } = studio.server;
  const stripe = { url, secretKey, publishableKey, location: studio.location };
  const platform = await startPlatform(system, { ...options, stripe, clock: studio.clock });
  const close = async (): Promise<void> => {
    await platform.close();
    await studio.close();
  };
  return { studio, platform, stripe, close, [Symbol.asyncDispose]: close };
}
