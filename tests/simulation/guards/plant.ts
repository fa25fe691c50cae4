import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import type { Guard } from './guard.ts';

const root = new URL('../../../', import.meta.url);

/** The source text with the bug in it. Refuses, by throwing, a text that does not stand in the file exactly once. */
export function plantedSource({ name, file, find, replacement }: Guard): string {
  const source = readFileSync(new URL(file, root), 'utf8');
  const parts = source.split(find);
  if (parts.length !== 2) {
    throw new Error(
      `"${name}" can't be planted: its text stands ${String(parts.length - 1)} times in ${file}`,
    );
  }
  return parts.join(replacement);
}

/** From now on this process loads that one file with the bug in it. */
export function plant(guard: Guard): void {
  const source = plantedSource(guard);
  const { href } = new URL(guard.file, root);
  registerHooks({
    load(url, context, nextLoad) {
      if (url !== href) return nextLoad(url, context);
      return { format: 'module-typescript', source, shortCircuit: true };
    },
  });
}
