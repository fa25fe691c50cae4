import type { ClosedView } from '../preload/contract/kiosk.ts';
import type { RecordsLost } from './storage/lost-mark.ts';

export interface TillState {
  /** A problem of settings or catalogue that only a restart can end. */
  readonly problem: ClosedView | null;
  readonly hasRoom: boolean;
  /** Until Stripe has been asked for everything that may be held. */
  readonly lost: RecordsLost | null;
  /** The open file was found damaged. */
  readonly isUnsound: boolean;
}

/** Why no new sale may begin now, in words for staff; null when one may. */
export function whyClosed({ problem, hasRoom, lost, isUnsound }: TillState): ClosedView | null {
  if (problem !== null) return problem;
  if (lost !== null) return database(`${whatHappened(lost)} ${asking}`);
  if (isUnsound) return database(unsound);
  if (!hasRoom) return database(fullDisk);
  return null;
}

const asking =
  'Foyer is asking Stripe for every payment it may still hold; selling begins again by itself when that is done.';

const unsound =
  'foyer.db, the record of all sales, is damaged. Restart Foyer: it keeps the damaged file, takes up its backup and asks Stripe for the rest.';

const fullDisk =
  'The disk of this computer is full. Free some space; selling begins again by itself within a minute. Nothing recorded is lost.';

function whatHappened({ aside, restoredFromMs }: RecordsLost): string {
  const what =
    aside === null
      ? 'foyer.db, the record of all sales, is gone.'
      : `foyer.db, the record of all sales, was damaged and is kept as ${aside}.`;
  if (restoredFromMs === null) return what;
  const time = new Date(restoredFromMs).toISOString().slice(0, 16).replace('T', ' ');
  return `${what} Its backup of ${time} UTC has taken its place.`;
}

function database(sentence: string): ClosedView {
  return { kind: 'database', file: 'foyer.db', field: null, sentence };
}
