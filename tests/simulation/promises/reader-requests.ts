import type { ReaderAction, ReaderFacts } from '../../../main/ports/readers-api.ts';
import { isLive } from '../stripe/reader-slot.ts';
import type { ModelReader } from '../stripe/model-reader.ts';
import type { ReaderRequest } from '../wire/readers-wire.ts';
import type { Evidence } from './evidence.ts';
import { oneKeyOneMeaning } from './sent-requests.ts';

const keyForm = /^foyer_((?:sale|setup|refund)_[0-9a-z]+)_reader_[0-9a-z]+_(\d+)$/;

/** Asked of every command to a reader right as it leaves. */
export function judgeCommand(evidence: Evidence, request: ReaderRequest, boot: number): void {
  switch (request.call) {
    case 'reader_process':
    case 'reader_collect':
    case 'reader_confirm':
      writtenBeforeSent(evidence, request);
      keyIsUsedOnce(evidence, request, boot);
      numberGrowsByLooking(evidence, request);
      promptIsWanted(evidence, request);
      readerWasLookedAt(evidence, request, boot);
      return;
    case 'reader_setup':
    case 'reader_refund':
      writtenBeforeSent(evidence, request);
      keyIsUsedOnce(evidence, request, boot);
      numberGrowsByLooking(evidence, request);
      errandIsWanted(evidence, request);
      readerWasLookedAt(evidence, request, boot);
      return;
    case 'reader_cancel':
      comparedBeforeClearing(evidence, request, boot);
      return;
    case 'reader_display':
      displaysOnlyOnAnIdleReader(evidence, request, boot);
      return;
    case 'reader_read':
  }
}

/** Asked of every command as it arrives; one that the kiosk gave up long ago is nobody's fault. */
export function judgeArrival(
  { verdicts, kioskId }: Evidence,
  { call, intentId, readerId }: ReaderRequest,
  { slot }: ModelReader,
  isLate: boolean,
): void {
  if (isLate || !isLive(slot) || slot.by !== kioskId) return;
  if (call === 'reader_display') {
    verdicts.check('P10', false, () => {
      return `a display call landed in the payment of ${slot.intent.saleId ?? ''} on ${readerId}`;
    });
  }
  if (call === 'reader_process' || call === 'reader_collect') {
    verdicts.check('P1', slot.intent.id === intentId, () => {
      return `${intentId ?? ''} replaces the prompt of ${slot.intent.saleId ?? ''}, another sale of this kiosk`;
    });
  }
}

function writtenBeforeSent(
  { verdicts, file }: Evidence,
  { key, saleId, call }: ReaderRequest,
): void {
  const sent = key ?? '';
  const owner = file()?.promptOfKey(sent)?.owner ?? null;
  // A reader is told of a Charge, and the book of the refund that gives it back.
  const its = call === 'reader_refund' ? file()?.cards.refund(owner ?? '')?.sale_id : owner;
  verdicts.check('P2', its === saleId, () => {
    return `${call} left under ${sent}, which was not in the book`;
  });
  verdicts.check('P2', keyForm.test(sent), () => `${sent} is not made of sale, attempt and number`);
}

function keyIsUsedOnce(evidence: Evidence, request: ReaderRequest, boot: number): void {
  const { key, call, words } = request;
  if (key === null) return;
  oneKeyOneMeaning(evidence, { key, call, words }, boot);
  evidence.wire.keySent(key, `${call} ${words}`, boot, evidence.agenda.nowMs);
}

/** A card is asked for to keep it, or to give money back to it, only while that is what the file says. */
function errandIsWanted({ verdicts, file }: Evidence, { key, call }: ReaderRequest): void {
  const view = file();
  const owner = view?.promptOfKey(key ?? '')?.owner ?? '';
  const setup = view?.cards.setup(owner) ?? null;
  const refund = view?.cards.refund(owner) ?? null;
  const state = setup?.state ?? refund?.state ?? 'nothing';
  verdicts.check(call === 'reader_setup' ? 'C2' : 'C1', state === 'presenting', () => {
    return `${call} left for ${owner} while the file says ${state}`;
  });
}

/** A command under a new number only after a look has shown what became of the one before. */
function numberGrowsByLooking(
  { verdicts, readers }: Evidence,
  { key, readerId }: ReaderRequest,
): void {
  if (key === null) return;
  const split = key.lastIndexOf('_');
  const stem = `${readerId} ${key.slice(0, split)}`;
  const ordinal = Number(key.slice(split + 1));
  const last = readers.lastCommand(stem);
  if (last?.ordinal === ordinal) return;
  readers.commandLeft(stem, ordinal);
  verdicts.check('P2', last === null || last.hasLooked, () => {
    return `${key} left although nobody had looked what became of number ${String(last?.ordinal)}`;
  });
}

