import type { WebPreferences } from 'electron';
import { refuseTheRest } from './not-implemented.ts';
import { SessionImpl } from './session.ts';
import type { SessionParts } from './session.ts';

/** All sessions of this run, made when they are first asked for, as `session` in Electron. */
export class Sessions {
  private readonly byPartition = new Map<string, SessionImpl>();
  private readonly partsOf: (partition: string) => SessionParts;
  private readonly isReady: () => boolean;

  constructor(partsOf: (partition: string) => SessionParts, isReady: () => boolean) {
    this.partsOf = partsOf;
    this.isReady = isReady;
  }

  of(partition: string): SessionImpl {
    const known = this.byPartition.get(partition);
    if (known) return known;
    const made = new SessionImpl(this.partsOf(partition));
    this.byPartition.set(partition, made);
    return made;
  }

  all(): SessionImpl[] {
    return [...this.byPartition.values()];
  }

  /** The session that a window's preferences name. */
  for({ session, partition }: Readonly<WebPreferences>): SessionImpl {
    const named = session ? this.all().find((known) => known.facade === session) : undefined;
    return named ?? this.of(partition ?? '');
  }

  /** `session` as the app imports it. */
  facade(): object {
    const ofReady = (partition: string) => {
      if (!this.isReady()) throw new Error('Session can only be received when app is ready');
      return this.of(partition).facade;
    };
    return refuseTheRest('session', {
      get defaultSession() {
        return ofReady('');
      },
      fromPartition: (partition: string) => ofReady(partition),
    });
  }
}
