import type { PaymentIntentId } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import type { CreateRequest } from '../../ports/payments-api.ts';
import { decimalNumber, decimalString } from '../platform-http/decimal-amount.ts';

/*
 * What the portal is sent, word for word as in its guide "Save COF - CP - manual capture - customer with intent -
 * Stripe". Its amounts have no currency: the merchant's account has one.
 */

/** The body of `POST /v1/payment/intent`. The one payment method type is a bare text there, unlike Stripe's list. */
export interface IntentBody {
  readonly external_account_id: string;
  /** A number such as 12.99. */
  readonly amount: number;
  readonly payment_method_types: 'card_present';
  readonly capture_method: 'manual';
  readonly external_transaction_id: string;
  /** Only where the card is to be kept for this member. */
  readonly external_customer_id?: string;
}

/** The body of `POST /v1/payment/capture`. */
export interface CaptureBody {
  readonly payment_id: string;
  /** A text such as "12.99", unlike the number of the intent. */
  readonly amount: string;
  readonly external_account_id: string;
}

/** The body of `POST /v1/customer/card`. */
export interface CardBody {
  readonly payment_id: string;
  readonly external_customer_id: string;
  readonly external_account_id: string;
}

/** The sale's id is the portal's `external_transaction_id`. */
export function intentBody(
  accountId: string,
  { total, saleId, keepForMember }: CreateRequest,
): IntentBody {
  return {
    external_account_id: accountId,
    amount: decimalNumber(total),
    payment_method_types: 'card_present',
    capture_method: 'manual',
    external_transaction_id: saleId,
    ...(keepForMember === undefined ? {} : { external_customer_id: keepForMember }),
  };
}

export function captureBody(accountId: string, id: PaymentIntentId, total: Money): CaptureBody {
  return { payment_id: id, amount: decimalString(total), external_account_id: accountId };
}

/** `memberId` is the studio's own number of the member. */
export function cardBody(accountId: string, id: PaymentIntentId, memberId: string): CardBody {
  return { payment_id: id, external_customer_id: memberId, external_account_id: accountId };
}
