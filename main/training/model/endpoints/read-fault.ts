import { invalidRequest } from '../api-error.ts';
import type { Params } from '../form/params.ts';
import {
  parseServerDrivenFault,
  type ServerDrivenFault,
  serverDrivenFaults,
} from '../terminal/server-driven-fault.ts';

/**
 * Reads a mishap: its `kind`, and what belongs to it under names such as `for_ms`. Refuses what is
 * none, with the list of those there are.
 */
export function readFault(params: Params): ServerDrivenFault {
  const kind = params.required('kind', params.text('kind'));
  const given = {
    arrives: params.boolean('arrives'),
    authorized: params.boolean('authorized'),
    byMs: params.integer('by_ms'),
    extraMs: params.integer('extra_ms'),
    forMs: params.integer('for_ms'),
  };
  const fields = Object.entries(given).filter(([, value]) => value !== undefined);
  const fault = parseServerDrivenFault({ kind, ...Object.fromEntries(fields) });
  if (fault === null) {
    throw invalidRequest(`This is no mishap of training mode. Use one of: ${mishaps.join('; ')}.`, {
      param: 'kind',
    });
  }
  return fault;
}

const names: Readonly<Record<string, string>> = {
  byMs: 'by_ms',
  extraMs: 'extra_ms',
  forMs: 'for_ms',
};

/** Each mishap with the parameters it needs, as it is written in a form. */
export const mishaps: readonly string[] = serverDrivenFaults.map(({ shape }) => {
  const { kind, ...fields } = shape;
  const needed = Object.keys(fields).map((name) => names[name] ?? name);
  return needed.length === 0 ? kind.value : `${kind.value} (${needed.join(', ')})`;
});
