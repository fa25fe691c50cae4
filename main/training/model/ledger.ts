import type Stripe from 'stripe';

import { Agenda } from './agenda.ts';
import { latestApiVersion } from './api-version.ts';
import { ArmedDeclines } from './armed-declines.ts';
import { Collection } from './collection.ts';
import type { LedgerChange } from './ledger-change.ts';
import type { ModelClock } from './model-clock.ts';
import type { ModelEvent, ModelEventObjects, ModelEventType } from './model-event.ts';
import type { ModelIds } from './model-ids.ts';
import type { ReaderState } from './terminal/reader-state.ts';
import { ReaderWorld } from './terminal/reader-world.ts';
import { TrainingAccount } from './training-account.ts';

/** A connection token's life: made once, redeemed at most once. */
export interface IssuedToken {
  readonly expiresAtMs: number;
  readonly location: string | null;
  readonly redeemed: boolean;
}

/** A PaymentMethod that Stripe would refuse, whatever it is offered for. Its id is that one's. */
export interface SpentPaymentMethod {
  readonly id: string;
}

/** What the search of customers shows while it has not caught up. Its id is the customer's. */
export interface SearchLag {
  readonly id: string;
  /** When the customer was last changed, in epoch milliseconds. */
  readonly changedAtMs: number;
  /** The version the search goes on showing; null when it knew none. */
  readonly shown: Stripe.Customer | null;
}

/** Stripe keeps events for 30 days. https://docs.stripe.com/api/events */
const eventRetentionSec = 30 * 24 * 60 * 60;

/**
 * Everything one account owns. It holds state and appends events; what may happen to that state is
 * in `moves/`, one file per move. It never reads a clock or chance other than those given.
 */
export class Ledger {
  readonly clock: ModelClock;
  readonly ids: ModelIds;

  readonly paymentIntents: Collection<Stripe.PaymentIntent>;
  readonly charges: Collection<Stripe.Charge>;
  readonly paymentMethods: Collection<Stripe.PaymentMethod>;
  /** PaymentMethods that were detached, or used without a customer: they are never taken again. */
  readonly spentPaymentMethods: Collection<SpentPaymentMethod>;
  readonly setupIntents: Collection<Stripe.SetupIntent>;
  readonly setupAttempts: Collection<Stripe.SetupAttempt>;
  readonly refunds: Collection<Stripe.Refund>;
  readonly disputes: Collection<Stripe.Dispute>;
  readonly customers: Collection<Stripe.Customer>;
  /** What is left of a customer that was deleted. */
  readonly deletedCustomers: Collection<Stripe.DeletedCustomer>;
  /** Where the search lags behind; a customer without an entry is found as it is. */
  readonly customerSearch: Collection<SearchLag>;
  readonly locations: Collection<Stripe.Terminal.Location>;
  readonly readers: Collection<Stripe.Terminal.Reader>;
  /** What each reader is doing; a reader without one rests. */
  readonly readerStates: Collection<ReaderState>;
  readonly events: Collection<ModelEvent>;
  readonly connectionTokens = new Map<string, IssuedToken>();
  readonly agenda = new Agenda();
  readonly world = new ReaderWorld();
  readonly account = new TrainingAccount();
  readonly declines = new ArmedDeclines();

  /** The request at work; what a reader or the clock brings about has none. */
  cause: Stripe.Event.Request = { id: null, idempotency_key: null };

  /** `record` is told of every change as it is made. Connection tokens are not among them. */
  constructor(
    clock: ModelClock,
    ids: ModelIds,
    record: (change: LedgerChange) => void = () => undefined,
  ) {
    this.clock = clock;
    this.ids = ids;
    this.paymentIntents = new Collection((row) => record({ in: 'payment_intents', row }));
    this.charges = new Collection((row) => record({ in: 'charges', row }));
    this.paymentMethods = new Collection((row) => record({ in: 'payment_methods', row }));
    this.spentPaymentMethods = new Collection((row) =>
      record({ in: 'spent_payment_methods', row }),
    );
    this.setupIntents = new Collection((row) => record({ in: 'setup_intents', row }));
    this.setupAttempts = new Collection((row) => record({ in: 'setup_attempts', row }));
    this.refunds = new Collection((row) => record({ in: 'refunds', row }));
    this.disputes = new Collection((row) => record({ in: 'disputes', row }));
    this.customers = new Collection(
      (row) => record({ in: 'customers', row }),
      (gone) => record({ in: 'customers', gone }),
    );
    this.deletedCustomers = new Collection((row) => record({ in: 'deleted_customers', row }));
    this.customerSearch = new Collection((row) => record({ in: 'customer_search', row }));
    this.locations = new Collection(
      (row) => record({ in: 'locations', row }),
      (gone) => record({ in: 'locations', gone }),
    );
    this.readers = new Collection(
      (row) => record({ in: 'readers', row }),
      (gone) => record({ in: 'readers', gone }),
    );
    this.readerStates = new Collection(
      (row) => record({ in: 'reader_states', row }),
      (gone) => record({ in: 'reader_states', gone }),
    );
    this.events = new Collection((row) => record({ in: 'events', row }));
  }

  nowSec(): number {
    return Math.floor(this.clock.nowMs() / 1000);
  }

  /**
   * Appends an event. `atSec` differs from now only for what the clock brought about earlier than
   * anybody looked.
   */
  emit<Type extends ModelEventType>(
    type: Type,
    object: ModelEventObjects[Type],
    atSec: number = this.nowSec(),
  ): void {
    this.events.add({
      id: this.ids.next('evt'),
      object: 'event',
      api_version: latestApiVersion,
      created: atSec,
      livemode: false,
      pending_webhooks: 0,
      request: this.cause,
      type,
      data: { object },
    });
  }

  /** Does what no request brought about: its events name none. */
  withoutCause(work: () => void): void {
    const { cause } = this;
    this.cause = { id: null, idempotency_key: null };
    try {
      work();
    } finally {
      this.cause = cause;
    }
  }

  /** Drops the events Stripe would no longer show. */
  forgetOldEvents(): void {
    const cutoffSec = this.nowSec() - eventRetentionSec;
    this.events.dropOldestWhile((event) => event.created < cutoffSec);
  }
}
