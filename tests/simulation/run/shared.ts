import type { OtherTill } from '../people/other-till.ts';
import type { ModelOrders } from '../platforms/model-orders.ts';
import type { Verdicts } from '../promises/verdicts.ts';
import type { ModelReaders } from '../stripe/model-readers.ts';
import type { StripeModel } from '../stripe/stripe-model.ts';
import type { Agenda } from '../time/agenda.ts';
import type { Tally } from './tally.ts';
import type { Trace } from './trace.ts';

/** What the kiosks of one world have in common. */
export interface Shared {
  readonly agenda: Agenda;
  readonly trace: Trace;
  readonly verdicts: Verdicts;
  readonly stripe: StripeModel;
  /** What the platform holds; empty with direct Stripe. */
  readonly orders: ModelOrders;
  readonly readers: ModelReaders;
  readonly otherTill: OtherTill;
  readonly faults: Tally;
  readonly states: Tally;
  /** Final states of the sales, and customers who were refused. */
  readonly outcomes: Tally;
  /** A number that nothing else has. */
  readonly nextNumber: () => number;
}
