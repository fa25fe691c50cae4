import { openKiosk, type Kiosk } from '../../main/kiosk.ts';
import type { TestPage } from '../support/kiosk-bench.ts';
import { CrashPage } from './crash-page.ts';
import { Customers } from './customers.ts';
import { putMemberIn } from './deeds.ts';
import { HurriedClock } from './hurried-clock.ts';
import { hurryTimers } from './hurried-timers.ts';
import { KillPoints } from './kill-points.ts';
import type { FromKiosk, OpenOrder, ToKiosk } from './messages.ts';
import { ReaderLine } from './reader-line.ts';
import { watchCommits } from './watch-commits.ts';
import { watchRequests } from './watch-requests.ts';

/*
 * The kiosk as a process of its own, without a window: the real kiosk on its real file, and the page's reader code on
 * the simulated SDK. It is told over the channel to its parent when to open and where to die.
 */

/** Limits on customers begin here, retries end here; in milliseconds. Where nobody comes, nothing is long. */
const longFromMs = 12_000;

const points = new KillPoints();
const line = new ReaderLine({ send, reach: (point) => points.reach(point) });
let kiosk: Kiosk | null = null;
let page: CrashPage | null = null;
let pages = 0;

watchCommits({
  before: () => points.reach('before a commit'),
  after: () => {
    points.reach('after a commit');
    send({ kind: 'committed' });
  },
});
watchRequests((point) => points.reach(point));
hurryTimers();

function send(message: FromKiosk, sent: () => void = () => undefined): void {
  process.send?.(message, undefined, undefined, sent);
}

async function open(order: OpenOrder): Promise<void> {
  const clock = new HurriedClock({
    setting: order.clock,
    longFromMs: order.visits.length > 0 ? longFromMs : Infinity,
    onJump: (ms) => send({ kind: 'time_jumped', ms }),
  });
  points.reset(order.kill);
  if (order.countsFrom === 'opening') points.count();
  const opened = await openKiosk({
    dataDir: order.dataDir,
    resourcesDir: order.resourcesDir,
    environment: order.environment,
    secrets: { read: () => Promise.resolve(null), write: () => Promise.reject(new Error('none')) },
    stderr: () => undefined,
    clock,
  });
  kiosk = opened;
  const customers = new Customers({
    visits: order.visits,
    reloadPage: () => {
      void load(opened, customers);
    },
    passTime: (ms) => clock.pass(ms),
    onGone: (notDone) => send({ kind: 'customers_gone', notDone }),
  });
  const first = await load(opened, customers);
  if (order.hasMember) await putMemberIn(first.page);
  if (order.spareReader !== null) await chooseSpare(first.page, order.spareReader);
  if (order.visits.length > 0 && opened.mode !== 'closed') {
    await first.page.until(({ cardPayment }) => cardPayment.state === 'ready');
  }
  points.count();
  send({ kind: 'opened', mode: opened.mode });
  customers.come();
}

/** As staff do on their page. */
async function chooseSpare({ bridge }: TestPage, readerId: string): Promise<void> {
  await bridge.ask('staff:set-pin', { pin: '294716', current: null });
  const chosen = { role: 'spare', readerId, isShared: false, by: 'Mara' } as const;
  await bridge.ask('readers:choose', { ...chosen, integration: 'server_driven' });
  await bridge.ask('staff:lock', {});
}

async function load(opened: Kiosk, customers: Customers): Promise<CrashPage> {
  if (page !== null) {
    customers.lookAt(null);
    page.leave();
    send({ kind: 'page_left', page: page.number });
  }
  pages += 1;
  const next = new CrashPage(opened, line, pages);
  page = next;
  next.page.bridge.on('kiosk:changed', ({ sale }) => {
    if (sale === null) return;
    const { id: saleId, state, provedNotCharged } = sale;
    send({ kind: 'shown', shown: { saleId, state, provedNotCharged } });
  });
  await next.page.load();
  customers.lookAt(next.page);
  return next;
}

async function close(): Promise<void> {
  const { names } = points;
  points.stop();
  page?.leave();
  page = null;
  await kiosk?.close();
  kiosk = null;
  send({ kind: 'closed', points: names });
}

function failed(error: unknown): void {
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  send({ kind: 'failed', why });
}

process.on('message', (message: ToKiosk) => {
  switch (message.kind) {
    case 'open':
      open(message.order).catch(failed);
      break;
    case 'reader_answered':
      line.answered(message.id, message.answer);
      break;
    case 'reader_happened':
      line.happened(message.event);
      break;
    case 'close':
      close().catch(failed);
      break;
  }
});
process.on('disconnect', () => process.exit(0));
// Ctrl+C reaches everybody; who gives the orders says when this ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.on('uncaughtException', failed);
send({ kind: 'ready' });
