import path from 'node:path';
import type { KioskId } from './domain/ids.ts';
import type { ClosedView } from '../preload/contract/kiosk.ts';
import { assert } from './domain/assert.ts';
import { closedAsk, closedView } from './closed-kiosk.ts';
import { cardsHandlers } from './ipc/cards-handlers.ts';
import { CardsSnapshot } from './ipc/cards-snapshot.ts';
import { catalogueView } from './ipc/catalogue-view.ts';
import { closedHandlers } from './ipc/closed-handlers.ts';
import { orderHandlers } from './ipc/order-handlers.ts';
import { readerHandlers } from './ipc/reader-handlers.ts';
import { type Ask, done, refused, router } from './ipc/router.ts';
import { saleHandlers } from './ipc/sale-handlers.ts';
import { SdkReaderDriver } from './ipc/sdk-reader-driver.ts';
import { Snapshots } from './ipc/snapshots.ts';
import { KioskEvents, type Listener } from './kiosk-events.ts';
import { fileLog } from './log/file-log.ts';
import { type Backend, openBackend } from './open-backend.ts';
import { addSampleMembers, besideSales } from './open-beside.ts';
import { openMailer } from './open-mailer.ts';
import {
  logClosed,
  orProblem,
  refuseToLeaveHolds,
  refuseToTrainAfterLive,
} from './opening-checks.ts';
import { openRecords, type Records } from './open-records.ts';
import { orderHash } from './order-hash.ts';
import type { PlatformOrder } from './domain/platform-order.ts';
import type { Clock } from './ports/clock.ts';
import type { OrderAnswer } from './services/platform-orders.ts';
import { OrderLocation } from './services/order-location.ts';
import type { IdSource } from './ports/id-source.ts';
import type { Log } from './ports/log.ts';
import type { Mailer } from './ports/mailer.ts';
import type { SecretStore } from './ports/secret-store.ts';
import { realClock } from './real-clock.ts';
import { realIds } from './real-ids.ts';
import { readerOfSettings, readerPlace, screenSetup } from './screen-setup.ts';
import { createConnectionToken } from './services/connection-tokens.ts';
import { Desk } from './services/desk.ts';
import { Housekeeping } from './services/housekeeping.ts';
import { readerChoice } from './services/reader-choice.ts';
import { ServerTime } from './services/server-time.ts';
import { dataFolderOf } from './settings/data-folder.ts';
import { kioskIdentity } from './settings/kiosk-identity.ts';
import { readCatalogue } from './settings/read-catalogue.ts';
import { readSettings, type Settings } from './settings/read-settings.ts';
import { usableKey } from './settings/secret-key.ts';
import { SettingsProblem } from './settings/settings-problem.ts';
import { openStaffPin } from './settings/staff-pin.ts';
import { usablePlatform } from './settings/usable-platform.ts';
import { staffPage } from './staff-page.ts';
import { mendSale } from './storage/mend-sale.ts';
import { TrainingPages } from './training-pages.ts';
import { whyClosed } from './why-closed.ts';

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
  /** What runs, for staff and support: of the app, of Node and so on. */
  readonly versions?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly ids?: IdSource;
  /** Opens the system that makes payments; by the settings, unless given. */
  readonly openBackend?: typeof openBackend;
}

export interface Kiosk {
  readonly ask: Ask;
  /** Tells of every event; returns a function that stops listening. */
  on(listener: Listener): () => void;
  /** Opens the order of a link or a scan, or names that of the sale at review; what came of it. */
  openOrder(code: string): OrderAnswer | null;
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
  const log = fileLog(logFolderOf(options), clock, options.stderr);
  try {
    return await openDesk(options, clock, log);
  } catch (error) {
    const closed = closedView(error);
    if (closed === null) throw error;
    logClosed(log, closed);
    return {
      ask: closedAsk(closed, log),
      on: () => () => undefined,
      openOrder: () => null,
      fullScreen: false,
      mode: 'closed',
      log,
      close: () => Promise.resolve(),
    };
  }
}

