import type {
  CardFeatures,
  CardView,
  ConsentOffer,
  KeepingView,
  MemberView,
  SetupView,
  StoredCardView,
} from '../../../preload/contract/cards.ts';

/** A kiosk that can do everything with cards on file. */
export const allCards: CardFeatures = {
  keep: true,
  pay: true,
  keepWithSale: true,
  keepAlone: true,
  remove: true,
};

/** One behind which members have accounts: a card is kept alone, and only where its owner is named. */
export const accountCards: CardFeatures = {
  keep: true,
  pay: false,
  keepAlone: true,
  postalCode: true,
  orderCode: true,
};

/** A card that was kept last spring. */
export function aCard(part: Partial<CardView> = {}): CardView {
  return {
    cardId: 'pm_1SVx2eKq8mTzYd0a1',
    brand: 'visa',
    last4: '4242',
    expMonth: 4,
    expYear: 2029,
    keptAtMs: Date.UTC(2026, 3, 12, 18, 30),
    expired: false,
    ...part,
  };
}

export const expiredCard = aCard({
  cardId: 'pm_1SVx2eKq8mTzYd0a2',
  brand: 'amex',
  last4: '0005',
  expMonth: 10,
  expYear: 2026,
  expired: true,
});

export const secondCard = aCard({
  cardId: 'pm_1SVx2eKq8mTzYd0a3',
  brand: 'mastercard',
  last4: '4444',
});

/** Ada, who has identified herself. */
export function aMember(part: Partial<MemberView> = {}): MemberView {
  return {
    memberId: '1042',
    name: 'Ada Lovelace',
    cards: [aCard()],
    emailHint: 'a…@example.com',
    ...part,
  };
}

/** The wish to keep the card of a sale, before it is paid. */
export function aKeeping(part: Partial<KeepingView> = {}): KeepingView {
  return {
    memberName: 'Ada Lovelace',
    state: 'asked',
    failure: null,
    brand: null,
    last4: null,
    ...part,
  };
}

/** A card on file that pays. */
export function aStoredCard(part: Partial<StoredCardView> = {}): StoredCardView {
  return { brand: 'visa', last4: '4242', pending: false, mayWaitUntilMs: null, ...part };
}

/** A card that is being kept without a sale. */
export function aSetup(part: Partial<SetupView> = {}): SetupView {
  return {
    id: 'setup_01k9z3m8q2vt4w6x',
    state: 'presenting',
    attemptId: 'att_01k9z3m8q2vt4w6x_1',
    stage: 'awaiting_card',
    decline: null,
    cancelReason: null,
    failure: null,
    card: null,
    canCancel: true,
    memberName: 'Ada Lovelace',
    ...part,
  };
}

/** As long as the real one, and with a letter that only a faithful screen keeps. */
export const anOffer: ConsentOffer = {
  language: 'en',
  text: [
    'I agree that Lumen Yoga keeps the card I tap on file for my membership account.',
    'What for: to pay for classes, passes and other items that I buy from Lumen Yoga.',
    'How much: the price shown to me, or told to me by staff, when I buy. There is no fee for keeping the card and no other amount.',
    'When: only when I choose to pay with this card on the kiosk or ask staff to charge it. Nothing is charged on a schedule.',
    'How to end it: on this kiosk under “My cards”, or by telling staff, at any time. From then on the card is not charged again.',
    'The card is kept by Stripe, not by Lumen Yoga. Phones and watches usually can’t be kept: please tap a card.',
  ].join('\n\n'),
  wordingHash: '1a'.repeat(32),
};
