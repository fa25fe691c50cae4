import type { KioskId, PaymentIntentId, SaleId } from '../../domain/ids.ts';

/*
 * What `POST /api/stripe_payments` is sent. A sale's id is the `reference`, so that a record whose reply was lost is
 * found again. https://docs.commercelayer.io/core/v/api-reference/stripe_payments/create
 */

/** Our name in `reference_origin`. */
export const referenceOrigin = 'foyer';

/** Whose payment it is, and of which order. */
export interface ForSale {
  readonly orderId: string;
  readonly saleId: SaleId;
  readonly kioskId: KioskId;
  /** Where an online shop sends its customer back to; a kiosk has none. */
  readonly returnUrl?: string;
  readonly receiptEmail?: string;
}

/** Asks Commerce Layer to make the PaymentIntent: both of its ids are null, and so created there. */
export function makeBody(sale: ForSale): object {
  return resource(sale, {
    stripe_id: null,
    client_secret: null,
    // The document does not say what `options` may hold: that they are handed on to Stripe's create is assumed, and
    // what came of it is read from Stripe before a card is asked for.
    options: { payment_method_types: ['card_present'], capture_method: 'manual' },
  });
}

/** Records a PaymentIntent that was made directly. */
export function recordBody(
  sale: ForSale,
  made: { readonly id: PaymentIntentId; readonly clientSecret: string },
): object {
  return resource(sale, { stripe_id: made.id, client_secret: made.clientSecret });
}

function resource(sale: ForSale, attributes: object): object {
  const { orderId, saleId, kioskId, returnUrl, receiptEmail } = sale;
  return {
    data: {
      type: 'stripe_payments',
      attributes: {
        ...attributes,
        ...(returnUrl === undefined ? {} : { return_url: returnUrl }),
        ...(receiptEmail === undefined ? {} : { receipt_email: receiptEmail }),
        reference: saleId,
        reference_origin: referenceOrigin,
        metadata: { sale: saleId, kiosk: kioskId },
      },
      relationships: { order: { data: { type: 'orders', id: orderId } } },
    },
  };
}
