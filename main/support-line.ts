import { withoutPersons } from './log/without-persons.ts';

/** One line of the bundle. `part` says which source it is from. */
export type SupportLine = Readonly<Record<string, unknown>> & { readonly part: string };

/** What the source gives; when it fails, a line that says so in its place, and the next source goes on. */
export async function* orUnreadable(
  part: string,
  source: () => Iterable<SupportLine> | AsyncIterable<SupportLine>,
): AsyncGenerator<SupportLine> {
  try {
    yield* source();
  } catch (error) {
    yield { part, unreadable: whyUnreadable(error) };
  }
}

/** A fault of the file system is told by its code: its message holds a path. */
export function whyUnreadable(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return 'syscall' in error ? code : withoutPersons(`${code}: ${error.message}`).slice(0, 200);
}
