import type { KioskId, SaleId } from '../domain/ids.ts';
import type { Books } from '../ports/books.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { PaymentsApi } from '../ports/payments-api.ts';
import type { KnownTime } from './known-time.ts';
import type { SaleSteps } from './sale-steps.ts';

/** What it takes to compare the account with the file: what events tell, and what a sweep lists. */
export interface AccountOptions {
  readonly ledger: Ledger;
  readonly books: Books;
  readonly payments: PaymentsApi;
  readonly steps: SaleSteps;
  readonly clock: KnownTime;
  readonly log: Log;
  readonly kioskId: KioskId;
  /** Sets a damaged sale aside and puts back what can be proved of it. */
  readonly mend: (id: SaleId) => void;
}
