import { readFileSync } from 'node:fs';

type Name = 'main-world' | 'isolated-world';

const known = new Map<Name, string>();

/** The bundled script for one of a page's two worlds; it lies beside the stand-in's own bundle. */
export function pageScript(name: Name): string {
  const read =
    known.get(name) ?? readFileSync(new URL(`./${name}.script`, import.meta.url), 'utf8');
  known.set(name, read);
  return read;
}
