import { z } from 'zod';
import { locationId, readerId } from '../../domain/ids.ts';
import type { Page } from '../../ports/payments-api.ts';
import type { LocationFacts, ReaderAction, ReaderFacts } from '../../ports/readers-api.ts';
import { hint, told } from './hint.ts';
import { actionOrNotUnderstood, readAction } from './stripe-reader-action.ts';
import { readPage } from './stripe-lists.ts';
import { believed, UnbelievableReply } from './stripe-replies.ts';

/*
 * What is believed of Stripe's readers. What a reader does, and with which PaymentIntent, must be right: it decides
 * what is done next. All else is a hint, and one that can't be understood counts as not told.
 * https://docs.stripe.com/api/terminal/readers/object
 */

const locationIdText = z.string().regex(/^tml_[0-9A-Za-z_]{3,200}$/);

const reader = z.looseObject({
  object: z.literal('terminal.reader'),
  id: z.string().regex(/^tmr_[0-9A-Za-z_]{3,200}$/),
  label: hint,
  device_type: z.string().min(1).max(100).catch('unknown'),
  serial_number: hint,
  location: z
    .union([locationIdText, z.looseObject({ id: locationIdText }).transform(({ id }) => id)])
    .nullish()
    .catch(null),
  status: z.enum(['online', 'offline']).nullish().catch(null),
  // Milliseconds, unlike most other times of Stripe's.
  last_seen_at: z.int().nonnegative().nullish().catch(null),
  device_sw_version: hint,
  action: z.unknown().optional(),
});

const deletedReader = z.looseObject({
  object: z.literal('terminal.reader'),
  id: z.string(),
  deleted: z.literal(true),
});

const location = z.looseObject({
  object: z.literal('terminal.location'),
  id: locationIdText,
  display_name: hint,
  address: z.looseObject({
    country: z
      .string()
      .regex(/^[A-Za-z]{2}$/)
      .transform((country) => country.toUpperCase()),
    city: hint,
  }),
});

/** Each refuses, by UnbelievableReply, a reply that is not the thing it should be, or is of another reader. */
export function readReader(reply: unknown, asked?: string): ReaderFacts {
  const what = 'a Reader';
  const read = believed(reader, reply, what);
  if (asked !== undefined && read.id !== asked) throw new UnbelievableReply(what, reply);
  return factsOf(read, readAction(read.action));
}

/** Null for a reader that was removed from the account. */
export function readReaderOrGone(reply: unknown, asked: string): ReaderFacts | null {
  return deletedReader.safeParse(reply).success ? null : readReader(reply, asked);
}

export function readDeletedReader(reply: unknown, asked: string): null {
  const what = 'a Reader that was removed';
  if (believed(deletedReader, reply, what).id !== asked) throw new UnbelievableReply(what, reply);
  return null;
}

export function readLocation(reply: unknown): LocationFacts {
  const { id, display_name: name, address } = believed(location, reply, 'a Location');
  return {
    id: locationId(id),
    name: name ?? '',
    country: address.country,
    city: told(address.city),
  };
}

/** A reader whose action is odd must not hide the others of the account. */
export function readReaderPage(reply: unknown): Page<ReaderFacts> {
  const { data, has_more: hasMore } = readPage(reply, 'a list of Readers');
  const entries = data.map((entry) => {
    const read = believed(reader, entry, 'a Reader');
    return factsOf(read, actionOrNotUnderstood(read.action));
  });
  return { entries, hasMore };
}

export function readLocationPage(reply: unknown): Page<LocationFacts> {
  const { data, has_more: hasMore } = readPage(reply, 'a list of Locations');
  return { entries: data.map(readLocation), hasMore };
}

function factsOf(read: z.infer<typeof reader>, action: ReaderAction | null): ReaderFacts {
  const where = read.location ?? null;
  return {
    id: readerId(read.id),
    label: read.label ?? '',
    deviceType: read.device_type,
    serialNumber: told(read.serial_number),
    locationId: where === null ? null : locationId(where),
    status: read.status ?? null,
    lastSeenAtMs: read.last_seen_at ?? null,
    software: told(read.device_sw_version),
    action,
  };
}
