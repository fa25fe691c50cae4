import type { WaitingLimits } from '../../../main/services/cards/card-settings.ts';
import type { CardsAttach } from '../stripe/kept-cards.ts';
import type { Behind } from './backend.ts';
import type { CardPlan } from './card-plan.ts';
import type { Fault } from './fault.ts';
import type { OrderPlan } from './order-plan.ts';

/** One customer, as the seed decided. Without faults they tap once and the card is good. */
export interface SalePlan {
  /** Counted from 0 in its seed; what is drawn for this sale depends on it. */
  readonly index: number;
  /** How long after the customer before has left, in milliseconds. */
  readonly gapMs: number;
  readonly lines: readonly { readonly itemId: string; readonly quantity: number }[];
  readonly faults: readonly Fault[];
  /** Null for a customer who pays with an ordinary card and goes. */
  readonly card: CardPlan | null;
  /** Null where a sale pays no order of a platform. */
  readonly order: OrderPlan | null;
}

/** How a seed's kiosk leads its reader from main; without it the page leads it with the SDK. */
export interface ReaderPlan {
  readonly hasSpare: boolean;
  /** Another till uses it as well. */
  readonly isShared: boolean;
  /** What Stripe says of a collect that has its card is not settled by its documents. */
  readonly collectEnds: 'succeeded' | 'in_progress';
}

/** Everything a seed decides before anything runs. */
export interface SeedPlan {
  readonly seed: number;
  /** What the kiosk sells with. */
  readonly behind: Behind;
  readonly askBeforeCharging: boolean;
  /** Null: the SDK leads. */
  readonly readers: ReaderPlan | null;
  /** Within what limits a charge to a card on file may wait for the network; null: it may not. */
  readonly waiting: WaitingLimits | null;
  /** Whether Stripe attaches a card by itself that was tapped for a Customer. */
  readonly cardsAttach: CardsAttach;
  readonly sales: readonly SalePlan[];
  /** Customers of a second kiosk that shares the reader; null where there is none. */
  readonly second: readonly SalePlan[] | null;
}
