import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { SettingsProblem } from './settings-problem.ts';

export interface JsonFileOptions<Schema extends z.ZodType> {
  readonly kind: 'catalogue' | 'settings';
  readonly file: string;
  readonly schema: Schema;
  readonly sizeMax: number;
}

/** What was read, or all that a person must mend first; each problem names the file, the field and what to do. */
export type ReadOrProblems<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | {
      readonly kind: 'refused';
      readonly problems: readonly [SettingsProblem, ...SettingsProblem[]];
    };

/** What was read. Throws the first problem. */
export function valueOf<Value>(read: ReadOrProblems<Value>): Value {
  if (read.kind === 'refused') throw read.problems[0];
  return read.value;
}

/** Reads and parses a file. Refuses with every problem that was found: the file, the field and what to do. */
export function parseJsonFile<Schema extends z.ZodType>(
  options: JsonFileOptions<Schema>,
): ReadOrProblems<z.infer<Schema>> {
  const name = path.basename(options.file);
  const problem = (field: string | null, sentence: string): SettingsProblem =>
    new SettingsProblem(options.kind, { file: name, field }, sentence);

  let text: string;
  try {
    text = readText(options, problem);
  } catch (error) {
    if (error instanceof SettingsProblem) return { kind: 'refused', problems: [error] };
    throw error;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const sentence = `${name} is not valid JSON${placeOf(error, text)}. Mend it or restore a copy.`;
    return { kind: 'refused', problems: [problem(null, sentence)] };
  }
  const parsed = options.schema.safeParse(value);
  if (parsed.success) return { kind: 'read', value: parsed.data };
  const [first, ...others] = parsed.error.issues.flatMap((issue) =>
    faultsOf(issue).map(({ field, what }) =>
      problem(field, `${name}, ${field ?? 'as a whole'}: ${what}.`),
    ),
  );
  const problems = [
    first ?? problem(null, `${name}, as a whole: not understood.`),
    ...others,
  ] as const;
  return { kind: 'refused', problems };
}

/** Each field that the issue is about: unknown ones are told one by one. */
function faultsOf(
  issue: z.core.$ZodIssue,
): { readonly field: string | null; readonly what: string }[] {
  if (issue.code !== 'unrecognized_keys') {
    return [{ field: fieldName(issue.path), what: issue.message }];
  }
  return issue.keys.map((key) => ({
    field: fieldName([...issue.path, key]),
    what: 'is not known here; take it out, or mend its spelling',
  }));
}

function readText(
  { file, sizeMax }: { readonly file: string; readonly sizeMax: number },
  problem: (field: null, sentence: string) => SettingsProblem,
): string {
  const name = path.basename(file);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined)
    throw problem(null, `${name} was not found. Put it back, or set its path.`);
  if (!stats.isFile())
    throw problem(null, `${name} is not a file. Set the path to the file itself.`);
  if (stats.size > sizeMax) {
    const megabytes = (sizeMax / 1024 / 1024).toFixed(0);
    throw problem(null, `${name} is larger than ${megabytes} MB. Remove what is not sold here.`);
  }
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw problem(null, `${name} can't be read. Give the kiosk's user the right to read it.`);
  }
}

/** `categories[0].items[2].price` */
export function fieldName(place: readonly PropertyKey[]): string | null {
  if (place.length === 0) return null;
  return place
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      return index === 0 ? String(part) : `.${String(part)}`;
    })
    .join('');
}

/** ` (line 3)`, or nothing when the engine tells of no place. */
function placeOf(error: unknown, text: string): string {
  if (!(error instanceof Error)) return '';
  const told = /position (\d+)/.exec(error.message)?.[1];
  const position = told === undefined ? placeOfUnexpected(text) : Number(told);
  return ` (line ${text.slice(0, position).split('\n').length})`;
}

/**
 * For an unexpected token the engine gives no position: it is where the shortest beginning of the text ends that
 * fails in the same way. Halving finds it in twenty tries for a megabyte.
 */
function placeOfUnexpected(text: string): number {
  let isFine = 0;
  let fails = text.length;
  while (fails - isFine > 1) {
    const middle = Math.floor((isFine + fails) / 2);
    if (hasUnexpectedToken(text.slice(0, middle))) fails = middle;
    else isFine = middle;
  }
  return isFine;
}

function hasUnexpectedToken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return error instanceof Error && error.message.startsWith('Unexpected token');
  }
}
