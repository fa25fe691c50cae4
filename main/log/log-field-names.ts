import type { LogFields } from '../ports/log.ts';

/** The compiler asks for every field here, and for none but those. */
const known: Readonly<Record<keyof LogFields, true>> = {
  sale: true,
  owner: true,
  attempt: true,
  state: true,
  stateBefore: true,
  step: true,
  ordinal: true,
  tries: true,
  outcome: true,
  code: true,
  status: true,
  requestId: true,
  durationMs: true,
  channel: true,
  why: true,
  file: true,
  field: true,
  mode: true,
  version: true,
  reader: true,
  count: true,
};

/** The allow-list of a line's fields, kept at run time too: a type is gone by then. */
export const logFieldNames: ReadonlySet<string> = new Set(Object.keys(known));
