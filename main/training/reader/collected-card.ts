import type { Authorization } from '../model/moves/authorize.ts';
import type { Presentation } from '../model/moves/presentation.ts';

/** One finished collect. A page processes it by name; it can take effect only once. */
export interface CollectedCard {
  readonly sessionId: string;
  readonly paymentIntentId: string;
  readonly presentation: Presentation;
  /** What the issuer said when it was processed; null before that. */
  authorization: Authorization | null;
}
