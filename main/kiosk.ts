import path from 'node:path';
import type { Catalogue } from './domain/catalogue.ts';
import type { Sale } from './domain/sale.ts';
import { defaultWaitLimits } from './domain/sale-waits.ts';
import { closedAsk, closedView } from './closed-kiosk.ts';
import { catalogueView } from './ipc/catalogue-view.ts';
import { closedHandlers } from './ipc/closed-handlers.ts';
import { readerHandlers } from './ipc/reader-handlers.ts';
import { type Ask, done, type Handlers, refused, router } from './ipc/router.ts';
import { saleHandlers } from './ipc/sale-handlers.ts';
import { SdkReaderDriver } from './ipc/sdk-reader-driver.ts';
import { Snapshots } from './ipc/snapshots.ts';
import { KioskEvents, type Listener } from './kiosk-events.ts';
import { fileLog } from './log/file-log.ts';
import { type Backend, openBackend } from './open-backend.ts';
import { orderHash } from './order-hash.ts';
import type { Clock } from './ports/clock.ts';
import type { IdSource } from './ports/id-source.ts';
import type { Log } from './ports/log.ts';
import type { SecretStore } from './ports/secret-store.ts';
import { realClock } from './real-clock.ts';
import { realIds } from './real-ids.ts';
import { Checkout } from './services/checkout.ts';
import { ClientSecrets } from './services/client-secrets.ts';
import { createConnectionToken } from './services/connection-tokens.ts';
import { OutboxWorker } from './services/outbox-worker.ts';
import { Receipts } from './services/receipts.ts';
import { recover } from './services/recovery.ts';
import { SaleSteps } from './services/sale-steps.ts';
import { SaleTimers } from './services/sale-timers.ts';
import { StripeReach } from './services/stripe-reach.ts';
import { StripeWork } from './services/stripe-work.ts';
import { kioskIdentity } from './settings/kiosk-identity.ts';
import { readCatalogue } from './settings/read-catalogue.ts';
import { readSettings, type Settings } from './settings/read-settings.ts';
import { usableKey } from './settings/secret-key.ts';
import { SettingsProblem } from './settings/settings-problem.ts';
import { openDatabase } from './storage/open.ts';
import { sqliteLedger } from './storage/sqlite-ledger.ts';

/*
 * The composition root: every part is made here and handed its neighbours. Runs under plain Node.
 *
 *   window ── ask ──▶ router ──▶ checkout ──▶ SaleSteps ──▶ transition (pure) ──▶ ledger (SQLite)
 *      ▲                                          │                                  │
 *      └── snapshot, reader commands ◀────────────┘        Stripe ◀── outbox worker ◀┘
 *
 * A word from the window becomes an event of the sale; the event, the new state and the work it asks for are
 * committed in one transaction; then the worker calls Stripe, and what it read comes back as the next event.
 */

export interface KioskOptions {
  readonly dataDir: string;
  readonly resourcesDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly secrets: SecretStore;
  /** Where warnings also go, a line at a time. */
  readonly stderr: (line: string) => void;
  readonly clock?: Clock;
  readonly ids?: IdSource;
}

export interface Kiosk {
  readonly ask: Ask;
  /** Tells of every event; returns a function that stops listening. */
  on(listener: Listener): () => void;
  readonly fullScreen: boolean;
  readonly mode: Backend['mode'] | 'closed';
  readonly log: Log;
  /** Takes no further work, waits for what is under way, closes the file. */
  close(): Promise<void>;
}

/**
 * Opens the kiosk. A problem a person can mend (a bad file, a wrong key, a locked database) opens a closed kiosk
 * that names it; the screen shows it and nothing else happens. Only a fault of ours rejects.
 */
export async function openKiosk(options: KioskOptions): Promise<Kiosk> {
  const clock = options.clock ?? realClock;
  const log = fileLog(path.join(options.dataDir, 'logs'), clock, options.stderr);
  try {
    return await openDesk(options, clock, log);
  } catch (error) {
    const closed = closedView(error);
    if (closed === null) throw error;
    const { file, field, sentence } = closed;
    log.write('error', 'kiosk.closed', {
      file: file ?? 'environment',
      field: field ?? '',
      why: sentence,
    });
    return {
      ask: closedAsk(closed, log),
      on: () => () => undefined,
      fullScreen: false,
      mode: 'closed',
      log,
      close: () => Promise.resolve(),
    };
  }
}

