import { invalidRequest, notModelled } from '../api-error.ts';
import type { Params } from '../form/params.ts';
import type { Ledger } from '../ledger.ts';
import type { Endpoint } from './endpoint.ts';
import { type ObjectName, type Reference, references, unmodelledReferences } from './references.ts';

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
  const step = firstStep(object, path);
  if (path.some((_, index) => unmodelledReferences[object]?.has(dotted(path, index + 1)))) {
    throw notModelled(`the expansion of ${text}`, 'expand');
  }
  if (step === undefined) {
    throw invalidRequest(`This property cannot be expanded (${text}).`, { param: 'expand' });
  }
  if (step.deeper.length > 0) {
    check(step.reference.to, step.deeper, text);
  }
}

/** The first reference on a path, and the path beyond it. A reference may lie inside other fields. */
function firstStep(
  object: ObjectName,
  path: Path,
): { readonly field: Path; readonly reference: Reference; readonly deeper: Path } | undefined {
  for (let length = 1; length <= path.length; length += 1) {
    const reference = references[object].get(dotted(path, length));
    if (reference !== undefined) {
      return { field: path.slice(0, length), reference, deeper: path.slice(length) };
    }
  }
  return undefined;
}

function dotted(path: Path, length: number): string {
  return path.slice(0, length).join('.');
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
  const step = firstStep(object, path);
  if (step === undefined) {
    return item;
  }
  const { field, reference, deeper } = step;
  const holder = valueOf(item, 'id');
  return replaceAt(item, field, (value) => {
    const held = reference.by === 'holder' ? holder : value;
    const found = typeof held === 'string' ? reference.find(ledger, held) : held;
    return typeof found === 'object' && found !== null
      ? expandPath(ledger, found, deeper, reference.to)
      : value;
  });
}

/** The item with one of its fields, however deep, replaced. A path that ends early changes nothing. */
function replaceAt(item: object, field: Path, replace: (value: unknown) => unknown): object {
  const [name, ...rest] = field;
  if (name === undefined) {
    return item;
  }
  const value = valueOf(item, name);
  if (rest.length === 0) {
    return { ...item, [name]: replace(value) };
  }
  return typeof value === 'object' && value !== null
    ? { ...item, [name]: replaceAt(value, rest, replace) }
    : item;
}

function valueOf(item: object, name: string): unknown {
  return Object.entries(item).find(([key]) => key === name)?.[1];
}
