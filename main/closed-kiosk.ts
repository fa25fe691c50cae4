import type { ClosedView } from '../preload/contract/kiosk.ts';
import { directAbilities } from './ports/abilities.ts';
import { featuresOf } from './screen-setup.ts';
import { closedHandlers, closedStaffHandlers } from './ipc/closed-handlers.ts';
import { type Ask, done, refused, router } from './ipc/router.ts';
import { Snapshots } from './ipc/snapshots.ts';
import type { Log } from './ports/log.ts';
import { SettingsProblem } from './settings/settings-problem.ts';
import { DatabaseRefused } from './storage/open.ts';

/** What the closed screen shows of a problem; null when it is none a person can mend, but a fault of ours. */
export function closedView(problem: unknown): ClosedView | null {
  if (problem instanceof SettingsProblem) {
    const { kind, file, field, message } = problem;
    return { kind, file, field, sentence: message };
  }
  if (problem instanceof DatabaseRefused) {
    return { kind: 'database', file: problem.file, field: null, sentence: problem.message };
  }
  return null;
}

/** A kiosk that says why it is closed and does nothing else: no file was opened for writing. */
export function closedAsk(closed: ClosedView, log: Log): Ask {
  const snapshots = new Snapshots(
    {
      mode: 'test',
      studio: { name: 'Foyer' },
      currency: 'usd',
      theme: { accent: '#2f6b5a', scheme: 'light' },
      locale: 'en',
      readerSide: 'right',
      features: featuresOf(directAbilities),
      training: null,
    },
    null,
    () => ({
      closed,
      sale: null,
      reach: 'not_tried',
      reader: { connection: 'not_connected', payment: 'not_ready', label: null, problem: null },
      readerPlace: { location: null, id: null, integration: 'sdk' },
    }),
  );
  return router(
    {
      ...closedHandlers(),
      ...closedStaffHandlers(),
      'kiosk:attach': () => done(snapshots.next()),
      'catalogue:read': () => refused('closed'),
      'training:call': () => refused('closed'),
      'window:report': ({ message }) => {
        log.write('error', 'window.fault', { why: message });
        return done(null);
      },
    },
    log,
  );
}
