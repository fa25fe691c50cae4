import type { OutboxRow, OutboxWork } from '../../ports/ledger.ts';
import type { Settled } from '../outbox-worker.ts';
import type { StripeReach } from '../stripe-reach.ts';
import { CardDetaching, type CardDetachingOptions } from './card-detaching.ts';
import { CardSaving, type CardSavingOptions } from './card-saving.ts';
import { ConsentMailing, type ConsentMailingOptions } from './consent-mailing.ts';
import { CustomerUpdating, type CustomerUpdatingOptions } from './customer-updating.ts';
import type { CardStore } from '../../ports/card-store.ts';
import { CardStoring, type CardStoringOptions } from './card-storing.ts';
import { PlatformSetupCalls, type PlatformSetupCallsOptions } from './platform-setup-calls.ts';
import { SetupCalls, type SetupCallsOptions } from './setup-calls.ts';

export type CardWorkOptions = CardDetachingOptions &
  Omit<CardSavingOptions, 'fromPayment'> &
  CardStoringOptions &
  ConsentMailingOptions &
  CustomerUpdatingOptions &
  PlatformSetupCallsOptions &
  SetupCallsOptions & {
    /** Null where cards are kept by this kiosk's own Customers. */
    readonly store: CardStore | null;
    readonly reach: StripeReach;
    /** Something not of the sale itself changed. */
    readonly onChange: () => void;
  };

/** The work of the outbox that is about members and their cards. */
export class CardWork {
  readonly #options: CardWorkOptions;
  readonly #saving: CardSaving;
  readonly #detaching: CardDetaching;
  readonly #mailing: ConsentMailing;
  readonly #updating: CustomerUpdating;
  readonly #setups: SetupCalls | PlatformSetupCalls;
  /** Null where a setup's card is attached like that of a sale. */
  readonly #storing: CardStoring | null;

  constructor(options: CardWorkOptions) {
    this.#options = options;
    const setups = options.store?.setups ?? null;
    this.#saving = new CardSaving({ ...options, fromPayment: options.store?.fromPayment ?? null });
    this.#storing = setups === null ? null : new CardStoring(setups, options);
    this.#detaching = new CardDetaching(options);
    this.#mailing = new ConsentMailing(options);
    this.#updating = new CustomerUpdating(options);
    this.#setups =
      setups === null ? new SetupCalls(options) : new PlatformSetupCalls(setups, options);
  }

  /** True for what this carries out; everything else is a sale's or a refund's. */
  takes({ work }: OutboxRow): boolean {
    return isCardWork(work);
  }

  /** Makes the row's call and says what its answer means. Refuses, by throwing, work that it does not take. */
  async carryOut(row: OutboxRow, signal: AbortSignal): Promise<Settled> {
    const settled = await this.#call(row, signal);
    const { answer } = settled;
    // A key that may not touch Customers says nothing of payments, and an answer without a call nothing at all.
    const isOfStripe = row.work.kind !== 'consent.email';
    if (isOfStripe && answer.kind === 'unanswered' && answer.code === 'no_answer') {
      this.#options.reach.heard(answer);
    }
    return settled;
  }

  #call(row: OutboxRow, signal: AbortSignal): Promise<Settled> {
    const { work } = row;
    if (!isCardWork(work)) throw new Error(`${work.kind} is no work of a card`);
    switch (work.kind) {
      case 'card.save':
        return row.owner.startsWith('setup_') && this.#storing !== null
          ? this.#storing.carryOut(row, signal)
          : this.#saving.carryOut(row, signal);
      case 'card.detach':
        return this.#detaching.carryOut(row, signal);
      case 'customer.update':
        return this.#updating.carryOut(row, signal);
      case 'consent.email':
        return this.#mailing.carryOut(row, work, signal);
      case 'setup_intent.create':
        return this.#setups.create(row, signal);
      case 'setup_intent.read':
        return this.#setups.read(row, signal);
      case 'setup_intent.cancel':
        return this.#setups.cancel(row, signal);
    }
  }
}

const cardKinds = [
  'card.save',
  'card.detach',
  'customer.update',
  'consent.email',
  'setup_intent.create',
  'setup_intent.read',
  'setup_intent.cancel',
] as const satisfies readonly OutboxWork['kind'][];

type WorkOfCards = Extract<OutboxWork, { kind: (typeof cardKinds)[number] }>;

function isCardWork(work: OutboxWork): work is WorkOfCards {
  return cardKinds.some((kind) => kind === work.kind);
}
