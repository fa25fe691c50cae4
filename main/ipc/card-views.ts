import type {
  CardView,
  ConsentView,
  KeepingView,
  MemberChargeRow,
  MemberRow,
  MemberSheet,
  MemberView,
  SetupView,
  StaffCardView,
  StoredCardView,
  UnsureKeeping,
} from '../../preload/contract/cards.ts';
import type { CardOnFile } from '../domain/card-on-file.ts';
import type { CardSetup } from '../domain/card-setup.ts';
import { mayStop } from '../domain/card-setup-transition.ts';
import type { Consent } from '../domain/consent.ts';
import { declineReason } from '../domain/decline.ts';
import { setupId } from '../domain/ids.ts';
import type { Member } from '../domain/member.ts';
import { codeOf, isPending, type Sale, totalOf } from '../domain/sale.ts';
import type { CardBook } from '../ports/card-book.ts';
import type { Ledger } from '../ports/ledger.ts';
import { isIntact } from '../services/cards/consent-proof.ts';
import { isExpired } from '../services/cards/is-expired.ts';
import type { TextHash } from '../services/cards/text-hash.ts';

/** The member at the screen, who sees no more of themselves than they typed or chose. */
export function memberView(
  member: Member,
  cards: readonly CardOnFile[],
  { canMail, nowMs }: { readonly canMail: boolean; readonly nowMs: number },
): MemberView {
  return {
    memberId: member.memberId,
    name: member.name,
    cards: cards.map((card) => cardView(card, nowMs)),
    emailHint: canMail ? hintOf(member.email) : null,
  };
}

/** Such as `a…@example.com`: enough to know one's own address by. */
function hintOf(email: string | null): string | null {
  if (email === null) return null;
  const at = email.lastIndexOf('@');
  return at < 1 ? null : `${email.slice(0, 1)}…${email.slice(at)}`;
}

function cardView(card: CardOnFile, nowMs: number): CardView {
  const { id, brand, last4, expMonth, expYear, keptAtMs } = card;
  const expired = isExpired(card, nowMs);
  return { cardId: id, brand, last4, expMonth, expYear, keptAtMs, expired };
}

/** What became of the wish to keep the card of a sale; null where nobody wished it. */
export function keepingView(sale: Sale, book: CardBook): KeepingView | null {
  const { keeping } = sale;
  if (keeping === undefined) return null;
  const memberName = book.findMember(keeping.memberKey)?.name ?? '';
  const outcome = book.keepingOf(sale.id);
  const unsettled = { memberName, failure: null, brand: null, last4: null };
  if (outcome === null) {
    return { ...unsettled, state: sale.state === 'paid' ? 'waiting' : 'asked' };
  }
  if (outcome.kind === 'not_kept') {
    return { ...unsettled, state: 'not_kept', failure: outcome.why };
  }
  const card = book.findCard(outcome.cardId);
  const { brand, last4 } = card ?? unsettled;
  return { ...unsettled, state: 'kept', brand, last4 };
}

/** The card on file that pays a sale; null when a card is tapped. */
export function storedCardView(sale: Sale): StoredCardView | null {
  const { storedCard } = sale;
  if (storedCard === undefined) return null;
  const { brand, last4, mayWaitUntilMs } = storedCard;
  return { brand, last4, mayWaitUntilMs, pending: isPending(sale) };
}

/** Keeping a card without a sale, without client secrets and Stripe's own status. */
export function setupView(setup: CardSetup, book: CardBook): SetupView {
  const card = setup.cardId === null ? null : book.findCard(setup.cardId);
  return {
    id: setup.id,
    state: setup.state,
    attemptId: setup.attempt?.id ?? null,
    stage: stageOf(setup),
    decline: setup.decline,
    cancelReason: setup.cancelReason,
    failure: setup.failure,
    ...(isUnsure(setup) ? { unsure: true } : {}),
    card: card === null ? null : { brand: card.brand, last4: card.last4 },
    canCancel: mayStop(setup),
    memberName: book.findMember(setup.memberKey)?.name ?? '',
  };
}

function isUnsure({ state, failure }: CardSetup): boolean {
  return state === 'not_kept' && failure === null;
}

function stageOf({ state, attempt }: CardSetup): SetupView['stage'] {
  if (state !== 'presenting') return null;
  if (attempt === null) return 'declined';
  if (attempt.stage === 'processing') return null;
  return attempt.stage === 'sent' ? 'waking_reader' : 'awaiting_card';
}

/** A member in the list of staff; `cards` counts those that are not removed. */
export function memberRow(member: Member, book: CardBook): MemberRow {
  const { key, memberId, name, email, phone } = member;
  const cards = book.cardsOf(key).filter(({ removedAtMs }) => removedAtMs === null).length;
  return { memberId, name, email, phone, cards };
}

