import type { ReceiptView } from '../../preload/contract/receipt.ts';
import type { SaleView } from '../../preload/contract/sale.ts';
import type { PlainKey } from '../text/text.ts';
import type { Voice } from '../text/voice.ts';
import { brandName } from './brand-name.ts';

const readMethods: Readonly<Record<string, PlainKey>> = {
  contact_emv: 'receipt.read.contact_emv',
  contactless_emv: 'receipt.read.contactless_emv',
  contactless_magstripe_mode: 'receipt.read.contactless_magstripe_mode',
  magnetic_stripe_fallback: 'receipt.read.magnetic_stripe_fallback',
  magnetic_stripe_track2: 'receipt.read.magnetic_stripe_track2',
};

/** `approval` and `failure` are Stripe's words for what was not verified by the cardholder: no line. */
const verifications: Readonly<Record<string, PlainKey>> = {
  offline_pin: 'receipt.verified.offline_pin',
  online_pin: 'receipt.verified.online_pin',
  signature: 'receipt.verified.signature',
  offline_pin_and_signature: 'receipt.verified.offline_pin_and_signature',
};

/** Stripe's word in the customer's; null for one that says nothing to them. */
function known(
  words: Readonly<Record<string, PlainKey>>,
  word: string | null | undefined,
  t: Voice['t'],
): string | null {
  const key = word === null || word === undefined ? undefined : words[word];
  return key === undefined ? null : t(key);
}

/** One printed line of a receipt. */
export interface ReceiptField {
  readonly label: string;
  readonly value: string;
}

/**
 * What the card networks want on a receipt, in printing order; a field the charge did not bring is
 * left out. https://docs.stripe.com/terminal/features/receipts
 */
export function receiptFields(
  sale: SaleView,
  receipt: ReceiptView,
  { t, locale }: Voice,
): readonly ReceiptField[] {
  const { card } = receipt;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const rows: readonly (readonly [string, string | null | undefined])[] = [
    [t('receipt.code'), sale.code],
    [t('receipt.order'), sale.platformOrder?.id],
    [t('receipt.date'), date.format(receipt.paidAtMs)],
    [
      t('receipt.card'),
      card && t('receipt.ending', { brand: brandName(card.brand), last4: card.last4 }),
    ],
    [t('receipt.read'), known(readMethods, card?.readMethod, t)],
    [t('receipt.application'), card?.applicationPreferredName],
    [t('receipt.aid'), card?.dedicatedFileName],
    [t('receipt.account'), card?.accountType],
    [t('receipt.authorization'), card?.authorizationCode],
    [t('receipt.response'), card?.authorizationResponseCode],
    [t('receipt.cryptogram'), card?.applicationCryptogram],
    [t('receipt.tvr'), card?.terminalVerificationResults],
    [t('receipt.tsi'), card?.transactionStatusInformation],
    [t('receipt.verification'), known(verifications, card?.cardholderVerificationMethod, t)],
    [t('receipt.payment'), receipt.paymentIntentId],
  ];
  return rows.flatMap(([label, value]) =>
    value === null || value === undefined || value === '' ? [] : [{ label, value }],
  );
}