function promptIsWanted(
  { verdicts, file, stripe }: Evidence,
  { saleId, intentId, call }: ReaderRequest,
): void {
  const sale = file()?.sale(saleId ?? '') ?? null;
  const wanted = call === 'reader_confirm' ? ['authorizing', 'finding_out'] : ['presenting'];
  verdicts.check('P5', sale !== null && wanted.includes(sale.state), () => {
    return `${call} left for ${saleId ?? ''} while the file says ${sale?.state ?? 'nothing'}`;
  });
  verdicts.check('P1', sale?.payment_intent_id === intentId, () => {
    return `${call} left for ${intentId ?? ''}, which is not the PaymentIntent of ${saleId ?? ''}`;
  });
  const holding = [...stripe.intents.all.values()].some(
    (other) => other.saleId === saleId && other.id !== intentId && other.status !== 'canceled',
  );
  verdicts.check('P1', !holding, () => `${saleId ?? ''} has a second PaymentIntent`);
}

function readerWasLookedAt(
  { verdicts, readers, agenda }: Evidence,
  { call, readerId, intentId }: ReaderRequest,
  boot: number,
): void {
  const seen = readers.justSeen(readerId, boot, agenda.nowMs);
  verdicts.check('P10', seen !== null, () => `${call} left for ${readerId} without a look at it`);
  if (seen === null) return;
  const there = underWay(seen);
  const isRight = call === 'reader_confirm' ? there?.object === intentId : there === null;
  verdicts.check('P10', isRight, () => {
    return `${call} left for ${readerId} although a look had just shown ${wordsOf(there)}`;
  });
}

/** What is on the reader belongs to a sale, a setup or a refund of the file. */
function isInFile({ file, stripe }: Evidence, object: string): boolean {
  const view = file();
  if (view === null) return false;
  if (object.startsWith('seti_')) return view.cards.setupOfIntent(object) !== null;
  if (object.startsWith('pi_')) return view.hasIntent(object);
  const intent = [...stripe.intents.all.values()].find(({ charges }) =>
    charges.some(({ id }) => id === object),
  );
  return intent !== undefined && view.hasIntent(intent.id);
}

function comparedBeforeClearing(
  evidence: Evidence,
  { readerId, asker }: ReaderRequest,
  boot: number,
): void {
  const { verdicts, readers, agenda, isShared } = evidence;
  const seen = readers.justSeen(readerId, boot, agenda.nowMs);
  verdicts.check('P10', seen !== null, () => `${readerId} is cleared without a look at it`);
  if (seen === null) return;
  const { action } = seen;
  const id = action?.object ?? null;
  const isOurs = id !== null && isInFile(evidence, id);
  const isOurCart = action?.kind === 'set_reader_display' && !isShared;
  const isMeant = readers.staffMeans === (id ?? 'display');
  const mayEnd = asker === 'staff' ? isMeant : isOurs || isOurCart;
  verdicts.check('P10', mayEnd, () => {
    return `${readerId} is cleared by its ${asker} of ${wordsOf(action)}, which is not theirs to end`;
  });
}

function displaysOnlyOnAnIdleReader(
  { verdicts, readers, agenda, file, isShared }: Evidence,
  { readerId }: ReaderRequest,
  boot: number,
): void {
  verdicts.check('P10', !isShared, () => `a cart is put on ${readerId}, which is shared`);
  const seen = readers.justSeen(readerId, boot, agenda.nowMs);
  verdicts.check('P10', seen !== null && underWay(seen) === null, () => {
    return `a cart is put on ${readerId}, which was not seen idle`;
  });
  const open = file()
    ?.openPrompts()
    .find((prompt) => prompt.reader_id === readerId);
  verdicts.check('P10', open === undefined, () => {
    return `a cart is put on ${readerId} while a prompt of ${open?.owner ?? ''} may be on it`;
  });
}

/** By the documents, not by the kiosk's own reckoning. */
function underWay({ action }: ReaderFacts): ReaderAction | null {
  if (action === null || action.kind === 'set_reader_display') return null;
  if (action.status === 'in_progress') return action;
  return action.kind === 'collect_payment_method' && action.status === 'succeeded' ? action : null;
}

function wordsOf(action: ReaderAction | null): string {
  return action === null ? 'nothing' : `${action.kind} of ${action.object ?? 'nobody'}`;
}
