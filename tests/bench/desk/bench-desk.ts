import path from 'node:path';
import Stripe from 'stripe';
import { stripeClient } from '../../../main/backends/stripe/stripe-client.ts';
import { stripePaymentsApi } from '../../../main/backends/stripe/stripe-payments-api.ts';
import { readerHandlers } from '../../../main/ipc/reader-handlers.ts';
import { type Ask, type Handlers, refused, router } from '../../../main/ipc/router.ts';
import { saleHandlers } from '../../../main/ipc/sale-handlers.ts';
import { SdkReaderDriver } from '../../../main/ipc/sdk-reader-driver.ts';
import { directAbilities } from '../../../main/ports/abilities.ts';
import { Snapshots } from '../../../main/ipc/snapshots.ts';
import { KioskEvents } from '../../../main/kiosk-events.ts';
import { fileLog } from '../../../main/log/file-log.ts';
import { commandNames } from '../../../preload/contract/channels.ts';
import { orderHash } from '../../../main/order-hash.ts';
import type { Clock } from '../../../main/ports/clock.ts';
import { realClock } from '../../../main/real-clock.ts';
import { realIds } from '../../../main/real-ids.ts';
import { screenSetup } from '../../../main/screen-setup.ts';
import { Desk } from '../../../main/services/desk.ts';
import { ServerTime } from '../../../main/services/server-time.ts';
import { readCatalogue } from '../../../main/settings/read-catalogue.ts';
import { readSettings } from '../../../main/settings/read-settings.ts';
import type { OpenDatabase } from '../../../main/storage/open.ts';
import { openOurs, ourKiosk } from '../ours.ts';
import { StripeInProcess } from './stripe-in-process.ts';

/** The kiosk's main process without a window: a page is played by its asker. */
export interface BenchDesk {
  readonly ask: Ask;
  readonly events: KioskEvents;
  readonly stripe: StripeInProcess;
  readonly database: OpenDatabase;
  close(): Promise<void>;
}

export interface BenchDeskOptions {
  readonly clock?: Clock;
  /** One that outlives this run of the kiosk. */
  readonly stripe?: StripeInProcess;
}

/**
 * Put together as main/kiosk.ts does it: the router, the handlers, the Desk, the file, its log, and Stripe's own
 * client; only the HTTP under that client is answered in this process. Runs in the project's folder. On return a sale can be
 * started.
 */
export function openBenchDesk(
  file: string,
  { clock = realClock, stripe = new StripeInProcess(() => clock.nowMs()) }: BenchDeskOptions = {},
): BenchDesk {
  const dataDir = path.dirname(file);
  const resourcesDir = path.resolve('resources');
  const settings = readSettings({ dataDir, resourcesDir, environment: {} });
  const catalogue = readCatalogue(settings.catalogueFile);
  const log = fileLog(path.join(dataDir, 'logs'), clock, () => undefined);
  const time = new ServerTime(clock);

  const payments = stripePaymentsApi({
    stripe: ownClient(stripe),
    location: null,
    onDate: (serverMs) => time.heard(serverMs),
  });

  const ours = openOurs(file, realIds.next('boot'));
  const events = new KioskEvents();
  const driver = new SdkReaderDriver((command) => events.tell('reader:commanded', command));
  const publish = (): void => events.tell('kiosk:changed', snapshots.next());
  const services = new Desk({
    ledger: ours.ledger,
    books: ours.books,
    payments,
    driver,
    time,
    log,
    ids: realIds,
    orderHash,
    kioskId: ourKiosk,
    catalogue,
    askBeforeCharging: false,
    maySell: () => true,
    mend: (id) => {
      throw new Error(`${id} is damaged`);
    },
    onChange: publish,
  });
  const { checkout } = services;
  if (checkout === null) throw new Error('a desk with a catalogue sells');
  const backend = {
    mode: 'test',
    payments,
    abilities: directAbilities,
    readers: null,
    cards: null,
    refunds: null,
    reader: { location: null, id: null },
    studio: null,
    close: () => Promise.resolve(),
  } as const;
  const snapshots = new Snapshots(
    screenSetup(settings, backend, catalogue),
    { ledger: ours.ledger, letterhead: settings },
    () => ({
      closed: null,
      sale: checkout.sale,
      reach: services.reach.now,
      reader: driver.status,
      readerPlace: { ...backend.reader, integration: 'sdk' },
    }),
  );
  const ask = router(
    {
      ...nothingElse,
      ...saleHandlers(checkout, services.receipts),
      ...readerHandlers({
        checkout,
        driver,
        createConnectionToken: () => Promise.resolve(null),
        onChange: publish,
      }),
    },
    log,
  );
  services.start();
  return {
    ask,
    events,
    stripe,
    database: ours.database,
    close: async () => {
      await services.close();
      ours.close();
    },
  };
}

/** What a sale does not ask. */
const nothingElse = Object.fromEntries(
  commandNames.map((name) => [name, () => refused('not_now')]),
) as unknown as Handlers;

/** The kiosk's own settings of Stripe's client, on this HTTP client. */
function ownClient(httpClient: StripeInProcess): Stripe {
  const ours = stripeClient({
    secretKey: 'rk_test_bench',
    apiBase: null,
    timeoutMs: 10_000,
  });
  return new Stripe('rk_test_bench', {
    apiVersion: ours.getApiField('version') as typeof Stripe.API_VERSION,
    maxNetworkRetries: 0,
    timeout: 10_000,
    telemetry: false,
    emitEventBodies: false,
    httpClient,
  });
}
