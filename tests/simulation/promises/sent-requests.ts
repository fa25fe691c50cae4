import type { Request } from '../wire/transit.ts';
import type { Evidence } from './evidence.ts';

/** 20 hours and what a request may wait between its check and its leaving, in milliseconds. */
const keyAgeMaxMs = 20 * 3_600_000 + 60_000;
const keyForgottenMs = 24 * 3_600_000;

/** Asked of every changing request right as it leaves. */
export function judgeRequest(evidence: Evidence, request: Request, boot: number): void {
  const { key, saleId } = request;
  if (key === null || saleId === null) return;
  writtenBeforeSent(evidence, key, saleId, request);
  oneKeyOneMeaning(evidence, key, request, boot);
  numberGrowsByReading(evidence, key, saleId, request);
  stepIsWanted(evidence, saleId, request);
  handsOffOthers(evidence, request);
  evidence.wire.keySent(key, `${request.call} ${request.words}`, boot, evidence.agenda.nowMs);
}

function writtenBeforeSent(
  { verdicts, file }: Evidence,
  key: string,
  saleId: string,
  { call }: Request,
): void {
  verdicts.check('P2', file()?.saleOfKey(key) === saleId, () => {
    return `${call} left under ${key}, which was not in the file`;
  });
  verdicts.check(
    'P2',
    /^foyer_(sale_[0-9a-z]+)_(create|capture|cancel|receipt)_\d+$/.test(key),
    () => {
      return `${key} is not made of sale, step and number`;
    },
  );
}

function oneKeyOneMeaning(
  { verdicts, wire, agenda, clockWasSet }: Evidence,
  key: string,
  { call, words }: Request,
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
    return `${key} was replayed ${hours(ageMs)} hours after it first left`;
  });
}

function numberGrowsByReading(
  { verdicts, wire }: Evidence,
  key: string,
  saleId: string,
  { call }: Request,
): void {
  const ordinal = Number(key.slice(key.lastIndexOf('_') + 1));
  const last = wire.lastAttempt(saleId, call);
  if (last === null || ordinal === last.ordinal) {
    if (last === null) wire.attemptLeft(saleId, call, ordinal);
    return;
  }
  const isAbsent =
    call === 'receipt' || (last.shownSince !== null && !hasEffect(call, last.shownSince));
  verdicts.check('P2', isAbsent, () => {
    return `${key} left although no read had shown that attempt ${String(last.ordinal)} had no effect`;
  });
  wire.attemptLeft(saleId, call, ordinal);
}

function hasEffect(call: string, status: string): boolean {
  if (call === 'capture') return status === 'succeeded';
  if (call === 'cancel') return status === 'canceled';
  return status !== 'none';
}

function stepIsWanted(
  { verdicts, file, stripe, runOf }: Evidence,
  saleId: string,
  request: Request,
): void {
  const { call, total, intentId } = request;
  const sale = file()?.sale(saleId) ?? null;
  const run = runOf(saleId);
  if (call === 'create' || call === 'capture') {
    const expected = run?.total ?? null;
    if (expected !== null) {
      verdicts.check(
        'P8',
        total?.amount === expected.amount && total.currency === expected.currency,
        () => {
          return `${call} of ${saleId} asks for ${String(total?.amount)} where the customer owes ${String(expected.amount)}`;
        },
      );
    }
  }
  if (call === 'capture') {
    const intent = intentId === null ? null : stripe.intents.find(intentId);
    verdicts.check('P8', intent?.amount === total?.amount, () => {
      return `capture of ${saleId} asks for ${String(total?.amount)} of a PaymentIntent over ${String(intent?.amount)}`;
    });
    const isWanted =
      (sale?.state === 'authorized' || sale?.state === 'capturing') &&
      sale.completed === 1 &&
      !hasTender(sale.record);
    verdicts.check('P6', isWanted, () => {
      return `capture of ${saleId} left while the file says ${sale?.state ?? 'nothing'}`;
    });
  }
  if (call === 'cancel') {
    verdicts.check('P6', sale?.state === 'canceling', () => {
      return `cancel of ${saleId} left while the file says ${sale?.state ?? 'nothing'}`;
    });
  }
}

function handsOffOthers(
  { verdicts, stripe, kioskId }: Evidence,
  { call, intentId }: Request,
): void {
  if (intentId === null) return;
  verdicts.check('P10', stripe.intents.find(intentId)?.kioskId === kioskId, () => {
    return `${call} left for ${intentId}, which is not this kiosk's`;
  });
}

function hasTender(record: string): boolean {
  return /"tender":"/.test(record);
}

function hours(ms: number): string {
  return (ms / 3_600_000).toFixed(1);
}
