import type { CardsApi } from '../../ports/cards-api.ts';
import type { PaymentsApi } from '../../ports/payments-api.ts';
import type { ReadersApi } from '../../ports/readers-api.ts';
import type { RefundsApi } from '../../ports/refunds-api.ts';
import { stripeCardsApi } from '../stripe/stripe-cards-api.ts';
import { stripeClient } from '../stripe/stripe-client.ts';
import { type MarkPaymentIntent, stripeMarks } from '../stripe/stripe-marks.ts';
import { stripePaymentsApi } from '../stripe/stripe-payments-api.ts';
import { stripeReadersApi } from '../stripe/stripe-readers-api.ts';
import { stripeRefundsApi } from '../stripe/stripe-refunds-api.ts';

export interface CompanionOptions {
  /** A restricted key of the Stripe account on which the platform makes its PaymentIntents. */
  readonly secretKey: string;
  /** Where Stripe's API is; null for Stripe's own. */
  readonly apiBase: string | null;
  /** How long one request may take, in milliseconds. */
  readonly timeoutMs: number;
  /** `tml_…`, to which connection tokens are bound; null to leave them unbound. */
  readonly location: string | null;
  /** Told the time, epoch milliseconds, that Stripe put on a reply, whatever the reply says. */
  readonly onDate: (atMs: number) => void;
}

/** What Stripe itself does beside a platform that does not document it. */
export interface CompanionApis {
  readonly payments: PaymentsApi;
  readonly readers: ReadersApi;
  readonly cards: CardsApi;
  readonly refunds: RefundsApi;
  /** Writes whose a PaymentIntent of the platform's making is, so that it is known again like one of our own. */
  readonly mark: MarkPaymentIntent;
}

/** On this connected account (`acct_…`), or on the account of the key. */
export type Companion = (account?: string) => CompanionApis;

/** Stripe beside a platform, by a restricted key. Makes no call by itself. */
export function companion(options: CompanionOptions): Companion {
  const made = new Map<string | undefined, CompanionApis>();
  return (account) => {
    const known = made.get(account);
    if (known !== undefined) return known;
    const apis = apisOf(options, account);
    made.set(account, apis);
    return apis;
  };
}

function apisOf(
  { secretKey, apiBase, timeoutMs, location, onDate }: CompanionOptions,
  account: string | undefined,
): CompanionApis {
  const connected = account === undefined ? {} : { account };
  const stripe = stripeClient({ secretKey, apiBase, timeoutMs, ...connected });
  return {
    payments: stripePaymentsApi({ stripe, location, onDate }),
    readers: stripeReadersApi({ stripe, onDate }),
    cards: stripeCardsApi({ stripe, onDate }),
    refunds: stripeRefundsApi({ stripe, onDate }),
    mark: stripeMarks(stripe, onDate),
  };
}
