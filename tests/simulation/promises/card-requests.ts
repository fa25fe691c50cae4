import { memberKeyOf } from '../../../main/services/cards/new-member.ts';
import { sha256 } from '../kiosk/beside-kiosk.ts';
import { givesBack } from '../stripe/refunds.ts';
import type { Request } from '../wire/transit.ts';
import { isLiveFor } from './card-file.ts';
import type { Evidence } from './evidence.ts';
import { oneKeyOneMeaning } from './sent-requests.ts';

interface KeyedRequest extends Request {
  readonly key: string;
  readonly about: string;
}

/** Asked of every changing request about Customers, cards, setups and refunds right as it leaves. */
export function judgeCardRequest(evidence: Evidence, request: Request, boot: number): void {
  const { key, about, call, words } = request;
  if (key === null || about === undefined) return;
  const keyed: KeyedRequest = { ...request, key, about };
  oneKeyOneMeaning(evidence, keyed, boot);
  writtenBeforeSent(evidence, keyed);
  if (call === 'card_attach') keptOnlyAsAgreed(evidence, keyed);
  if (call === 'card_detach') detachedOnlyWhenTakenBack(evidence, keyed);
  if (call === 'setup_create') askedOnlyAsAgreed(evidence, keyed);
  if (call === 'refund_create') givesBackOnce(evidence, keyed);
  evidence.wire.keySent(key, `${call} ${words}`, boot, evidence.agenda.nowMs);
}

/** Whose key it is, by what it is about. */
function ownerOf({ call, about, saleId }: KeyedRequest): string {
  return call === 'card_attach' || call.startsWith('setup_') ? (saleId ?? '') : about;
}

function writtenBeforeSent({ verdicts, file }: Evidence, request: KeyedRequest): void {
  const { call, key, about } = request;
  const view = file();
  if (call === 'customer_create') {
    const member = memberKeyOf(about, sha256);
    const ordinal = Number(new RegExp(`^foyer_${member}_create_customer_(\\d+)$`).exec(key)?.[1]);
    const isStored = view?.cards.hasMember(member, ordinal) === true;
    verdicts.check('P2', isStored, () => `${call} left under ${key}, which is of no stored member`);
    return;
  }
  if (call === 'customer_update') {
    verdicts.check('P2', view?.holdsKey(key) === true, () => `${key} left and was not in the file`);
    return;
  }
  const owner = ownerOf(request);
  const isStored = view?.hasKey(owner, key) === true && key.startsWith(`foyer_${owner}_`);
  verdicts.check('P2', isStored, () => `${call} left under ${key}, which was not in the file`);
}

/** After its payment, by a consent that stands. */
function keptOnlyAsAgreed({ verdicts, file }: Evidence, { about, saleId }: KeyedRequest): void {
  const source = saleId ?? '';
  const view = file();
  const state = view?.sale(source)?.state ?? view?.cards.setup(source)?.state ?? null;
  verdicts.check('C3', state === 'paid' || state === 'saving', () => {
    return `${about} is kept while ${source}, which it came from, is ${state ?? 'unknown'}`;
  });
  verdicts.check('C2', hasConsent(view, source), () => {
    return `${about} is kept although the consent given for ${source} does not stand`;
  });
}

function hasConsent(view: ReturnType<Evidence['file']>, source: string): boolean {
  const sale = view?.sale(source) ?? null;
  const ofSale = /"consentId":"(consent_[0-9a-z]+)"/.exec(sale?.record ?? '')?.[1];
  const id = ofSale ?? view?.cards.setup(source)?.consent_id;
  const consent = id === undefined ? null : (view?.cards.consent(id) ?? null);
  return consent !== null && consent.revoked_at_ms === null;
}

function detachedOnlyWhenTakenBack({ verdicts, file }: Evidence, { about }: KeyedRequest): void {
  const view = file();
  const isLive = view !== null && isLiveFor(view.cards, about);
  verdicts.check('C2', !isLive, () => `${about} is detached although its consent stands`);
}

/** One that is being given up makes its SetupIntent only to end it. */
function askedOnlyAsAgreed({ verdicts, file }: Evidence, { saleId }: KeyedRequest): void {
  if (file()?.cards.setup(saleId ?? '')?.state === 'canceling') return;
  verdicts.check('C2', hasConsent(file(), saleId ?? ''), () => {
    return `a card is asked for ${saleId ?? ''}, whose consent does not stand`;
  });
}

/** One request is one Refund, under a number that grows only when a list has shown that none was made. */
function givesBackOnce(
  { verdicts, file, stripe, wire, kioskId }: Evidence,
  { key, about, intentId, total }: KeyedRequest,
): void {
  const intent = intentId === null ? null : stripe.intents.find(intentId);
  const refund = file()?.cards.refund(about) ?? null;
  verdicts.check('C1', refund?.state === 'asked' && refund.amount === total?.amount, () => {
    return `${about} is asked for while the file says ${refund?.state ?? 'nothing'}`;
  });
  const others = [...stripe.refunds.all.values()].filter(
    (one) => one.intent === intent && one.kioskId === kioskId && one.refundId !== about,
  );
  const given = others.filter(givesBack).reduce((sum, { amount }) => sum + amount, 0);
  const received = intent?.amountReceived ?? 0;
  verdicts.check('C1', given + (total?.amount ?? 0) <= received, () => {
    return `${about} asks for more of ${intentId ?? ''} than is left of ${String(received)}`;
  });
  const ordinal = Number(key.slice(key.lastIndexOf('_') + 1));
  const last = wire.lastAttempt(about, 'refund_create');
  if (last?.ordinal === ordinal) return;
  wire.attemptLeft(about, 'refund_create', ordinal, intentId);
  verdicts.check('P2', last === null || last.shownSince === 'none', () => {
    return `${key} left although no list had shown that number ${String(last?.ordinal)} made nothing`;
  });
}

/** Asked right as a card on file is about to be charged. */
export function judgeStoredCharge(
  { verdicts, file, kioskNowMs, stripe }: Evidence,
  saleId: string,
  intentId: Request['intentId'],
): void {
  const view = file();
  const intent = intentId === null ? null : stripe.intents.find(intentId);
  const card = intent?.storedCard ?? '';
  const isLive = view !== null && isLiveFor(view.cards, card);
  verdicts.check('C2', isLive, () => {
    return `${saleId} is charged to ${card}, which has no consent that stands`;
  });
  const until = view?.cards.mayWaitUntilMs(view.sale(saleId)?.record ?? '') ?? null;
  verdicts.check('C5', until === null || kioskNowMs() <= until + 1_000, () => {
    return `${saleId} is charged after it has waited as long as it may`;
  });
}
