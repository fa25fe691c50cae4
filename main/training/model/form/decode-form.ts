import { invalidRequest } from '../api-error.ts';
import type { FormMap } from './form-value.ts';

type Level = Map<string, string | Level>;

/** More than any request of Stripe's API needs; a limit on every loop. */
const pairsMax = 2000;
const depthMax = 10;

/**
 * Reads `application/x-www-form-urlencoded` text with Stripe's brackets: `a[b][c]=x`, `a[0]=x` and
 * `a[]=x`. Of a name given twice the last counts. Refuses broken escapes and brackets.
 */
export function decodeForm(text: string): FormMap {
  const form: Level = new Map();
  const pairs = text.split('&').filter((pair) => pair !== '');
  if (pairs.length > pairsMax) {
    throw invalidRequest(`A request may carry at most ${pairsMax} parameters.`);
  }
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    const name = unescapeText(equals < 0 ? pair : pair.slice(0, equals));
    put(form, nameSteps(name), equals < 0 ? '' : unescapeText(pair.slice(equals + 1)), name);
  }
  return form;
}

function unescapeText(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidRequest('Invalid request: the form is not correctly percent-encoded.');
  }
}

/** `a[b][]` becomes `a`, `b`, and an empty step that means "the next place of a list". */
function nameSteps(name: string): readonly string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (match === null) {
    throw invalidRequest(`Invalid parameter name: ${name}`, { param: name });
  }
  const [, first = '', brackets = ''] = match;
  const steps = [
    first,
    ...Array.from(brackets.matchAll(/\[([^[\]]*)\]/g), ([, step = '']) => step),
  ];
  if (steps.length > depthMax) {
    throw invalidRequest(`Invalid parameter name: ${name} is nested too deep.`, { param: name });
  }
  return steps;
}

function put(level: Level, steps: readonly string[], value: string, name: string): void {
  const [step = '', ...deeper] = steps;
  const key = step === '' ? String(level.size) : step;
  const held = level.get(key);
  if (deeper.length === 0) {
    if (held instanceof Map) {
      throw invalidRequest(`Invalid request: ${name} is given both a value and members.`);
    }
    level.set(key, value);
    return;
  }
  if (typeof held === 'string') {
    throw invalidRequest(`Invalid request: ${name} is given both a value and members.`);
  }
  const next: Level = held ?? new Map<string, string | Level>();
  level.set(key, next);
  put(next, deeper, value, name);
}
