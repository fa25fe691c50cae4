import type { CardsApi } from '../../ports/cards-api.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { Log } from '../../ports/log.ts';
import type { PaymentsApi } from '../../ports/payments-api.ts';
import type { ReaderBook } from '../../ports/reader-book.ts';
import type { ReadersApi } from '../../ports/readers-api.ts';
import type { ErrandSteps } from '../errands.ts';
import type { StripeReach } from '../stripe-reach.ts';
import type { ReaderHealth } from './reader-health.ts';

/** What leading a reader from main takes. */
export interface ReaderParts {
  readonly readers: ReadersApi;
  readonly payments: Pick<PaymentsApi, 'read'>;
  /** Null on a kiosk that keeps no cards. */
  readonly cards: Pick<CardsApi, 'readSetupIntent'> | null;
  readonly book: ReaderBook;
  readonly ledger: Ledger;
  readonly errands: ErrandSteps;
  readonly clock: Clock;
  readonly log: Log;
  readonly reach: StripeReach;
  readonly health: ReaderHealth;
}