async function openDesk(options: KioskOptions, clock: Clock, log: Log): Promise<Kiosk> {
  const { dataDir, resourcesDir, environment, secrets } = options;
  const ids = options.ids ?? realIds;

  // What this kiosk is, and what it may use.
  const settings = readSettings({ dataDir, resourcesDir, environment });
  const kioskId = kioskIdentity(dataDir, ids);
  const key = await usableKey(settings, secrets);
  const folder = path.join(dataDir, key?.mode ?? 'training');

  // The file that remembers, and the system that holds the money.
  const database = openDatabase(path.join(folder, 'foyer.db'));
  const ledger = sqliteLedger(database);
  const backend = await openBackend({ settings, key, folder, clock });

  // The sale: one door, its clocks, its reader, its outbox.
  const events = new KioskEvents();
  const clientSecrets = new ClientSecrets();
  const reach = new StripeReach(() => publish());
  const driver = new SdkReaderDriver((command) => events.tell('reader:commanded', command));
  const steps = new SaleSteps({ ledger, clock, log, driver, clientSecrets, onStep });
  const timers = new SaleTimers(clock, defaultWaitLimits, (id, event) => steps.apply(id, event));
  const work = new StripeWork({
    ledger,
    payments: backend.payments,
    steps,
    clientSecrets,
    reach,
    orderHash,
    onSettled: () => publish(),
  });
  const worker = new OutboxWorker({
    ledger,
    clock,
    log,
    boot: ids.next('boot'),
    carryOut: (row, signal) => work.carryOut(row, signal),
  });
  const receipts = new Receipts(ledger, clock, () => {
    worker.wake();
    publish();
  });

  // The desk: closed without a catalogue, but what is unfinished is finished all the same.
  const catalogue = orProblem(() => readCatalogue(settings.catalogueFile));
  const checkout =
    catalogue instanceof SettingsProblem
      ? null
      : new Checkout({
          ledger,
          steps,
          clock,
          ids,
          kioskId,
          catalogue,
          askBeforeCharging: settings.askBeforeCharging,
          onChange: () => publish(),
        });
  const closed = catalogue instanceof SettingsProblem ? closedView(catalogue) : null;
  const snapshots = new Snapshots(
    fixedPart(settings, backend, catalogue instanceof SettingsProblem ? null : catalogue),
    { ledger, letterhead: settings },
    () => ({ closed, sale: checkout?.sale ?? null, reach: reach.now, reader: driver.status }),
  );

  /** After each stored step: the clocks, the screen and the outbox follow what is on disk. */
  function onStep(sale: Sale): void {
    timers.follow(sale);
    checkout?.stepped(sale);
    worker.wake();
    publish();
  }

  function publish(): void {
    events.tell('kiosk:changed', snapshots.next());
  }

  const closing = new AbortController();
  const pages = new Pages(backend, events);
  const selling: Omit<
    Handlers,
    'kiosk:attach' | 'training:call' | 'window:report' | 'catalogue:read'
  > =
    checkout === null
      ? closedHandlers()
      : {
          ...saleHandlers(checkout, receipts),
          ...readerHandlers({
            checkout,
            driver,
            createConnectionToken: () =>
              createConnectionToken(backend.payments, reach, closing.signal),
            onChange: publish,
          }),
        };
  const handlers: Handlers = {
    ...selling,
    'kiosk:attach': () => {
      driver.pageLoaded();
      pages.turn();
      checkout?.windowLoaded();
      return done(snapshots.next());
    },
    'catalogue:read': () =>
      catalogue instanceof SettingsProblem ? refused('closed') : done(catalogueView(catalogue)),
    'training:call': (call) => pages.call(call),
    'window:report': ({ message, source }) => {
      log.write('error', 'window.fault', { why: message, file: source ?? '' });
      return done(null);
    },
  };

  if (closed !== null) {
    log.write('error', 'kiosk.closed', {
      file: closed.file ?? '',
      field: closed.field ?? '',
      why: closed.sentence,
    });
  }
  recover(ledger, steps, log);
  worker.start();
  log.write('info', 'kiosk.opened', { mode: backend.mode });

  return {
    ask: router(handlers, log),
    on: (listener) => events.on(listener),
    fullScreen: settings.fullScreen,
    mode: backend.mode,
    log,
    close: async () => {
      closing.abort();
      timers.close();
      await worker.close();
      await backend.close();
      database.close();
      log.write('info', 'kiosk.closed_down');
    },
  };
}

/** The pages one after another: to the training studio each is a session of its own. */
class Pages {
  readonly #backend: Backend;
  #page = 0;

  constructor(backend: Backend, events: KioskEvents) {
    this.#backend = backend;
    backend.studio?.onEvent((session, event) => {
      if (session === this.#session) events.tell('training:happened', event);
    });
  }

  get #session(): string {
    return `page-${this.#page}`;
  }

  turn(): void {
    this.#backend.studio?.endSession(this.#session);
    this.#page += 1;
  }

  async call(call: { readonly method: string; readonly params: unknown }) {
    const { studio } = this.#backend;
    if (studio === null) return refused('bad_request');
    return done(await studio.call(this.#session, call.method, call.params));
  }
}

function orProblem<Value>(read: () => Value): Value | SettingsProblem {
  try {
    return read();
  } catch (error) {
    if (error instanceof SettingsProblem) return error;
    throw error;
  }
}

function fixedPart(settings: Settings, backend: Backend, catalogue: Catalogue | null) {
  return {
    mode: backend.mode,
    studio: { name: settings.studioName },
    currency: catalogue?.currency ?? 'usd',
    theme: settings.theme,
    locale: settings.locale,
    reader: { side: settings.readerSide, ...backend.reader },
    training: backend.studio === null ? null : { autoPresent: settings.trainingCard },
  };
}
