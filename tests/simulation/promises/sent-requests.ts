import type { Request } from '../wire/transit.ts';
import { judgeStoredCharge } from './card-requests.ts';
import type { Evidence } from './evidence.ts';
import { judgeOrderCreate, judgeRecord } from './order-watch.ts';

/** 20 hours and what a request may wait between its check and its leaving, in milliseconds. */
const keyAgeMaxMs = 20 * 3_600_000 + 60_000;
/** Stripe's `Date` has whole seconds, so that the kiosk's time moves by as much. In milliseconds. */
const dueMarginMs = 2_000;
/** A probe is given up after this, in milliseconds. */
const probeLastsMs = 21_000;
const keyForgottenMs = 24 * 3_600_000;
const keyForm = /^foyer_(sale_[0-9a-z]+)_(create|capture|cancel|confirm|receipt)_\d+$/;

interface KeyedRequest extends Request {
  readonly key: string;
  readonly saleId: string;
}

/** Asked of every changing request right as it leaves. */
export function judgeRequest(evidence: Evidence, request: Request, boot: number): void {
  const { key, saleId, call, words } = request;
  judgeRecord(evidence, request);
  if (key === null || saleId === null) return;
  const keyed: KeyedRequest = { ...request, key, saleId };
  writtenBeforeSent(evidence, keyed);
  oneKeyOneMeaning(evidence, keyed, boot);
  numberGrowsByReading(evidence, keyed);
  if (call === 'create' || call === 'capture') amountAgrees(evidence, keyed);
  if (call === 'capture' || call === 'cancel') stepIsWanted(evidence, keyed);
  if (call === 'capture') nearestDeadlineFirst(evidence, keyed);
  if (call === 'confirm') judgeStoredCharge(evidence, saleId, request.intentId);
  handsOffOthers(evidence, keyed);
  judgeOrderCreate(evidence, request);
  if (call === 'create') evidence.wire.createLeft(saleId);
  evidence.wire.keySent(key, `${call} ${words}`, boot, evidence.agenda.nowMs);
}

function writtenBeforeSent(
  { verdicts, file }: Evidence,
  { key, saleId, call }: KeyedRequest,
): void {
  verdicts.check('P2', file()?.hasKey(saleId, key) === true, () => {
    return `${call} left under ${key}, which was not in the file`;
  });
  verdicts.check('P2', keyForm.exec(key)?.[1] === saleId, () => {
    return `${key} is not made of its sale, step and number`;
  });
}

/** A key that left before says the same, is not under way, and is not too old. */
export function oneKeyOneMeaning(
  { verdicts, wire, agenda, clockWasSet }: Evidence,
  { key, call, words }: Pick<KeyedRequest, 'key' | 'call' | 'words'>,
  boot: number,
): void {
  const before = wire.keyOf(key);
  if (before === null) return;
  verdicts.check('P2', before.words === `${call} ${words}`, () => {
    return `${key} was sent with other parameters than before`;
  });
  verdicts.check('P2', before.inFlightOf !== boot, () => `${key} left twice at the same time`);
  const ageMs = agenda.nowMs - before.firstAtMs;
  const limitMs = clockWasSet() ? keyForgottenMs : keyAgeMaxMs;
  verdicts.check('P3', call === 'receipt' || ageMs <= limitMs, () => {
    return `${key} was replayed ${(ageMs / 3_600_000).toFixed(1)} hours after it first left`;
  });
}

function numberGrowsByReading(
  { verdicts, wire }: Evidence,
  { key, saleId, call, intentId }: KeyedRequest,
): void {
  const ordinal = Number(key.slice(key.lastIndexOf('_') + 1));
  const last = wire.lastAttempt(saleId, call);
  if (last?.ordinal === ordinal) return;
  wire.attemptLeft(saleId, call, ordinal, intentId);
  // Setting an address twice does no harm.
  if (last === null || call === 'receipt') return;
  // The step of a former PaymentIntent of this sale says nothing of the present one's.
  if (last.intentId !== intentId) return;
  const isAbsent = last.shownSince !== null && !hasEffect(call, last.shownSince);
  verdicts.check('P2', isAbsent, () => {
    return `${key} left although no read had shown that attempt ${String(last.ordinal)} had no effect`;
  });
}

function hasEffect(call: string, status: string): boolean {
  if (call === 'capture') return status === 'succeeded';
  if (call === 'cancel') return status === 'canceled';
  if (call === 'confirm') return status === 'succeeded' || status === 'processing';
  // One that was read as canceled makes room for another (P1).
  return status !== 'none' && status !== 'canceled';
}

