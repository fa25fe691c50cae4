import type { Abilities } from '../../main/ports/abilities.ts';
import type { JoinedKiosk, JoinedOptions } from './joined-kiosk.ts';

/** One story that is told to every system. */
export interface Scenario {
  readonly name: string;
  readonly options?: JoinedOptions;
  /** False where the system's declaration says that it can't; then `otherwise` is the cell. Left out: every system can. */
  readonly isSupported?: (abilities: Abilities) => boolean;
  readonly tell: (joined: JoinedKiosk) => Promise<void>;
  /** What the kiosk says where the system can't; refuses, by an assertion, to see it offered all the same. */
  readonly otherwise?: (joined: JoinedKiosk) => Promise<void>;
}
