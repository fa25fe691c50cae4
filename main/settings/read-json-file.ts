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

/** Reads and parses a file. Refuses, by SettingsProblem, naming the file, the field and what to do. */
export function readJsonFile<Schema extends z.ZodType>(
  options: JsonFileOptions<Schema>,
): z.infer<Schema> {
  const name = path.basename(options.file);
  const problem = (field: string | null, sentence: string): SettingsProblem =>
    new SettingsProblem(options.kind, { file: name, field }, sentence);

  const text = readText(options, problem);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw problem(
      null,
      `${name} is not valid JSON${placeOf(error, text)}. Mend it or restore a copy.`,
    );
  }
  const parsed = options.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue === undefined ? null : fieldName(issue.path);
  throw problem(field, `${name}, ${field ?? 'as a whole'}: ${issue?.message ?? 'not understood'}.`);
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

function placeOf(error: unknown, text: string): string {
  const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
  if (position === undefined) return '';
  const line = text.slice(0, Number(position)).split('\n').length;
  return ` (line ${line})`;
}