export interface SheetSources {
  readonly ledger: Ledger;
  readonly book: CardBook;
  readonly hash: TextHash;
  readonly nowMs: number;
  /** Sales that were paid, or were to be paid, with a card on file of this member; newest first. */
  readonly charges: readonly { readonly sale: Sale; readonly addedAtMs: number }[];
}

/** All that staff see of one member. */
export function memberSheet(member: Member, sources: SheetSources): MemberSheet {
  const { book, hash } = sources;
  return {
    member: memberRow(member, book),
    customerId: member.customerId,
    cards: book.cardsOf(member.key).map((card) => staffCardView(card, sources)),
    consents: book.consentsOf(member.key).map((consent) => consentView(consent, hash)),
    charges: sources.charges.flatMap(({ sale, addedAtMs }) => chargeRow(sale, addedAtMs)),
    unsure: unsureKeepings(member, sources),
  };
}

/** Work that was set aside is never many: it stands first, and staff are to deal with each. */
const setAsideLookedAt = 100;

/** Setups whose one request to keep the card was not answered: their row was set aside with it. */
function unsureKeepings({ key }: Member, { ledger, book }: SheetSources): readonly UnsureKeeping[] {
  return ledger.waitingWork(setAsideLookedAt).flatMap(({ owner, setAside, storedAtMs }) => {
    if (!setAside || !owner.startsWith('setup_')) return [];
    const setup = book.findSetup(setupId(owner));
    return setup?.memberKey === key && isUnsure(setup)
      ? [{ consentId: setup.consentId, atMs: storedAtMs }]
      : [];
  });
}

function staffCardView(card: CardOnFile, { ledger, book, nowMs }: SheetSources): StaffCardView {
  const { consentId, wallet, removedAtMs, removedBy } = card;
  return {
    ...cardView(card, nowMs),
    consentId,
    wallet,
    removedAtMs,
    removedBy,
    removalWaits: removedAtMs !== null && ledger.hasOpenWork(card.id),
    alsoOf: othersWith(card, book),
  };
}

function othersWith({ fingerprint, memberKey }: CardOnFile, book: CardBook): readonly string[] {
  if (fingerprint === null) return [];
  const keys = book.cardsWithFingerprint(fingerprint).map((card) => card.memberKey);
  return [...new Set(keys)].flatMap((key) => {
    const other = key === memberKey ? null : book.findMember(key);
    return other === null ? [] : [other.memberId];
  });
}

function consentView(consent: Consent, hash: TextHash): ConsentView {
  const { id, version, language, text, givenAtMs, kioskId, actedBy, link, revoked } = consent;
  return {
    consentId: id,
    version,
    language,
    text,
    givenAtMs,
    kioskId,
    actedBy,
    hash: consent.hash,
    intact: isIntact(consent, hash),
    intentId: link?.intentId ?? null,
    // Of a card that the system keeps by itself nothing is seen.
    last4: link === null || link.last4 === '' ? null : link.last4,
    revokedAtMs: revoked?.atMs ?? null,
    revokedBy: revoked?.by ?? null,
  };
}

function chargeRow(sale: Sale, atMs: number): MemberChargeRow[] {
  const { storedCard } = sale;
  if (storedCard === undefined) return [];
  const { last4, mayWaitUntilMs } = storedCard;
  return [
    {
      saleId: sale.id,
      code: codeOf(sale),
      atMs,
      state: chargeState(sale),
      amount: totalOf(sale),
      last4,
      mayWaitUntilMs,
      cancelReason: sale.cancelReason,
      decline: declineOf(sale),
    },
  ];
}

function chargeState(sale: Sale): MemberChargeRow['state'] {
  if (isPending(sale)) return 'pending';
  switch (sale.state) {
    case 'paid':
    case 'needs_staff':
      return sale.state;
    case 'canceled':
    case 'expired':
      return 'not_paid';
    case 'open':
    case 'creating':
    case 'presenting':
    case 'authorizing':
    case 'authorized':
    case 'capturing':
    case 'finding_out':
    case 'canceling':
      return 'under_way';
  }
}

/** A charge that nobody waits for keeps no decline of its own: it is in what was read of its PaymentIntent. */
function declineOf({ decline, cancelReason, paymentIntent }: Sale): MemberChargeRow['decline'] {
  if (decline !== null || cancelReason !== 'card_declined') return decline;
  const error = paymentIntent?.lastPaymentError ?? null;
  return error === null ? 'declined' : declineReason(error.code, error.declineCode);
}
