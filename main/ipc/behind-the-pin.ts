import type { CommandName } from '../../preload/contract/channels.ts';
import { type Handler, refused } from './router.ts';
import type { StaffSession } from './staff-session.ts';

/** Makes a handler that is carried out only after main has seen the PIN. */
export type BehindThePin = <Name extends CommandName>(
  handle: Handler<Name>,
  counts?: boolean,
) => Handler<Name>;

/**
 * Refuses, as `locked`, what is asked while nobody has given the PIN. `counts`: a person did this, so the page stays
 * open; the page's own looking around does not count.
 */
export function behindThePin(session: StaffSession): BehindThePin {
  return (handle, counts = true) =>
    (request) => {
      if (!session.isUnlocked) return refused('locked');
      if (counts) session.touch();
      return handle(request);
    };
}
