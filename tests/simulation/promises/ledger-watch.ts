import { holdsMoney, type LedgerEntry, type ModelIntent } from '../stripe/payment-intents.ts';
import type { Evidence } from './evidence.ts';
import { isSettledByPlatform, judgeOrderEntry } from './order-watch.ts';
import { partTaken } from './sent-requests.ts';

/** In this time the kiosk must have ended a hold, if it ran with network for so long. In milliseconds. */
const graceMs = 10 * 60_000;

/** Asked at every change of the payment system's own ledger. */
export function judgeEntry(evidence: Evidence, intent: ModelIntent, entry: LedgerEntry): void {
  const { verdicts, kioskId, actor, abilities } = evidence;
  judgeOrderEntry(evidence, intent, entry);
  if (entry.what === 'created' && entry.by === actor) onePerSale(evidence, intent);
  if (intent.kioskId !== kioskId) {
    const wasOurs = intent.history.some(({ what }) => what === 'given_away');
    verdicts.check('P10', entry.by !== actor || wasOurs, () => {
      return `${intent.id} is not this kiosk's and was ${entry.what} by it`;
    });
    return;
  }
  if (entry.what === 'authorized' || entry.what === 'captured') neverTwice(evidence, intent);
  if (entry.what === 'authorized') notAfterAllClear(evidence, intent);
  if (entry.what === 'expired' && !isSettledByPlatform(abilities))
    holdWasNotForgotten(evidence, intent, entry);
  if (entry.what === 'captured' && entry.by === actor) {
    const run = evidence.runOf(intent.saleId ?? '');
    const part = partTaken(evidence.file()?.sale(intent.saleId ?? '')?.record ?? '');
    const total = run === null || run.wasLost || part === entry.amount ? null : run.total;
    verdicts.check('P8', total === null || total.amount === entry.amount, () => {
      return `${String(entry.amount)} was captured of ${intent.saleId ?? ''}, which costs ${String(total?.amount)}`;
    });
  }
}

/** A second PaymentIntent only after the first was read as canceled. */
function onePerSale({ verdicts, stripe, wire }: Evidence, intent: ModelIntent): void {
  const others = [...stripe.intents.all.values()].filter(
    ({ id, saleId, kioskId }) =>
      saleId === intent.saleId && kioskId === intent.kioskId && id !== intent.id,
  );
  verdicts.check(
    'P1',
    others.every(({ id }) => wire.hasShown(id, 'canceled')),
    () => {
      return `${intent.id} was created for ${intent.saleId ?? ''}, which has ${others[0]?.id ?? ''} already`;
    },
  );
}

function neverTwice({ verdicts, stripe }: Evidence, intent: ModelIntent): void {
  const charged = [...stripe.intents.all.values()].filter(
    (other) =>
      other.saleId === intent.saleId && other.kioskId === intent.kioskId && holdsMoney(other),
  );
  verdicts.check('P1', charged.length <= 1, () => {
    return `${intent.saleId ?? ''} is charged on ${charged.map(({ id }) => id).join(' and ')}`;
  });
}

/** "Not charged" was said, and then the very same attempt was charged. */
function notAfterAllClear({ verdicts, runOf }: Evidence, intent: ModelIntent): void {
  const run = runOf(intent.saleId ?? '');
  verdicts.check('P5', run === null || run.clearedAtTurn !== run.turns, () => {
    return `${intent.saleId ?? ''} was charged after its screen had said that it was not`;
  });
}

function holdWasNotForgotten(
  { verdicts, network, file, runOf }: Evidence,
  intent: ModelIntent,
  entry: LedgerEntry,
): void {
  const heldAtMs = intent.history.findLast(({ what }) => what === 'authorized')?.atMs ?? 0;
  const ranMs = network.longestStretchMs(heldAtMs, entry.atMs);
  const state = file()?.sale(intent.saleId ?? '')?.state ?? null;
  const isTold = state === 'needs_staff';
  const run = runOf(intent.saleId ?? '');
  if (run !== null && state !== 'canceling') run.hasLapsed = true;
  verdicts.check('P6', ranMs < graceMs || isTold, () => {
    return `the hold of ${intent.saleId ?? ''} lapsed although the kiosk ran ${String(Math.round(ranMs / 60_000))} minutes with network`;
  });
}