/** What the kiosk is and may use, the file that remembers, and the system that holds the money. */
async function openDesk(options: KioskOptions, clock: Clock, log: Log): Promise<Kiosk> {
  const { dataDir, resourcesDir, environment, secrets } = options;
  const ids = options.ids ?? realIds;
  const read = readSettings({ dataDir, resourcesDir, environment });
  const platform = await usablePlatform(read, secrets);
  const settings = { ...read, platform };
  const key = await usableKey(settings, secrets);
  refuseToTrainAfterLive(key, platform, dataDir);

  const mode = platform?.mode ?? key?.mode ?? 'training';
  const name = dataFolderOf(mode, platform);
  refuseToLeaveHolds(dataDir, name);
  const folder = path.join(dataDir, name);
  const time = new ServerTime(clock);
  const records = openRecords(path.join(folder, 'foyer.db'), {
    boot: ids.next('boot'),
    nowMs: () => time.nowMs(),
    log,
  });
  try {
    const kioskId = kioskIdentity(dataDir, ids, records.recordedKiosk);
    const onDate = (serverMs: number): void => time.heard(serverMs);
    const open = options.openBackend ?? openBackend;
    const backend = await open({ settings, key, folder, clock, log, onDate });
    try {
      const training = backend.mode === 'training' ? { folder } : null;
      const mailer = await openMailer(settings, secrets, training);
      return runDesk({ options, settings, kioskId, ids, time, log, records, backend, mailer });
    } catch (error) {
      await backend.close();
      throw error;
    }
  } catch (error) {
    records.database.close();
    throw error;
  }
}

function logFolderOf({ dataDir }: KioskOptions): string {
  return path.join(dataDir, 'logs');
}

interface DeskParts {
  readonly options: KioskOptions;
  readonly settings: Settings;
  readonly kioskId: KioskId;
  readonly ids: IdSource;
  readonly time: ServerTime;
  readonly log: Log;
  readonly records: Records;
  readonly backend: Backend;
  readonly mailer: Mailer | null;
}

