import type Stripe from 'stripe';
import type { LocationRequest, ReadersApi } from '../../ports/readers-api.ts';
import { everyPage } from './every-page.ts';
import { pageAfter } from './page-after.ts';
import type { AnswerOf } from './stripe-answers.ts';
import {
  readDeletedReader,
  readLocation,
  readLocationPage,
  readReader,
  readReaderOrGone,
  readReaderPage,
} from './stripe-readers-replies.ts';

type ReaderAccount = Pick<
  ReadersApi,
  'read' | 'list' | 'register' | 'rename' | 'deregister' | 'listLocations' | 'createLocation'
>;

/** Which readers and Locations an account has, and what they are called. */
export function stripeReaderAccount(stripe: Stripe, answerOf: AnswerOf): ReaderAccount {
  const { readers, locations } = stripe.terminal;
  return {
    read: async (id, signal) => {
      const answer = await answerOf(
        () => readers.retrieve(id),
        (reply) => readReaderOrGone(reply, id),
        signal,
      );
      if (answer.kind !== 'done') return answer;
      const { value, requestId } = answer;
      // What was removed is answered by Stripe either so or as one that never was: here it is always the latter.
      return value === null
        ? { kind: 'refused', status: 404, code: 'resource_missing', requestId }
        : { ...answer, value };
    },

    list: (signal) =>
      everyPage((after) => answerOf(() => readers.list(pageAfter(after)), readReaderPage, signal)),

    register: ({ code, label, locationId }, key, signal) =>
      answerOf(
        () =>
          readers.create(
            { registration_code: code, label, location: locationId },
            { idempotencyKey: key },
          ),
        (reply) => readReader(reply),
        signal,
      ),

    rename: (id, label, key, signal) =>
      answerOf(
        () => readers.update(id, { label }, { idempotencyKey: key }),
        (reply) => readReader(reply, id),
        signal,
      ),

    deregister: (id, signal) =>
      answerOf(
        () => readers.del(id),
        (reply) => readDeletedReader(reply, id),
        signal,
      ),

    listLocations: (signal) =>
      everyPage((after) =>
        answerOf(() => locations.list(pageAfter(after)), readLocationPage, signal),
      ),

    createLocation: (request, key, signal) =>
      answerOf(
        () => locations.create(locationOf(request), { idempotencyKey: key }),
        readLocation,
        signal,
      ),
  };
}

function locationOf({ name, address }: LocationRequest): Stripe.Terminal.LocationCreateParams {
  const { country, line1, city, state, postalCode } = address;
  return {
    display_name: name,
    address: {
      country,
      line1,
      ...(city === null ? {} : { city }),
      ...(state === null ? {} : { state }),
      ...(postalCode === null ? {} : { postal_code: postalCode }),
    },
  };
}
