import { behindThePin } from './behind-the-pin.ts';
import { type Handlers, refused } from './router.ts';
import type { StaffSession } from './staff-session.ts';

export type ReadersHandlers = Pick<
  Handlers,
  | 'readers:list'
  | 'readers:register'
  | 'readers:rename'
  | 'readers:deregister'
  | 'readers:choose'
  | 'readers:use'
  | 'readers:check'
  | 'readers:free'
  | 'locations:create'
>;

export interface ReadersHandlersOptions {
  readonly session: StaffSession;
}

/** What staff can ask about readers. Everything is refused until main has seen the PIN. */
export function readersHandlers({ session }: ReadersHandlersOptions): ReadersHandlers {
  const unlocked = behindThePin(session);
  return {
    'readers:list': unlocked<'readers:list'>(() => refused('not_now'), false),
    'readers:register': unlocked<'readers:register'>(() => refused('not_now')),
    'readers:rename': unlocked<'readers:rename'>(() => refused('not_now')),
    'readers:deregister': unlocked<'readers:deregister'>(() => refused('not_now')),
    'readers:choose': unlocked<'readers:choose'>(() => refused('not_now')),
    'readers:use': unlocked<'readers:use'>(() => refused('not_now')),
    'readers:check': unlocked<'readers:check'>(() => refused('not_now')),
    'readers:free': unlocked<'readers:free'>(() => refused('not_now')),
    'locations:create': unlocked<'locations:create'>(() => refused('not_now')),
  };
}