function runDesk(parts: DeskParts): Kiosk {
  const { options, settings, kioskId, ids, time, log, records, backend } = parts;
  const pin = openStaffPin(options.dataDir, time);
  const besides = besideSales({ ...parts, pin });
  const { database, ledger, books, care, lost } = records;
  const readerSet = readerOfSettings(backend, settings);
  let stillLost = lost;

  // What is sold; without it the desk is closed, but what is unfinished is finished all the same.
  const read = orProblem(() => readCatalogue(settings.catalogueFile));
  const catalogue = read instanceof SettingsProblem ? null : read;
  const problem = read instanceof SettingsProblem ? closedView(read) : null;
  if (problem !== null) logClosed(log, problem);

  // The money: see services/desk.ts.
  const events = new KioskEvents();
  const driver = new SdkReaderDriver((command) => events.tell('reader:commanded', command));
  const desk: Desk = new Desk({
    ledger,
    books,
    payments: backend.payments,
    abilities: backend.abilities,
    driver,
    readers: { api: backend.readers, book: records.readers, fromSettings: readerSet },
    beside: besides,
    time,
    log,
    ids,
    orderHash,
    kioskId,
    catalogue,
    askBeforeCharging: settings.askBeforeCharging,
    maySell: () => closed() === null,
    isRestored: lost !== null,
    onFileFault: () => {
      house.suspect();
    },
    onSwept: ({ kind }) => {
      // A till that was closed because its records were lost opens with the end of the comparison.
      if (kind === 'complete') {
        records.foundAgain();
        stillLost = null;
      }
      publish();
    },
    mend: (id) => {
      mendSale(database, id, time.nowMs());
    },
    onChange: publish,
  });
  const { checkout, orders, beside, reports } = desk;
  assert(beside !== null && reports !== null, 'a kiosk keeps cards and gives money back');
  if (backend.mode === 'training') addSampleMembers(beside.cards.members, options.resourcesDir);
  const house = new Housekeeping({
    care,
    clock: time,
    log,
    mend: (id) => {
      desk.mend(id);
    },
    onUnsound: () => {
      records.foundUnsound();
    },
    onChange: publish,
  });

  /** Why no new sale may begin now, for the closed screen. */
  function closed(): ClosedView | null {
    const isUnsound = house.health.check?.sound === false;
    return whyClosed({ problem, lost: stillLost, isUnsound, hasRoom: care.hasRoom() });
  }

  // The window: what it is shown, and what it may ask.
  const closing = new AbortController();
  const orderLocation = new OrderLocation({
    payments: backend.payments,
    reach: desk.reach,
    signal: closing.signal,
    onChange: publish,
  });
  const snapshots = new Snapshots(
    screenSetup(settings, backend, catalogue),
    { ledger, letterhead: settings },
    () => ({
      closed: closed(),
      sale: checkout?.sale ?? null,
      reach: desk.reach.now,
      reader: desk.lead?.seen ?? driver.status,
      readerPlace: readerPlace(
        backend,
        readerChoice(records.readers, readerSet),
        locationOfOrder(),
      ),
    }),
    new CardsSnapshot(beside.cards, records.cards, time),
  );
  const pages = new TrainingPages(backend.studio, events);
  const staff = staffPage({
    dataDir: options.dataDir,
    logFolder: logFolderOf(options),
    settings,
    versions: options.versions ?? {},
    desk,
    records,
    time,
    house,
    backend,
    kioskId,
    log,
    readerOfSettings: readerSet,
    pin,
    beside,
    approval: besides.approval,
    onReaderChosen: publish,
  });
  const selling =
    checkout === null || orders === null
      ? closedHandlers()
      : {
          ...saleHandlers(checkout, desk.receipts),
          ...orderHandlers(orders),
          ...cardsHandlers({
            desk: beside.cards,
            clock: time,
            saleOnScreen: () => checkout.sale,
            signal: closing.signal,
          }),
          ...readerHandlers({
            checkout,
            reports,
            driver,
            createConnectionToken: () =>
              createConnectionToken(backend.payments, desk.reach, closing.signal, orderAtReader()),
            onChange: publish,
          }),
        };
  const ask = router(
    {
      ...selling,
      ...staff.handlers,
      'kiosk:attach': () => {
        driver.pageLoaded();
        pages.turn();
        staff.lock();
        desk.windowLoaded();
        return done(snapshots.next());
      },
      'catalogue:read': () =>
        catalogue === null ? refused('closed') : done(catalogueView(catalogue)),
      'training:call': (call) => pages.call(call),
      'window:report': ({ message, source }) => {
        log.write('error', 'window.fault', { why: message, file: source ?? '' });
        return done(null);
      },
    },
    log,
  );

  /** The order for which a reader is wanted: of the sale that is being paid, or of a card that is being kept. */
  function orderAtReader(): PlatformOrder | undefined {
    return checkout?.sale?.platformOrder ?? beside?.cards.orderOfSetup ?? undefined;
  }

  function locationOfOrder(): string | null {
    const order = beside?.cards.orderOfSetup ?? null;
    return order === null
      ? orderLocation.ofPaying(checkout?.sale ?? null)
      : orderLocation.of(order);
  }

  function publish(): void {
    events.tell('kiosk:changed', snapshots.next());
  }

  desk.start();
  house.start();
  log.write('info', 'kiosk.opened', { mode: backend.mode });

  return {
    ask: (channel, request) =>
      closing.signal.aborted ? Promise.resolve(refused('closed')) : ask(channel, request),
    on: (listener) => events.on(listener),
    openOrder: (code) => orders?.openOrAttach(code) ?? null,
    fullScreen: settings.fullScreen,
    mode: backend.mode,
    log,
    close: async () => {
      closing.abort();
      await Promise.all([desk.close(), house.close(), staff.close()]);
      await backend.close();
      database.close();
      log.write('info', 'kiosk.closed_down');
    },
  };
}
