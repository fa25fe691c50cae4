import type { ModelReader } from '../stripe/model-reader.ts';
import { isLive, type Slot } from '../stripe/reader-slot.ts';
import { isFinalWord } from './at-the-end.ts';
import type { Evidence } from './evidence.ts';
import type { SaleInFile } from './file-view.ts';

/** A prompt that another till replaced is noticed within this. Milliseconds. */
const noticeMs = 5_000;
/** A request that was given up took so long; until then the network was not well. Milliseconds. */
const silenceMs = 25_000;
/** What P6 gives a kiosk with network. Milliseconds. */
const graceMs = 10 * 60_000;

/** A prompt of ours was taken off its reader by another till: the kiosk must notice, and say so. */
export function watchTaken(evidence: Evidence, slot: Slot): void {
  const { agenda, verdicts, file, network, boot, lastFaultMs } = evidence;
  const saleId = slot.intent?.saleId ?? '';
  const takenMs = agenda.nowMs;
  const takenBoot = boot();
  const attempt = waitingAttempt(evidence, saleId);
  // A card that was collected waits for its customer's word, and not for the reader.
  if (attempt === null || slot.hasCard) return;
  agenda.after(noticeMs, () => {
    const isWell =
      boot() === takenBoot &&
      network.longestStretchMs(takenMs, agenda.nowMs) >= noticeMs &&
      takenMs - lastFaultMs() > silenceMs;
    if (!isWell || file() === null) return;
    verdicts.check('P5', waitingAttempt(evidence, saleId) !== attempt, () => {
      return `${saleId} still waits for a card, 5 s after another till took the reader`;
    });
  });
}

/** The attempt whose card is awaited, by the file. */
function waitingAttempt({ file }: Evidence, saleId: string): string | null {
  const sale = file()?.sale(saleId) ?? null;
  if (sale?.state !== 'presenting') return null;
  return /"attempt":\{"id":"([^"]+)"/.exec(sale.record)?.[1] ?? null;
}

/** A sale has ended: its prompt must not stay on a reader once everything has been well for long enough. */
export function watchEnded(evidence: Evidence, saleId: string): void {
  for (const reader of evidence.modelReaders.all.values()) {
    if (isOf(reader, saleId)) watchLeft(evidence, reader, saleId, evidence.agenda.nowMs);
  }
}

function watchLeft(evidence: Evidence, reader: ModelReader, saleId: string, sinceMs: number): void {
  const { agenda, verdicts, network, runOf } = evidence;
  const { slot } = reader;
  agenda.after(graceMs, () => {
    const run = runOf(saleId);
    // What a lost file knew of its readers is lost with it: staff free them.
    if (
      reader.slot !== slot ||
      !isOf(reader, saleId) ||
      run?.wasLost === true ||
      run?.wasRestored === true
    )
      return;
    const wellSinceMs = Math.max(sinceMs, reader.troubledUntilMs);
    const ranMs = network.longestStretchMs(wellSinceMs, agenda.nowMs);
    if (ranMs < graceMs) {
      watchLeft(evidence, reader, saleId, sinceMs);
      return;
    }
    verdicts.check('P6', false, () => {
      return `the prompt of ${saleId}, which is over, stays on ${reader.id}`;
    });
  });
}

function isOf({ slot }: ModelReader, saleId: string): boolean {
  return isLive(slot) && slot.intent.saleId === saleId;
}

/** A sale is given up because the kiosk was started anew: a prompt that charges by itself may have done so by then. */
export function judgeGivenUp({ verdicts, wire, boot, file }: Evidence, sale: SaleInFile): void {
  if (sale.state !== 'canceling' || !sale.record.includes('"cancelReason":"kiosk_restarted"'))
    return;
  const open = file()
    ?.openPrompts()
    .find(({ owner, kind }) => owner === sale.id && kind === 'process_payment_intent');
  if (open === undefined) return;
  verdicts.check('P5', wire.hasRead(open.object, boot()), () => {
    return `${sale.id} is given up after a restart, and nobody has read whether the reader charged its card`;
  });
}

/** Asked at the end: nothing of a sale that is over is on a reader, and the book knows of nothing more. */
export function judgeReaders(evidence: Evidence): void {
  const { verdicts, file, runOf, modelReaders, kioskId } = evidence;
  const view = file();
  if (view === null) return;
  for (const { id, slot } of modelReaders.all.values()) {
    if (!isLive(slot) || slot.by !== kioskId) continue;
    const saleId = slot.intent.saleId ?? '';
    const run = runOf(saleId);
    const state = view.sale(saleId)?.state ?? '';
    const isKnown = run !== null && !run.wasLost && !run.wasRestored;
    verdicts.check('P6', !isKnown || !isFinalWord(state), () => {
      return `the prompt of ${saleId}, which is ${state}, is still on ${id} at the end`;
    });
  }
  const [open] = view.openPrompts();
  verdicts.check('P6', open === undefined, () => {
    return `the book still holds the prompt of ${open?.owner ?? ''} on ${open?.reader_id ?? ''} at the end`;
  });
}
