import { storedSales } from '../../support/stored-sales.ts';
import { recordFileOf } from './launch-platform.ts';
import { readPlatformRecord } from './platform-record.ts';
import type { PlatformRun } from './platform-run.ts';
import { stripeAtEnd } from './stripe-at-end.ts';
import type { Evidence } from './what-is-wrong.ts';

/** What was to come of a sale. */
export interface Expected extends Pick<Evidence, 'isApproved' | 'due'> {
  readonly dataDir: string;
  /** Null behind direct Stripe. */
  readonly run: Pick<PlatformRun, 'order'> | null;
}

/**
 * Reads what the kiosk's file, the platform and Stripe say, once the kiosk is closed. Refuses, by throwing, a kiosk that
 * made no sale or more than one.
 */
export async function gatherEvidence({
  dataDir,
  run,
  isApproved,
  due,
}: Expected): Promise<Evidence> {
  const [sale, ...others] = storedSales(dataDir);
  if (sale === undefined) throw new Error('The kiosk made no sale.');
  if (others.length > 0) throw new Error('The kiosk made more than one sale.');
  return {
    isApproved,
    due,
    sale,
    orderId: run?.order?.id ?? null,
    platform: run === null ? null : readPlatformRecord(recordFileOf(dataDir)),
    stripe: await stripeAtEnd(dataDir),
  };
}
