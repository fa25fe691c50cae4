import type { Fields } from '../fields.ts';
import { unprocessable } from '../refused.ts';
import type { MarianaParts } from './parts.ts';
import type { MarianaUser } from './shop.ts';

/** `POST /api/stripe/v1/setup_intent/`. */
export async function createSetupIntent(parts: MarianaParts, body: Fields): Promise<object> {
  const user = parts.user(body.id('user'));
  // The misspelling is the wire's.
  const method = body.optionalOneOf('colletion_method', ['manual', 'terminal']) ?? 'manual';
  body.done();
  user.stripeCustomer ??= await parts.stripe.createCustomer(`User ${user.id}`);
  const made = await parts.stripe.createSetupIntent({
    customer: user.stripeCustomer,
    type: method === 'terminal' ? 'card_present' : 'card',
  });
  user.setupIntents.push(made.id);
  return {
    stripe_setup_intent_id: made.id,
    stripe_publishable_api_key: parts.publishableKey,
    client_secret: made.clientSecret,
  };
}

/**
 * `POST /api/stripe/v1/store_payment_method/`. A tapped card cannot be charged again, so what is stored for one is the
 * reusable card that came of it; the document does not say so, and answers with the id that was sent.
 */
export async function storePaymentMethod(parts: MarianaParts, body: Fields): Promise<object> {
  const { shop, stripe, behaviour } = parts;
  const name = body.optionalText('name');
  const partnerId = body.id('partner');
  const paymentMethod = body.text('payment_method');
  const postalCode = body.id('postal_code');
  const user = parts.user(body.id('user'));
  body.done();
  if (![...shop.locations.values()].some((location) => location.partnerId === partnerId)) {
    throw unprocessable('does not exist', '/partner');
  }
  const card = await chargeable(parts, user, paymentMethod);
  await stripe.setBilling(card, { name, postalCode });
  const id = 993 + shop.bankcards.length;
  shop.bankcards.push({ id, userId: user.id, partnerId, name, paymentMethod, card, postalCode });
  return {
    payment_method: paymentMethod,
    bankcard: behaviour.bankcardIds === 'number' ? id : String(id),
  };
}

async function chargeable(
  { stripe }: MarianaParts,
  user: MarianaUser,
  paymentMethod: string,
): Promise<string> {
  const { type, customer } = await stripe.readPaymentMethod(paymentMethod);
  if (type === 'card') {
    user.stripeCustomer ??= await stripe.createCustomer(`User ${user.id}`);
    if (customer === null) await stripe.attach(paymentMethod, user.stripeCustomer);
    return paymentMethod;
  }
  for (const id of user.setupIntents) {
    const setup = await stripe.readSetupIntent(id);
    if (setup.paymentMethod === paymentMethod && setup.generatedCard !== null) {
      return setup.generatedCard;
    }
  }
  throw unprocessable('no card can be stored of it', '/payment_method');
}