function amountAgrees(evidence: Evidence, request: KeyedRequest): void {
  const { verdicts, stripe, runOf } = evidence;
  const { saleId, call, total, intentId } = request;
  const run = runOf(saleId);
  // Of a sale that was lost and found again only Stripe's amount is known; staff may have decided to take less.
  const part = partTaken(evidence.file()?.sale(saleId)?.record ?? '');
  const isPart = call === 'capture' && part !== null;
  const owed = run === null || run.wasLost || isPart ? null : (run.due ?? run.total);
  const asked = String(total?.amount);
  if (owed !== null) {
    const agrees = total?.amount === owed.amount && total.currency === owed.currency;
    verdicts.check('P8', agrees, () => {
      return `${call} of ${saleId} asks for ${asked} where the customer owes ${String(owed.amount)}`;
    });
  }
  if (intentId === null) return;
  const amount = isPart ? part : stripe.intents.find(intentId)?.amount;
  verdicts.check('P8', amount === total?.amount, () => {
    return `${call} of ${saleId} asks for ${asked} of a PaymentIntent over ${String(amount)}`;
  });
}

function stepIsWanted({ verdicts, file, runOf }: Evidence, { saleId, call }: KeyedRequest): void {
  const view = file();
  const sale = view?.sale(saleId) ?? null;
  const says = `while the file says ${sale?.state ?? 'nothing'}`;
  if (call === 'cancel') {
    verdicts.check('P6', sale?.state === 'canceling', () => `cancel of ${saleId} left ${says}`);
  } else {
    const isUnderWay = sale?.state === 'authorized' || sale?.state === 'capturing';
    const isWanted = isUnderWay && sale.completed === 1 && !hasWord(sale.record, 'tender');
    verdicts.check('P6', isWanted, () => `capture of ${saleId} left ${says}`);
    const isGivenUp =
      view?.wasCanceling(saleId) === true && !hasWord(sale?.record ?? '', 'staffDecision');
    verdicts.check('P6', !isGivenUp, () => `${saleId} is captured although it was given up before`);
  }
  const run = runOf(saleId);
  if (run?.wasLost !== true && run?.wasRestored !== true) return;
  // Its order, or what became of it, is gone: nobody but staff knows what to do.
  const record = sale?.record ?? '';
  const isDecided = hasWord(record, 'staffDecision') || hasWord(record, 'tender');
  verdicts.check('P6', isDecided, () => `${call} of ${saleId}, which was lost, left without staff`);
}

/** A capture that was due, whose hold lapses sooner, and that nobody is working on, would have come first. */
function nearestDeadlineFirst(
  { verdicts, agenda, file, stripe, wire, kioskNowMs, boot, hurriedAtMs }: Evidence,
  { saleId, intentId }: KeyedRequest,
): void {
  const deadlineMs =
    intentId === null ? null : (stripe.intents.find(intentId)?.captureBeforeMs ?? null);
  if (deadlineMs === null || agenda.nowMs - wire.lastProbeMs < probeLastsMs) return;
  const marginMs = hurriedAtMs() === agenda.nowMs ? 0 : dueMarginMs;
  const waiting = file()?.dueCaptures(kioskNowMs() - marginMs) ?? [];
  if (waiting.length < 2) return;
  const sooner = waiting.find((row) => {
    if (row.owner === saleId || row.deadline_ms >= deadlineMs) return false;
    return !wire.isBusy(row.owner, boot());
  });
  verdicts.check('P6', sooner === undefined, () => {
    return `the capture of ${saleId} left before that of ${sooner?.owner ?? ''}, whose hold lapses sooner`;
  });
}

/** By what the kiosk has been shown: somebody may give a PaymentIntent away while a request is on its way. */
function handsOffOthers(
  { verdicts, stripe, wire, kioskId }: Evidence,
  { call, intentId }: KeyedRequest,
): void {
  if (intentId === null) return;
  const shown = wire.lastOwner(intentId);
  const owner = shown === undefined ? stripe.intents.find(intentId)?.kioskId : shown;
  verdicts.check('P10', owner === kioskId, () => {
    return `${call} left for ${intentId}, which is not this kiosk's`;
  });
}

/** What staff decided to take instead of the whole, by the sale's record; null where they did not. */
export function partTaken(record: string): number | null {
  const part = /"captureAmount":(\d+)/.exec(record)?.[1];
  return part === undefined ? null : Number(part);
}

function hasWord(record: string, field: 'tender' | 'staffDecision'): boolean {
  return record.includes(`"${field}":"`);
}
