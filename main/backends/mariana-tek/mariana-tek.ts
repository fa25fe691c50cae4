import type { Abilities } from '../../ports/abilities.ts';
import type { PaymentsApi } from '../../ports/payments-api.ts';
import type { ReaderListApi } from '../../ports/readers-api.ts';
import { KeyMode, type Mode } from './key-mode.ts';
import { marianaAbilities } from './mariana-abilities.ts';
import { marianaCalls } from './mariana-calls.ts';
import { type CardKeeping, marianaCardKeeping } from './mariana-card-keeping.ts';
import { marianaPaymentsApi } from './mariana-payments-api.ts';
import { marianaReaderList } from './mariana-reader-list.ts';
import { PublishableKeys } from './publishable-keys.ts';
import { readBySecret, stripeItself } from './read-by-secret.ts';

export interface MarianaTekOptions {
  /** Where the studio's Mariana Tek is, without a slash at its end. */
  readonly url: string;
  /** The access token; never logged. */
  readonly token: string;
  /** Which Stripe it must sell with. */
  readonly mode: Mode;
  /** Mariana Tek's own id of the location whose readers are listed and registered. */
  readonly location: string;
  /** Where Stripe's API is; null for Stripe's own. */
  readonly stripeUrl?: string | null;
  /** How long one call may take, in milliseconds; 10 s unless given. */
  readonly timeoutMs?: number;
  /** Told the time, epoch milliseconds, that stands on a reply. */
  readonly onDate?: (atMs: number) => void;
}

/** What Mariana Tek does for a kiosk. Main can't lead its readers, and it gives nothing back. */
export interface MarianaTek {
  readonly abilities: Abilities;
  readonly payments: PaymentsApi;
  readonly readers: null;
  readonly readerList: ReaderListApi;
  readonly cards: null;
  readonly cardKeeping: CardKeeping;
  readonly refunds: null;
}

/** Mariana Tek's Stripe Integration API 1.0.0, with the account's token and no key of Stripe's. */
export function marianaTek(options: MarianaTekOptions): MarianaTek {
  const { url, token, mode, location, stripeUrl, ...manners } = options;
  const calls = marianaCalls({ url, token, ...manners });
  const read = readBySecret({ stripeUrl: stripeUrl ?? stripeItself, ...manners });
  const keyMode = new KeyMode(calls, mode);
  const keys = new PublishableKeys();
  const parts = { calls, read, mode, keyMode, keys };
  return {
    abilities: marianaAbilities,
    payments: marianaPaymentsApi(parts),
    readers: null,
    readerList: marianaReaderList(calls, location),
    cards: null,
    cardKeeping: marianaCardKeeping(parts),
    refunds: null,
  };
}
