import type { Reader, Terminal } from '@stripe/terminal-js';
import { connectionWord, errorCode } from './terminal-words.ts';
import { within } from './within.ts';

/** How long letting go may take, in milliseconds. */
const letGoLimitMs = 5_000;

export interface ReaderPlace {
  /** `tml_…`: where to look; null looks everywhere. */
  readonly location: string | null;
  /** `tmr_…`: this kiosk's reader; null takes the only one there is. */
  readonly id: string | null;
}

export type Connected =
  | { readonly kind: 'connected'; readonly label: string }
  | { readonly kind: 'failed'; readonly code: string };

/** Makes sure that this kiosk's reader is connected: looks for it right before, because what was found ages. */
export async function connect(terminal: Terminal, place: ReaderPlace): Promise<Connected> {
  if (connectionWord(terminal.getConnectionStatus()) === 'connected') {
    return { kind: 'connected', label: labelOf(terminal.getConnectedReader()) };
  }
  const found = await terminal.discoverReaders(
    place.location === null ? {} : { location: place.location },
  );
  if ('error' in found) return { kind: 'failed', code: errorCode(found.error.code) };

  const ours = choose(found.discoveredReaders, place.id);
  if (typeof ours === 'string') return { kind: 'failed', code: ours };
  // Never steals a reader from another kiosk.
  const result = await terminal.connectReader(ours, { fail_if_in_use: true });
  if ('error' in result) return { kind: 'failed', code: errorCode(result.error.code) };
  return { kind: 'connected', label: labelOf(result.reader) };
}

/** Lets go of a connection that answers nothing, with what it remembered, and connects anew. */
export async function reconnect(terminal: Terminal, place: ReaderPlace): Promise<Connected> {
  await within(letGoLimitMs, () => terminal.disconnectReader()).catch(() => undefined);
  await within(letGoLimitMs, () => terminal.clearCachedCredentials()).catch(() => undefined);
  return connect(terminal, place);
}

function choose(readers: readonly Reader[], id: string | null): Reader | string {
  const mine = id === null ? readers : readers.filter((reader) => reader.id === id);
  const [first, second] = mine;
  if (first === undefined) return 'no_reader_found';
  return second === undefined ? first : 'which_reader';
}

function labelOf(reader: Reader): string {
  return reader.label.slice(0, 200);
}
