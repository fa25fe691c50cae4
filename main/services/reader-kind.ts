/**
 * Readers that an app reaches over Bluetooth, or that are the phone itself. Everything else talks to Stripe over the
 * network by itself. Stripe adds kinds, so the known exceptions are named and not the rule.
 * https://docs.stripe.com/terminal/payments/setup-reader
 */
const ledByAnApp: ReadonlySet<string> = new Set([
  'bbpos_chipper2x',
  'bbpos_wisepad3',
  'stripe_m2',
  'mobile_phone_reader',
]);

/** True for a smart reader: only such a one can be led through the reader endpoints (server-driven). */
export function isSmartReader(deviceType: string): boolean {
  return !ledByAnApp.has(deviceType);
}
