import type { CardDetails, PaymentIntentFacts } from '../../../main/domain/payment-intent.ts';
import type { Sighting } from '../../../main/ports/books.ts';
import type { ModelIntent } from './payment-intents.ts';

const card: CardDetails = {
  brand: 'visa',
  last4: '4242',
  readMethod: 'contactless_emv',
  applicationPreferredName: null,
  dedicatedFileName: null,
  authorizationCode: null,
  authorizationResponseCode: null,
  applicationCryptogram: null,
  terminalVerificationResults: null,
  transactionStatusInformation: null,
  cardholderVerificationMethod: null,
  accountType: null,
};

const interac: CardDetails = { ...card, brand: 'interac', last4: '0003' };

/** A read of the PaymentIntent with its latest Charge. */
export function factsOf(intent: ModelIntent): PaymentIntentFacts {
  const latest = intent.charges.at(-1) ?? null;
  return {
    id: intent.id,
    status: intent.status,
    amount: intent.amount,
    currency: intent.currency,
    amountCapturable: intent.amountCapturable,
    amountReceived: intent.amountReceived,
    amountRefunded: intent.amountRefunded,
    disputed: false,
    acceptsCardPresent: intent.storedCard === null,
    latestChargeId: latest?.id ?? null,
    lastPaymentError: intent.lastPaymentError,
    cancellationReason: intent.cancellationReason,
    captureBeforeMs: intent.captureBeforeMs,
    card: latest === null ? null : intent.tap === 'interac' ? interac : card,
    saleId: intent.saleId,
    kioskId: intent.kioskId,
    livemode: false,
  };
}

/** The PaymentIntent as a list shows it. */
export function sightingOf(intent: ModelIntent): Sighting {
  return {
    id: intent.id,
    status: intent.status,
    amount: intent.amount,
    currency: intent.currency,
    amountCapturable: intent.amountCapturable,
    amountReceived: intent.amountReceived,
    amountRefunded: intent.amountRefunded,
    createdAtMs: intent.createdAtMs,
    captureBeforeMs: intent.captureBeforeMs,
    saleId: intent.saleId,
    kioskId: intent.kioskId,
    orderHash: intent.orderHash,
  };
}
