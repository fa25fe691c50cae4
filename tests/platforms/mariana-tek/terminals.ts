import type { Fields } from '../fields.ts';
import type { MarianaParts } from './parts.ts';

/** `GET` or `POST /api/stripe/v1/configuration/`. */
export function configuration(parts: MarianaParts, cartId: string | null): object {
  const location = cartId === null ? null : parts.locationOf(parts.cart(cartId));
  return parts.answer({
    stripe_publishable_api_key: parts.publishableKey,
    stripe_location_id: location?.stripeLocation ?? null,
  });
}

/** `POST /api/stripe/v1/connection_token/`. */
export async function connectionToken(parts: MarianaParts, body: Fields): Promise<object> {
  const cart = parts.cart(body.id('cart'));
  body.done();
  const { stripeLocation } = parts.locationOf(cart);
  return { stripe_connection_token: await parts.stripe.connectionToken(stripeLocation) };
}

/** `POST /api/stripe/v1/register_terminal/`: 204, so no id comes back. */
export async function registerTerminal(parts: MarianaParts, body: Fields): Promise<null> {
  const { stripeLocation } = parts.location(body.id('location'));
  const reader = {
    code: body.text('registration_code'),
    label: body.text('label'),
    location: stripeLocation,
  };
  body.done();
  await parts.stripe.registerReader(reader);
  return null;
}

/** `POST /api/stripe/v1/terminal_readers/`. */
export async function listTerminals(parts: MarianaParts, body: Fields): Promise<object> {
  const { stripeLocation } = parts.location(body.id('location'));
  body.done();
  const readers = await parts.stripe.listReaders(stripeLocation);
  return readers.map(({ id, label }) => ({ terminal_id: id, label }));
}

/** `POST /api/stripe/v1/update_terminal/`. */
export async function updateTerminal(parts: MarianaParts, body: Fields): Promise<null> {
  const id = body.text('terminal_id');
  const label = body.text('label');
  body.done();
  await parts.stripe.renameReader(id, label);
  return null;
}

/** `POST /api/stripe/v1/deregister_terminal/`. */
export async function deregisterTerminal(parts: MarianaParts, body: Fields): Promise<null> {
  const id = body.text('terminal_id');
  body.done();
  await parts.stripe.removeReader(id);
  return null;
}
