import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const platformRecord = z.strictObject({
  system: z.string(),
  /** The order as the platform has it, with its status where it tells one; null for a platform without orders. */
  order: z.strictObject({ id: z.string(), status: z.string().nullable() }).nullable(),
  /** Every PaymentIntent it made or was told of, what for, and our sale's id where it was given that beside it. */
  payments: z.array(
    z.strictObject({
      payment_intent: z.string(),
      of: z.string(),
      reference: z.string().nullable(),
      made_by: z.enum(['platform', 'kiosk']),
    }),
  ),
  /** What it was asked, in order: `POST /v1/payment/intent 200`. */
  calls: z.array(z.string()),
  /** Mistakes of the proof server's own; a run with one proves nothing. */
  bugs: z.array(z.string()),
});

/** What a platform knows when the kiosk has closed. */
export type PlatformRecord = z.infer<typeof platformRecord>;

/** Reads what a closed kiosk left. Refuses, by throwing, a run that left nothing. */
export function readPlatformRecord(file: string): PlatformRecord {
  if (!existsSync(file)) throw new Error('The platform left no record: the kiosk was not closed.');
  return platformRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
}
