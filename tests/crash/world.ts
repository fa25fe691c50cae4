import { startTrainingStripe, type TrainingStripeServer } from '../../main/training/http-server.ts';
import { ApiError } from '../../main/training/model/api-error.ts';
import type { ModelReply, ModelRequest } from '../../main/training/model/api/model-request.ts';
import { latestApiVersion } from '../../main/training/model/api-version.ts';
import { formFrom } from '../../main/training/model/form/form-value.ts';
import type { StartState } from '../../main/training/model/start/start-state.ts';
import type { ReaderEvent } from '../../main/training/reader/reader-event.ts';
import type { KioskFile } from './kiosk-file.ts';
import { ReaderEnd } from './reader-end.ts';
import type { Scenario } from './scenario.ts';
import { serverErrorHeader, StripeFront } from './stripe-front.ts';
import { WorldClock } from './world-clock.ts';

/** A test key by its form; it opens nothing anywhere. */
const kioskKey = 'sk_test_crashtestopensnothing';
const location = 'tml_crash_studio';
const reader = 'tmr_crash_reader';
/** Names another till's PaymentIntents in their metadata. */
export const otherTill = 'other_till';
export const spareReader = 'tmr_crash_spare';

const dayMs = 86_400_000;

/** Everything outside the kiosk: Stripe, the reader, the people, the time. None of it dies with the kiosk. */
export class World {
  readonly clock = new WorldClock();
  readonly #scenario: Scenario;
  readonly #file: KioskFile;
  #stripe: TrainingStripeServer | null = null;
  #front: StripeFront | null = null;
  #reader: ReaderEnd | null = null;
  #url = '';
  #tell: (event: ReaderEvent) => void = () => undefined;

  constructor(scenario: Scenario, file: KioskFile) {
    this.#scenario = scenario;
    this.#file = file;
  }

  async open(): Promise<void> {
    const { mishaps = [], readerFaults = [], atTheReader } = this.#scenario;
    const sleep = (ms: number): Promise<void> => this.clock.sleep(ms);
    const stripe = await startTrainingStripe({
      clock: this.clock,
      start: startState,
      timings: { readingMs: 100, authorizingMs: 200 },
      intercept: serverErrors,
    });
    this.#stripe = stripe;
    for (const fault of readerFaults) stripe.readers.arm(fault, reader);
    this.#front = new StripeFront({
      modelUrl: stripe.url,
      modelKey: stripe.secretKey,
      kioskKey,
      mishaps,
      isStored: (key) => this.#file.holdsKey(key),
      sleep,
      inDashboard: (does, path) => {
        inDashboard(stripe, does, path);
      },
      passDays: (days) => {
        this.clock.skip(days * dayMs);
      },
    });
    this.#url = await this.#front.listen();
    this.#reader = new ReaderEnd({
      readers: stripe.readers,
      atTheReader,
      sleep,
      takeReader: () => takeReader(stripe),
      tell: (event) => {
        this.#tell(event);
      },
    });
  }

  get stripe(): TrainingStripeServer {
    return opened(this.#stripe);
  }

  get front(): StripeFront {
    return opened(this.#front);
  }

  get reader(): ReaderEnd {
    return opened(this.#reader);
  }

  /** How a kiosk is told of this world. */
  get environment(): Readonly<Record<string, string>> {
    return {
      FOYER_STRIPE_SECRET_KEY: kioskKey,
      FOYER_STRIPE_API_BASE: this.#url,
      FOYER_STRIPE_LOCATION: location,
      FOYER_STRIPE_READER: reader,
      FOYER_STRIPE_INTEGRATION: this.#scenario.isServerDriven === true ? 'server_driven' : 'sdk',
    };
  }

  /** Who is to be told when the reader is lost. */
  tellOfReader(tell: (event: ReaderEvent) => void): void {
    this.#tell = tell;
  }

  async close(): Promise<void> {
    await this.#front?.close();
    await this.#stripe?.close();
  }

  /** What must never be found in anything the kiosk writes. */
  secrets(): readonly string[] {
    const { paymentIntents, connectionTokens } = this.stripe.model.ledger;
    return [
      kioskKey,
      ...[...paymentIntents.oldestFirst()].flatMap(({ client_secret }) => client_secret ?? []),
      ...connectionTokens.keys(),
    ];
  }
}

function opened<Part>(part: Part | null): Part {
  if (part === null) throw new Error('This world is not open.');
  return part;
}

const aReader = {
  location,
  device_type: 'simulated_stripe_s700',
  ip_address: '192.168.1.50',
  status: 'online',
} as const;

const startState: StartState = {
  locations: [
    {
      id: location,
      display_name: 'Crash studio',
      address: {
        country: 'US',
        city: 'Training',
        line1: '1 Practice Street',
        line2: null,
        postal_code: '94107',
        state: 'CA',
      },
    },
  ],
  readers: [
    { ...aReader, id: reader, label: 'Crash reader', serial_number: 'CRASH-0001' },
    { ...aReader, id: spareReader, label: 'Crash spare', serial_number: 'CRASH-0002' },
  ],
  customers: [],
  payment_intents: [],
};

/** A 500 that is kept under the key, before or after the effect. */
function serverErrors(request: ModelRequest, proceed: () => ModelReply): ModelReply {
  const effect = request.headers[serverErrorHeader];
  if (effect === undefined) return proceed();
  if (effect === 'after') proceed();
  throw new ApiError(500, { type: 'api_error', message: 'An unknown error occurred.' });
}

/** What staff can do in the Dashboard. What Stripe refuses there stays undone. */
function inDashboard(
  { model, secretKey }: TrainingStripeServer,
  does: 'cancel' | 'capture',
  path: string,
): void {
  const id = /\/(pi_\w+)/.exec(path)?.[1] ?? '';
  model.handle({
    method: 'POST',
    path: `/v1/payment_intents/${id}/${does}`,
    params: new Map(),
    headers: { authorization: `Bearer ${secretKey}`, 'stripe-version': latestApiVersion },
  });
}

/** Another till puts its own payment on the reader, as any till may that looks at nothing. */
function takeReader({ model, secretKey }: TrainingStripeServer): void {
  const headers = { authorization: `Bearer ${secretKey}`, 'stripe-version': latestApiVersion };
  const post = (path: string, params: Parameters<typeof formFrom>[0]): ModelReply =>
    model.handle({ method: 'POST', path, params: formFrom(params), headers });
  const { body } = post('/v1/payment_intents', {
    amount: 4_200,
    currency: 'usd',
    allowed_payment_method_types: ['card_present'],
    metadata: { [otherTill]: 'yes' },
  });
  const id = 'id' in body ? String(body.id) : '';
  post(`/v1/terminal/readers/${reader}/process_payment_intent`, { payment_intent: id });
}
