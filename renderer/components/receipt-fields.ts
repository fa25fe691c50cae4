import type { ReceiptView } from '../../preload/contract/receipt.ts';
import type { SaleView } from '../../preload/contract/sale.ts';
import type { Voice } from '../text/voice.ts';
import { brandName } from './brand-name.ts';

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
    [t('receipt.date'), date.format(receipt.paidAtMs)],
    [
      t('receipt.card'),
      card && t('receipt.ending', { brand: brandName(card.brand), last4: card.last4 }),
    ],
    [t('receipt.read'), card?.readMethod?.replaceAll('_', ' ')],
    [t('receipt.application'), card?.applicationPreferredName],
    [t('receipt.aid'), card?.dedicatedFileName],
    [t('receipt.account'), card?.accountType],
    [t('receipt.authorization'), card?.authorizationCode],
    [t('receipt.response'), card?.authorizationResponseCode],
    [t('receipt.cryptogram'), card?.applicationCryptogram],
    [t('receipt.tvr'), card?.terminalVerificationResults],
    [t('receipt.tsi'), card?.transactionStatusInformation],
    [t('receipt.verification'), card?.cardholderVerificationMethod?.replaceAll('_', ' ')],
    [t('receipt.payment'), receipt.paymentIntentId],
    [t('receipt.code'), sale.code],
  ];
  return rows.flatMap(([label, value]) =>
    value === null || value === undefined || value === '' ? [] : [{ label, value }],
  );
}
