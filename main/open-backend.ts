import { stripeClient } from './backends/stripe/stripe-client.ts';
import { stripePaymentsApi } from './backends/stripe/stripe-payments-api.ts';
import type { Clock } from './ports/clock.ts';
import type { PaymentsApi } from './ports/payments-api.ts';
import type { Settings } from './settings/read-settings.ts';
import type { UsableKey } from './settings/secret-key.ts';
import { openTrainingStudio, type TrainingStudio } from './training/training-studio.ts';

/** The system that makes and settles payments, and where its reader is. */
export interface Backend {
  readonly mode: 'training' | 'test' | 'live';
  readonly payments: PaymentsApi;
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
}

/** Direct Stripe with the given key, or without one the training studio, which is a Stripe of its own. */
export async function openBackend(options: BackendOptions): Promise<Backend> {
  const { settings, key } = options;
  if (key === null) return openTraining(options);
  const { apiBase, location, reader } = settings.stripe;
  const stripe = stripeClient({ secretKey: key.secretKey, apiBase, timeoutMs });
  return {
    mode: key.mode,
    payments: stripePaymentsApi({ stripe, location }),
    reader: { location, id: reader },
    studio: null,
    close: () => Promise.resolve(),
  };
}

async function openTraining({ settings, folder, clock }: BackendOptions): Promise<Backend> {
  const studio = await openTrainingStudio({ folder, clock, card: settings.trainingCard });
  const { secretKey, url, location, reader } = studio;
  const stripe = stripeClient({ secretKey, apiBase: url, timeoutMs });
  return {
    mode: 'training',
    payments: stripePaymentsApi({ stripe, location }),
    reader: { location, id: reader },
    studio,
    close: () => studio.close(),
  };
}
