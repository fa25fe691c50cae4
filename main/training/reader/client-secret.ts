import { missingResource } from '../model/api-error.ts';
import type { Collection, Stored } from '../model/collection.ts';

/** Finds the intent a client secret opens. Refuses one that fits none, without naming it. */
export function findByClientSecret<Row extends Stored & { readonly client_secret: string | null }>(
  collection: Collection<Row>,
  noun: 'payment_intent' | 'setupintent',
  clientSecret: string,
): Row {
  const [id = ''] = clientSecret.split('_secret_', 1);
  const intent = collection.get(id);
  if (intent?.client_secret !== clientSecret) {
    throw missingResource(noun, id, 'intent', 404);
  }
  return intent;
}
