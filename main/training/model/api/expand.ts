import { invalidRequest, notModelled } from '../api-error.ts';
import type { Params } from '../form/params.ts';
import type { Ledger } from '../ledger.ts';
import type { Endpoint } from './endpoint.ts';
import { type ObjectName, references, unmodelledReferences } from './references.ts';

/** Stripe expands at most four levels. https://docs.stripe.com/expand */
const depthMax = 4;

type Path = readonly string[];

/** Reads `expand[]`. Refuses paths that lead nowhere, even when the answer turns out empty. */
export function readExpand(params: Params, returns: Endpoint['returns']): readonly Path[] {
  return (params.texts('expand') ?? []).map((text) => {
    const steps = text.split('.');
    const path = returns.list && steps[0] === 'data' ? steps.slice(1) : steps;
    if (returns.list && path === steps) {
      throw invalidRequest(
        `This property cannot be expanded (${text}). You may want to try expanding 'data.${text}' instead.`,
        { param: 'expand' },
      );
    }
    check(returns.object, path, text);
    return path;
  });
}

function check(object: ObjectName, path: Path, text: string): void {
  if (path.length > depthMax) {
    throw invalidRequest(`You cannot expand more than ${depthMax} levels of a property.`, {
      param: 'expand',
    });
  }
  const [field = '', ...deeper] = path;
  const reference = references[object].get(field);
  if (unmodelledReferences[object]?.has(field)) {
    throw notModelled(`the expansion of ${text}`, 'expand');
  }
  if (reference === undefined) {
    throw invalidRequest(`This property cannot be expanded (${text}).`, { param: 'expand' });
  }
  if (deeper.length > 0) {
    check(reference.to, deeper, text);
  }
}

/** Returns the body with the fields at `paths` replaced by the objects they name. */
export function expandBody(
  ledger: Ledger,
  body: object,
  paths: readonly Path[],
  returns: Endpoint['returns'],
): object {
  if (paths.length === 0) {
    return body;
  }
  const expandOne = (item: object): object =>
    paths.reduce((expanded, path) => expandPath(ledger, expanded, path, returns.object), item);
  if (returns.list && 'data' in body && Array.isArray(body.data)) {
    return { ...body, data: body.data.map(expandOne) };
  }
  return expandOne(body);
}

function expandPath(ledger: Ledger, item: object, path: Path, object: ObjectName): object {
  const [field, ...deeper] = path;
  const reference = field === undefined ? undefined : references[object].get(field);
  if (field === undefined || reference === undefined) {
    return item;
  }
  const from = reference.by === 'holder' ? 'id' : field;
  const held: unknown = Object.entries(item).find(([name]) => name === from)?.[1];
  const found = typeof held === 'string' ? reference.find(ledger, held) : held;
  return typeof found === 'object' && found !== null
    ? { ...item, [field]: expandPath(ledger, found, deeper, reference.to) }
    : item;
}
