import { minorUnits } from '../decimal-amount.ts';
import type { Fields } from '../fields.ts';
import { type PlatformPaymentIntent, StripeRefused } from '../platform-stripe.ts';
import { unprocessable } from '../refused.ts';
import type { MarianaParts } from './parts.ts';
import type { MarianaCart } from './shop.ts';

/** `POST /api/stripe/v1/payment_intent/`. Every call makes another PaymentIntent: the document knows no idempotency. */
export async function createPaymentIntent(parts: MarianaParts, body: Fields): Promise<object> {
  const { shop, stripe, behaviour } = parts;
  const cart = parts.cart(body.id('cart'));
  const amountText = body.text('amount');
  const balanceText = body.optionalText('account_balance_payment_amount');
  const paymentType = body.optionalOneOf('payment_type', ['card', 'terminal']) ?? 'card';
  body.done();
  if (cart.status !== 'Open') throw unprocessable(`the cart is ${cart.status}`, '/cart');
  const { currency } = parts.locationOf(cart);
  const amount = minorUnits(amountText, currency, '/amount');
  const fromBalance =
    balanceText === null ? 0 : minorUnits(balanceText, currency, '/account_balance_payment_amount');
  if (amount < 1) throw unprocessable('nothing is left for the card', '/amount');
  if (amount + fromBalance !== cart.total) {
    throw unprocessable('the amounts are not the total of the cart', '/amount');
  }
  if (fromBalance > (shop.users.get(cart.userId)?.balance ?? 0)) {
    throw unprocessable('not so much is on the account', '/account_balance_payment_amount');
  }
  const made = await stripe.createPaymentIntent({
    amount,
    currency,
    types: [paymentType === 'terminal' ? 'card_present' : 'card'],
    captureMethod: behaviour.captures === 'automatic' ? 'automatic' : 'manual',
    metadata: { cart: cart.id },
  });
  cart.payments.push({ id: made.id, fromBalance });
  return {
    stripe_payment_intent_id: made.id,
    stripe_publishable_api_key: parts.publishableKey,
    client_secret: made.clientSecret,
  };
}

/** `POST /api/stripe/v1/payment_status/`: looks at the cart's payments first, and turns the cart. */
export async function paymentStatus(parts: MarianaParts, body: Fields): Promise<object> {
  const cart = parts.cart(body.id('cart'));
  body.done();
  if (cart.status === 'Open') await turn(parts, cart);
  return parts.answer({ status: cart.status, order: cart.orderId, error: cart.error });
}

async function turn({ shop, stripe, behaviour }: MarianaParts, cart: MarianaCart): Promise<void> {
  let declined: string | null = null;
  for (const { id, fromBalance } of cart.payments) {
    const payment = await settled(await stripe.readPaymentIntent(id));
    // Another poll may have turned it while Stripe was asked.
    if (cart.status !== 'Open') return;
    declined ??= payment.error;
    if (payment.status !== 'succeeded') continue;
    cart.pollsSeen += 1;
    if (cart.pollsSeen < behaviour.noticesAfterPolls) return;
    if (behaviour.failsAfterCharge !== null) {
      fail(cart, behaviour.failsAfterCharge);
      return;
    }
    cart.status = 'Submitted';
    cart.orderId = shop.newId();
    const user = shop.users.get(cart.userId);
    if (user !== undefined) user.balance -= fromBalance;
    return;
  }
  if (declined !== null && behaviour.onDecline === 'fails') fail(cart, declined);

  async function settled(payment: PlatformPaymentIntent): Promise<PlatformPaymentIntent> {
    if (payment.status !== 'requires_capture' || behaviour.captures !== 'by_platform') {
      return payment;
    }
    try {
      return await stripe.capture(payment.id, payment.amount);
    } catch (error) {
      // Another poll took it first, or it was let go meanwhile.
      if (error instanceof StripeRefused) return stripe.readPaymentIntent(payment.id);
      throw error;
    }
  }
}

function fail(cart: MarianaCart, error: string): void {
  cart.status = 'Failed';
  cart.error = error;
}
