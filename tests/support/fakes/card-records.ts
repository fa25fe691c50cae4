import { createHash } from 'node:crypto';
import type { CardOnFile } from '../../../main/domain/card-on-file.ts';
import {
  type CardSetup,
  newSetup,
  type SetupIntentFacts,
} from '../../../main/domain/card-setup.ts';
import { type Consent, consentWording, hashedText } from '../../../main/domain/consent.ts';
import {
  chargeId,
  consentId,
  customerId,
  memberKey,
  paymentIntentId,
  paymentMethodId,
  refundId,
  setupId,
  setupIntentId,
  stripeRefundId,
} from '../../../main/domain/ids.ts';
import type { Member } from '../../../main/domain/member.ts';
import { money } from '../../../main/domain/money.ts';
import { newRefund, type NewRefund, type RefundFacts } from '../../../main/domain/refund.ts';
import { ourKiosk, ourSale } from './sales.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const numbered = (number: number): string => `0mi1kqbas0${String(number).padStart(12, '0')}`;

/** The member with this number at the studio. */
export function aMember(memberId = 'M-1', changes: Partial<Member> = {}): Member {
  return {
    key: memberKey(`member_${sha256(memberId).slice(0, 32)}`),
    memberId,
    name: 'Ada Lang',
    email: 'ada@example.com',
    phone: '+41790001234',
    customerId: null,
    customerOrdinal: 1,
    ...changes,
  };
}

/** The Nth consent of a test, with the hash of its text. */
export function aConsent(number = 1, changes: Partial<Consent> = {}): Consent {
  const agreed = {
    ...consentWording('Still Waters'),
    id: consentId(`consent_${numbered(number)}`),
    memberKey: aMember().key,
    kioskId: ourKiosk,
    givenAtMs: 1_000 * number,
    actedBy: 'member',
    ...changes,
  };
  return { ...agreed, hash: sha256(hashedText(agreed)), link: null, revoked: null };
}

/** The Nth card of a test, kept by the consent of that number. */
export function aCard(number = 1, changes: Partial<CardOnFile> = {}): CardOnFile {
  return {
    id: paymentMethodId(`pm_card_${number}`),
    customerId: customerId('cus_ada'),
    brand: 'visa',
    last4: '4242',
    expMonth: 12,
    expYear: 2030,
    fingerprint: 'fp_visa',
    allowRedisplay: 'always',
    wallet: null,
    memberKey: aMember().key,
    consentId: aConsent(number).id,
    keptAtMs: 1_000 * number,
    removedAtMs: null,
    removedBy: null,
    ...changes,
  };
}

export const ourSetup = setupId(`setup_${numbered(1)}`);
export const ourRefund = refundId(`refund_${numbered(1)}`);

export function aSetup(id = ourSetup): CardSetup {
  const { memberKey: key, id: consent } = aConsent();
  return newSetup({ id, kioskId: ourKiosk, memberKey: key, consentId: consent });
}

/** A SetupIntent of `ourSetup` as just created. */
export function setupFacts(changes: Partial<SetupIntentFacts> = {}): SetupIntentFacts {
  return {
    id: setupIntentId('seti_0001'),
    status: 'requires_payment_method',
    customerId: customerId('cus_ada'),
    lastError: null,
    latestAttemptId: null,
    generatedCard: null,
    wallet: null,
    setupId: ourSetup,
    kioskId: ourKiosk,
    ...changes,
  };
}

/** A refund of 5.00 of `ourSale`, as it is asked for. */
export function aRefund(changes: Partial<NewRefund> = {}): ReturnType<typeof newRefund> {
  return newRefund({
    id: ourRefund,
    kioskId: ourKiosk,
    saleId: ourSale,
    paymentIntentId: paymentIntentId('pi_0001'),
    chargeId: chargeId('ch_0001'),
    amount: money(500, 'usd'),
    reason: 'requested_by_customer',
    way: 'by_api',
    by: 'Mara',
    why: 'class was cancelled',
    approvedBy: 'Jo',
    ...changes,
  });
}

/** The Refund that Stripe made of `ourRefund`. */
export function refundFacts(changes: Partial<RefundFacts> = {}): RefundFacts {
  return {
    id: stripeRefundId('re_0001'),
    status: 'pending',
    amount: 500,
    currency: 'usd',
    paymentIntentId: paymentIntentId('pi_0001'),
    failureReason: null,
    createdAtMs: 7_000,
    refundId: ourRefund,
    kioskId: ourKiosk,
    ...changes,
  };
}
