import type { Presentation } from '../model/moves/presentation.ts';
import type { Purpose } from '../model/terminal/purpose.ts';
import type { Served } from '../model/terminal/serve-purpose.ts';

/** One finished collect. A page processes it by name; it can take effect only once. */
export interface CollectedCard {
  readonly sessionId: string;
  readonly purpose: Purpose;
  readonly presentation: Presentation;
  /** What came of it when it was processed; null before that. */
  served: Served | null;
}
