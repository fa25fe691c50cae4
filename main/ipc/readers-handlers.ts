import { locationId, paymentIntentId, readerId } from '../domain/ids.ts';
import type { ReaderKeeping } from '../services/reader-keeping.ts';
import { behindThePin } from './behind-the-pin.ts';
import { done, type Handlers } from './router.ts';
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
  readonly keeping: Omit<ReaderKeeping, 'close'>;
}

/** What staff can ask about readers. Everything is refused until main has seen the PIN. */
export function readersHandlers({ session, keeping }: ReadersHandlersOptions): ReadersHandlers {
  const unlocked = behindThePin(session);
  return {
    // The page asks for it by itself, over and over.
    'readers:list': unlocked<'readers:list'>(async () => done(await keeping.list()), false),
    'readers:register': unlocked<'readers:register'>(async (request) =>
      done(await keeping.register({ ...request, locationId: locationId(request.locationId) })),
    ),
    'readers:rename': unlocked<'readers:rename'>(async (request) =>
      done(await keeping.rename({ ...request, readerId: readerId(request.readerId) })),
    ),
    'readers:deregister': unlocked<'readers:deregister'>(async (request) =>
      done(await keeping.deregister({ ...request, readerId: readerId(request.readerId) })),
    ),
    'readers:choose': unlocked<'readers:choose'>(async (request) => {
      const chosen = request.readerId === null ? null : readerId(request.readerId);
      return done(await keeping.choose({ ...request, readerId: chosen }));
    }),
    'readers:use': unlocked<'readers:use'>(({ role, by }) => done(keeping.use(role, by))),
    'readers:check': unlocked<'readers:check'>(async (request) =>
      done(await keeping.check(readerId(request.readerId))),
    ),
    'readers:free': unlocked<'readers:free'>(async (request) => {
      const shown =
        request.paymentIntentId === null ? null : paymentIntentId(request.paymentIntentId);
      return done(
        await keeping.free({
          ...request,
          readerId: readerId(request.readerId),
          paymentIntentId: shown,
        }),
      );
    }),
    'locations:create': unlocked<'locations:create'>(async (request) =>
      done(await keeping.createLocation(request)),
    ),
  };
}
