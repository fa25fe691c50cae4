import { readFileSync, existsSync } from 'node:fs';
import { holdsMoney, type ModelIntent } from '../stripe/payment-intents.ts';
import type { SaleRun } from '../plan/sale-run.ts';
import type { Evidence } from './evidence.ts';
import type { FileView, SaleInFile } from './file-view.ts';
import { hasAmount, isSettledByPlatform } from './order-watch.ts';
import { partTaken } from './sent-requests.ts';
import { holdsMark } from './log-watch.ts';

const finalStates: ReadonlySet<string> = new Set(['paid', 'canceled', 'expired', 'needs_staff']);

export function isFinalWord(state: string): boolean {
  return finalStates.has(state);
}

/** Asked when everything is well again and the kiosk has had its time: every sale, every PaymentIntent, the file. */
export function judgeEnd(
  evidence: Evidence,
  view: FileView,
  runs: readonly SaleRun[],
  mayBeAside: ReadonlySet<string>,
): void {
  const sales = new Map(view.sales().map((sale) => [sale.id, sale]));
  for (const sale of sales.values()) judgeSale(evidence, sale);
  const aside = view.quarantined();
  for (const run of runs) {
    if (run.id === null || !run.isStored) continue;
    const { id } = run;
    evidence.verdicts.check('P7', sales.has(id) || (mayBeAside.has(id) && aside.has(id)), () => {
      return `${id} was stored and is lost`;
    });
    const sale = sales.get(id);
    // Of a sale that was lost and found again only Stripe's amount is known.
    if (sale === undefined || run.total === null || run.wasLost) continue;
    const { currency } = run.total;
    const amount = evidence.abilities.accountBalance ? sale.amount : run.total.amount;
    evidence.verdicts.check('P8', sale.amount === amount && sale.currency === currency, () => {
      return `${id} costs ${String(amount)} and is stored as ${String(sale.amount)}`;
    });
  }
  for (const intent of evidence.stripe.intents.all.values())
    judgeIntent(evidence, intent, sales, aside);
  journalsFit(evidence, view, sales, aside);
}

function judgeSale({ verdicts, stripe, kioskId }: Evidence, sale: SaleInFile): void {
  const { id, state } = sale;
  verdicts.check('P6', finalStates.has(state), () => `${id} is stuck: it is ${state} at the end`);
  const intents = [...stripe.intents.all.values()].filter(
    (intent) => intent.saleId === id && intent.kioskId === kioskId,
  );
  const own = [...stripe.intents.all.values()].find(
    (intent) => intent.id === sale.payment_intent_id,
  );
  if (state === 'paid') {
    const due = partTaken(sale.record) ?? sale.amount;
    const isUnseen = sale.record.includes('"unseen":true');
    const isPaid = own?.status === 'succeeded' && hasAmount(own, { due, isUnseen });
    verdicts.check(
      'P4',
      isPaid,
      () => `${id} is paid in the file and ${own?.status ?? 'nothing'} at Stripe`,
    );
  }
  if (state === 'canceled' || state === 'expired') {
    const holding = intents.find(holdsMoney);
    verdicts.check('P5', holding === undefined, () => {
      return `${id} is ${state} in the file while ${holding?.id ?? ''} is ${holding?.status ?? ''}`;
    });
  }
}

/** Money of ours that is held or taken belongs to a sale that says so, or to one that staff are asked about. */
function judgeIntent(
  { verdicts, kioskId, actor, runOf, abilities }: Evidence,
  intent: ModelIntent,
  sales: ReadonlyMap<string, SaleInFile>,
  aside: ReadonlySet<string>,
): void {
  // What a platform settles, and nobody can list, is judged by its order.
  if (isSettledByPlatform(abilities)) return;
  if (intent.kioskId !== kioskId) {
    verdicts.check(
      'P10',
      intent.history.every(({ by, what }) => by !== actor || what === 'created') ||
        intent.history.some(({ what }) => what === 'given_away'),
      () => {
        return `${intent.id} is not this kiosk's and was touched by it`;
      },
    );
    return;
  }
  const sale = sales.get(intent.saleId ?? '');
  if (holdsMoney(intent)) {
    // A sale of which nothing is certain is named to staff by its id alone.
    const isAside = sale === undefined && aside.has(intent.saleId ?? '');
    const isTold = isAside || sale?.state === 'paid' || sale?.state === 'needs_staff';
    verdicts.check('P6', isTold, () => {
      return `${intent.id} is ${intent.status} while its sale is ${sale?.state ?? 'unknown'}`;
    });
  }
  if (intent.history.some(({ what }) => what === 'expired')) {
    const run = runOf(intent.saleId ?? '');
    // What a lost file had told is lost with it, and a lapsed hold is no money to be found again.
    if (sale === undefined && run?.isStored !== true) return;
    const mayBeCanceled = run?.hasLapsed !== true;
    const isTold =
      sale?.state === 'expired' ||
      sale?.state === 'needs_staff' ||
      (mayBeCanceled && sale?.state === 'canceled');
    verdicts.check('P6', isTold, () => {
      return `the hold of ${intent.id} lapsed and its sale is ${sale?.state ?? 'unknown'}`;
    });
  }
}

interface JournalState {
  revision: number;
  state: string;
}

/** Each journal is whole, ends where the row is, and took no tender while the outcome was unknown. */
function journalsFit(
  { verdicts }: Evidence,
  view: FileView,
  sales: ReadonlyMap<string, SaleInFile>,
  mended: ReadonlySet<string>,
): void {
  const ends = new Map<string, JournalState>();
  for (const { sale_id, revision, event, state } of view.entries()) {
    const before = ends.get(sale_id);
    const mayBegin = before === undefined && mended.has(sale_id);
    verdicts.check('P7', mayBegin || revision === (before?.revision ?? -1) + 1, () => {
      return `the journal of ${sale_id} has a gap before ${String(revision)}`;
    });
    if (event.startsWith('{"kind":"tender_recorded"')) {
      verdicts.check('P5', before !== undefined && mayTakeTender.has(before.state), () => {
        return `a tender was recorded for ${sale_id} while it was ${before?.state ?? ''}`;
      });
    }
    ends.set(sale_id, { revision, state });
  }
  for (const sale of sales.values()) {
    const end = ends.get(sale.id);
    verdicts.check('P7', end?.revision === sale.revision && end.state === sale.state, () => {
      return `the journal of ${sale.id} ends at ${String(end?.revision)} ${end?.state ?? ''}, its row at ${String(sale.revision)} ${sale.state}`;
    });
  }
}

const mayTakeTender: ReadonlySet<string> = new Set([
  'canceled',
  'expired',
  'authorized',
  'capturing',
  'needs_staff',
]);

/** No secret lies in the file or its log. */
export function judgeBytes({ verdicts }: Evidence, file: string): void {
  for (const end of ['', '-wal']) {
    if (!existsSync(file + end)) continue;
    const bytes = readFileSync(file + end);
    verdicts.check('P9', !holdsMark(bytes), () => `the file${end} holds a secret`);
  }
}
