import { invalidRequest } from './api-error.ts';

/** The version a request without a `Stripe-Version` header is answered in. */
export const latestApiVersion = '2026-10-28.endive';

/**
 * From this day on `payment_method_types` is refused as a parameter.
 * https://docs.stripe.com/changelog/endive
 */
const paymentMethodTypesGoneFrom = '2026-09-30';

/**
 * The versions whose objects look as the model's do: since 2022-11-15 a PaymentIntent carries
 * `latest_charge` and no `charges`. Named releases are those of stripe-node's changelog.
 */
const knownVersions: ReadonlySet<string> = new Set([
  '2022-11-15',
  '2023-08-16',
  '2023-10-16',
  '2024-04-10',
  '2024-06-20',
  '2024-09-30.acacia',
  '2024-10-28.acacia',
  '2024-11-20.acacia',
  '2024-12-18.acacia',
  '2025-01-27.acacia',
  '2025-02-24.acacia',
  '2025-03-31.basil',
  '2025-04-30.basil',
  '2025-05-28.basil',
  '2025-06-30.basil',
  '2025-07-30.basil',
  '2025-08-27.basil',
  '2025-09-30.clover',
  '2025-10-29.clover',
  '2025-11-17.clover',
  '2025-12-15.clover',
  '2026-01-28.clover',
  '2026-02-25.clover',
  '2026-03-25.dahlia',
  '2026-04-22.dahlia',
  '2026-05-27.dahlia',
  '2026-06-24.dahlia',
  '2026-07-29.dahlia',
  '2026-08-26.dahlia',
  '2026-09-30.endive',
  latestApiVersion,
]);

/** Reads the `Stripe-Version` header. Refuses what is malformed, and versions the model lacks. */
export function parseApiVersion(header: string | undefined): string {
  if (header === undefined) {
    return latestApiVersion;
  }
  if (!/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/.test(header)) {
    throw invalidRequest(`Invalid Stripe API version: ${header}`);
  }
  if (!knownVersions.has(header)) {
    throw invalidRequest(
      `Invalid Stripe API version: ${header}. Training mode answers versions from 2022-11-15 to ${latestApiVersion}.`,
    );
  }
  return header;
}

/** Whether `payment_method_types` may still be sent in this version. */
export function acceptsPaymentMethodTypes(version: string): boolean {
  return version.slice(0, 10) < paymentMethodTypesGoneFrom;
}
