import { type PaymentIntentId, type SaleId, saleId } from '../domain/ids.ts';

/**
 * The id of the sale made for a PaymentIntent whose own sale id can't be read: from the PaymentIntent's, so that it is
 * found under the same name again.
 */
export function lostSaleId(id: PaymentIntentId): SaleId {
  const letters = id.toLowerCase().replaceAll(/[^0-9a-z]/g, '');
  return saleId(`sale_${letters.slice(-30).padStart(12, '0')}`);
}
