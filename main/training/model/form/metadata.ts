import { invalidRequest } from '../api-error.ts';
import type { Params } from './params.ts';

/** A change to an object's metadata; null stands for "forget it all". */
export type MetadataChange = ReadonlyMap<string, string> | null;

/** Stripe's limits. https://docs.stripe.com/metadata */
const keysMax = 50;
const keyLengthMax = 40;
const valueLengthMax = 500;

/** Reads the `metadata` parameter. Refuses what is longer than Stripe keeps. */
export function readMetadata(params: Params): MetadataChange | undefined {
  const members = params.members('metadata');
  if (members === undefined || members === '') {
    return members === undefined ? undefined : null;
  }
  if (typeof members === 'string') {
    throw invalidRequest(`Invalid object: ${members}`, { param: 'metadata' });
  }
  const change = new Map<string, string>();
  for (const [key, value] of members) {
    if (typeof value !== 'string') {
      throw invalidRequest('Metadata values must be strings.', { param: `metadata[${key}]` });
    }
    if (key.length > keyLengthMax || value.length > valueLengthMax) {
      throw invalidRequest(
        `Metadata keys can have up to ${keyLengthMax} characters and values up to ${valueLengthMax}.`,
        { param: `metadata[${key.slice(0, keyLengthMax)}]` },
      );
    }
    change.set(key, value);
  }
  return change;
}

/** The metadata after a change: an empty value removes its key. Refuses more keys than allowed. */
export function changedMetadata(
  metadata: Readonly<Record<string, string>>,
  change: MetadataChange | undefined,
): Record<string, string> {
  if (change === undefined) {
    return metadata;
  }
  const entries = new Map(change === null ? [] : Object.entries(metadata));
  for (const [key, value] of change ?? []) {
    if (value === '') {
      entries.delete(key);
    } else {
      entries.set(key, value);
    }
  }
  if (entries.size > keysMax) {
    throw invalidRequest(`Metadata can have up to ${keysMax} keys.`, { param: 'metadata' });
  }
  return Object.fromEntries(entries);
}
