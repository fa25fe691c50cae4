import type {
  ConsentView,
  MemberChargeRow,
  MemberRow,
  MemberSheet,
  StaffCardView,
} from '../../../preload/contract/cards.ts';
import { staffNowMs } from './staff-now.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export const ada: MemberRow = {
  memberId: '1001',
  name: 'Ada Lindqvist',
  email: 'ada.lindqvist@example.com',
  phone: '+15035550142',
  cards: 2,
};

export const members: readonly MemberRow[] = [
  ada,
  { memberId: '1002', name: 'Jonas Lindqvist', email: null, phone: '+15035550177', cards: 1 },
  { memberId: 'K-2040', name: 'Mia Okafor', email: 'mia@example.com', phone: null, cards: 0 },
];

/** A card that is kept and may be charged. */
export function aStaffCard(part: Partial<StaffCardView> = {}): StaffCardView {
  return {
    cardId: 'pm_1SVx2eKq8mTzYd0a1bCd4242',
    brand: 'visa',
    last4: '4242',
    expMonth: 8,
    expYear: 2029,
    keptAtMs: staffNowMs - 40 * dayMs,
    expired: false,
    consentId: 'consent_01k9z3m8q2vt0001',
    wallet: null,
    removedAtMs: null,
    removedBy: null,
    removalWaits: false,
    alsoOf: ['1002'],
    ...part,
  };
}

export const amex = aStaffCard({
  cardId: 'pm_1SVx2eKq8mTzYd0a1bCd0005',
  brand: 'amex',
  last4: '0005',
  consentId: 'consent_01k9z3m8q2vt0002',
  alsoOf: [],
  keptAtMs: staffNowMs - 3 * dayMs,
});

const removedCard = aStaffCard({
  cardId: 'pm_1SVx2eKq8mTzYd0a1bCd1881',
  brand: 'mastercard',
  last4: '1881',
  alsoOf: [],
  removedAtMs: staffNowMs - 2 * hourMs,
  removedBy: 'Mara Lindqvist',
  removalWaits: true,
});

/** Two spaces stand in it on purpose: it is shown to the letter. */
export const consentText =
  'I allow Lumen Yoga to keep this card and to charge it for classes I book.\n\nI can revoke this  at any time at the kiosk under My cards.';

export function aConsent(part: Partial<ConsentView> = {}): ConsentView {
  return {
    consentId: 'consent_01k9z3m8q2vt0001',
    version: '3',
    language: 'en',
    text: consentText,
    givenAtMs: staffNowMs - 40 * dayMs,
    kioskId: 'kiosk_01k9z3m8q2vt4w6x',
    actedBy: 'member',
    hash: 'a'.repeat(64),
    intact: true,
    intentId: 'pi_3SVx2eKq8mTzYd0a1bCdEFGH',
    last4: '4242',
    revokedAtMs: null,
    revokedBy: null,
    ...part,
  };
}

/** A charge to her Visa. */
export function aCharge(part: Partial<MemberChargeRow> = {}): MemberChargeRow {
  const code = part.code ?? 'C4GE';
  return {
    saleId: `sale_01k9z3m8q2vt${code.toLowerCase()}`,
    code,
    atMs: staffNowMs - 10 * minuteMs,
    state: 'paid',
    amount: { amount: 2600, currency: 'usd' },
    last4: '4242',
    mayWaitUntilMs: null,
    cancelReason: null,
    decline: null,
    ...part,
  };
}

export const pendingCharge = aCharge({
  code: 'P3ND',
  state: 'pending',
  mayWaitUntilMs: staffNowMs + 4 * hourMs,
});

export const adasSheet: MemberSheet = {
  member: ada,
  customerId: 'cus_TSVx2eKq8mTzYd',
  cards: [aStaffCard(), amex, removedCard],
  consents: [
    aConsent(),
    aConsent({
      consentId: 'consent_01k9z3m8q2vt0003',
      last4: '1881',
      intact: false,
      revokedAtMs: staffNowMs - 2 * hourMs,
      revokedBy: 'Mara Lindqvist',
    }),
  ],
  charges: [
    pendingCharge,
    aCharge(),
    aCharge({
      code: 'N0PE',
      state: 'not_paid',
      cancelReason: 'card_declined',
      decline: 'authentication_required',
    }),
  ],
};
