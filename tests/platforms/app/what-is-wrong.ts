import type { StoredSale } from '../../support/stored-sales.ts';
import type { PlatformRecord } from './platform-record.ts';
import type { IntentAtEnd } from './stripe-at-end.ts';

/** What three parties say of one sale when all is over. */
export interface Evidence {
  /** Whether the card was one that pays. */
  readonly isApproved: boolean;
  /** What the card was to pay, in minor units. */
  readonly due: number;
  readonly sale: StoredSale;
  /** The platform's order that the sale paid; null where the platform makes none. */
  readonly orderId: string | null;
  /** Null behind direct Stripe. */
  readonly platform: PlatformRecord | null;
  readonly stripe: readonly IntentAtEnd[];
}

/** Whether the account shows one charge that took money, or holds it, and no second. */
export function isChargedOnce(stripe: readonly IntentAtEnd[]): boolean {
  return chargesOf(stripe).length === 1;
}

/** Says where kiosk, platform and Stripe do not tell the same story, and a good one; nothing when they do. */
export function whatIsWrong(evidence: Evidence): readonly string[] {
  return [...wrongAtStripe(evidence), ...wrongAtPlatform(evidence)];
}

function wrongAtStripe({ isApproved, due, sale, stripe }: Evidence): string[] {
  const charges = chargesOf(stripe);
  if (!isApproved) {
    return [
      ...unless(sale.state === 'canceled', `the sale is ${sale.state}, not canceled`),
      ...unless(charges.length === 0, 'Stripe shows a charge for a declined card'),
    ];
  }
  const [paid] = stripe.filter(({ received }) => received > 0);
  return [
    ...unless(sale.state === 'paid', `the sale is ${sale.state}, not paid`),
    ...unless(charges.length === 1, `Stripe shows ${String(charges.length)} charges`),
    ...unless(charges[0] === 'captured', 'Stripe has taken no money'),
    ...unless(paid?.id === sale.payment_intent_id, 'another PaymentIntent was paid'),
    ...unless(sale.amount === due, `the sale's amount is ${String(sale.amount)}`),
    ...unless(paid?.received === due, `Stripe has received ${String(paid?.received ?? 0)}`),
  ];
}

function wrongAtPlatform({ isApproved, sale, orderId, platform }: Evidence): string[] {
  if (platform === null) return [];
  const { order, payments, bugs } = platform;
  const [payment] = payments;
  // Only Mariana Tek tells how its order stands.
  const status = order?.status ?? null;
  return [
    ...bugs.map((bug) => `the proof server failed: ${bug}`),
    ...unless(payments.length === 1, `the platform has ${String(payments.length)} payments`),
    ...unless(payment?.of === (orderId ?? sale.id), 'the platform’s payment is for another sale'),
    ...unless(
      payment?.payment_intent === sale.payment_intent_id,
      'the platform’s payment has another PaymentIntent',
    ),
    ...unless(
      payment === undefined || payment.reference === null || payment.reference === sale.id,
      'the platform’s payment refers to another sale',
    ),
    ...unless((order?.id ?? null) === orderId, 'the platform knows another order'),
    ...unless(
      status === null || (status === 'Submitted') === isApproved,
      `the platform’s order is ${status ?? 'not there'}`,
    ),
  ];
}

/** Every charge that took money or holds it. */
function chargesOf(stripe: readonly IntentAtEnd[]): readonly string[] {
  return stripe.flatMap(({ charges }) =>
    charges.filter((word) => word === 'captured' || word === 'held'),
  );
}

function unless(holds: boolean, sentence: string): string[] {
  return holds ? [] : [sentence];
}
