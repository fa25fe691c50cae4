import { faultMessage } from './domain/fault-message.ts';
import { stripeCardsApi } from './backends/stripe/stripe-cards-api.ts';
import { stripeClient } from './backends/stripe/stripe-client.ts';
import { stripePaymentsApi } from './backends/stripe/stripe-payments-api.ts';
import { stripeReadersApi } from './backends/stripe/stripe-readers-api.ts';
import { stripeRefundsApi } from './backends/stripe/stripe-refunds-api.ts';
import { type Abilities, directAbilities } from './ports/abilities.ts';
import { openPlatform } from './open-platform.ts';
import type { CardStore } from './ports/card-store.ts';
import type { CardsApi } from './ports/cards-api.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { PaymentsApi } from './ports/payments-api.ts';
import type { ReaderListApi, ReadersApi } from './ports/readers-api.ts';
import type { RefundsApi } from './ports/refunds-api.ts';
import { refusePlainHttp } from './settings/plain-http.ts';
import { noToken } from './settings/platform-problems.ts';
import type { Settings } from './settings/read-settings.ts';
import type { UsableKey } from './settings/secret-key.ts';
import { openTrainingStudio, type TrainingStudio } from './training/training-studio.ts';

/** The system that makes and settles payments, and where its reader is. */
export interface Backend {
  readonly mode: 'training' | 'test' | 'live';
  readonly abilities: Abilities;
  readonly payments: PaymentsApi;
  /** Leads readers without the page; null behind a system that gives this kiosk no secret key: there is only the SDK. */
  readonly readers: ReadersApi | null;
  /** Readers that can be listed and kept, but not led; null where `readers` does it, or nothing can. */
  readonly readerList?: ReaderListApi | null;
  /** Keeps cards in a list of the system's own; left out, or null, where `cards` does it, or nothing can. */
  readonly cardStore?: CardStore | null;
  /** Keeps cards; null behind a system that keeps none. */
  readonly cards: CardsApi | null;
  /** Gives money back without the card; null behind a system that can't. */
  readonly refunds: RefundsApi | null;
  readonly reader: { readonly location: string | null; readonly id: string | null };
  /** Only in training mode. */
  readonly studio: TrainingStudio | null;
  close(): Promise<void>;
}

/** One request may take this long, in milliseconds; the customer is told after three seconds. */
const timeoutMs = 10_000;

export interface BackendOptions {
  readonly settings: Settings;
  /** Null: nobody has given this kiosk a key, so it trains. */
  readonly key: UsableKey | null;
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Hears the time of every reply, epoch milliseconds. */
  readonly onDate: (serverMs: number) => void;
}

/** Direct Stripe with the given key, or without one the training studio, which is a Stripe of its own. */
export async function openBackend(options: BackendOptions): Promise<Backend> {
  const { settings, key } = options;
  if (settings.platform !== null) {
    const { platform } = settings;
    if (platform.token === null) throw noToken(settings, platform);
    const token = platform.token.value;
    const onTrace = (trace: string): void => {
      options.log.write('info', 'platform.answered', { requestId: trace });
    };
    const onRefused = (why: string): void => {
      options.log.write('warn', 'platform.refused', { why });
    };
    return openPlatform({ ...options, platform, token, timeoutMs, onTrace, onRefused });
  }
  if (key === null) return openTraining(options);
  const { apiBase, location, reader } = settings.stripe;
  if (apiBase !== null) {
    refusePlainHttp(apiBase, key.mode, { file: null, field: 'stripe.apiBase' });
  }
  const stripe = stripeClient({ secretKey: key.secretKey, apiBase, timeoutMs });
  return {
    mode: key.mode,
    abilities: directAbilities,
    payments: stripePaymentsApi({
      stripe,
      location,
      captureMethod: settings.stripe.captureMethod,
      onDate: options.onDate,
    }),
    readers: stripeReadersApi({ stripe, onDate: options.onDate }),
    cards: stripeCardsApi({ stripe, onDate: options.onDate }),
    refunds: stripeRefundsApi({ stripe, onDate: options.onDate }),
    reader: { location, id: reader },
    studio: null,
    close: () => Promise.resolve(),
  };
}

async function openTraining({
  settings,
  folder,
  clock,
  log,
  onDate,
}: BackendOptions): Promise<Backend> {
  const studio = await openTrainingStudio({
    folder,
    clock,
    card: settings.trainingCard,
    onBug: (error) => {
      const why = faultMessage(error);
      log.write('error', 'training.fault', { why });
    },
  });
  const { secretKey, url, location, reader } = studio;
  const stripe = stripeClient({ secretKey, apiBase: url, timeoutMs });
  return {
    mode: 'training',
    abilities: directAbilities,
    payments: stripePaymentsApi({
      stripe,
      location,
      captureMethod: settings.stripe.captureMethod,
      onDate,
    }),
    readers: stripeReadersApi({ stripe, onDate }),
    cards: stripeCardsApi({ stripe, onDate }),
    refunds: stripeRefundsApi({ stripe, onDate }),
    reader: { location, id: reader },
    studio,
    close: () => studio.close(),
  };
}
