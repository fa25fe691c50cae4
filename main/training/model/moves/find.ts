import type Stripe from 'stripe';

import { missingResource } from '../api-error.ts';
import type { Collection, Stored } from '../collection.ts';
import type { Ledger } from '../ledger.ts';

/** Returns the object a path names, or refuses with 404 `resource_missing`. */
export function find<Row extends Stored>(
  collection: Collection<Row>,
  noun: string,
  id: string,
): Row {
  const row = collection.get(id);
  if (row === undefined) {
    throw missingResource(
      noun,
      id,
      noun === 'payment_intent' || noun === 'setupintent' ? 'intent' : 'id',
      404,
    );
  }
  return row;
}

/** Returns the object a parameter names, or refuses with 400 `resource_missing`. */
export function findReferenced<Row extends Stored>(
  collection: Collection<Row>,
  noun: string,
  id: string,
  param: string = noun,
): Row {
  const row = collection.get(id);
  if (row === undefined) {
    throw missingResource(noun, id, param, 400);
  }
  return row;
}

/** Returns a PaymentIntent by id, or refuses. */
export function findPaymentIntent(ledger: Ledger, id: string): Stripe.PaymentIntent {
  return find(ledger.paymentIntents, 'payment_intent', id);
}

/** Returns the object another one points to. Throws when a bug has separated them. */
export function findHeld<Row extends Stored>(
  collection: Collection<Row>,
  held: string | Row | null,
  holder: string,
): Row {
  const row = typeof held === 'string' ? collection.get(held) : undefined;
  if (row === undefined) {
    throw new Error(`${holder} points to an object that is not there.`);
  }
  return row;
}

/** Returns the charge a PaymentIntent points to. Throws when a bug has separated them. */
export function latestCharge(ledger: Ledger, paymentIntent: Stripe.PaymentIntent): Stripe.Charge {
  return findHeld(ledger.charges, paymentIntent.latest_charge, paymentIntent.id);
}
