import { z } from 'zod';
import { chargeId, paymentIntentId } from '../../domain/ids.ts';
import {
  type CardDetails,
  type PaymentIntentFacts,
  paymentIntentStatuses,
} from '../../domain/payment-intent.ts';
import type { LivePaymentIntent } from '../../ports/payments-api.ts';

/*
 * What is believed of Stripe's replies. A 200 with `{}` resolves in Stripe's client, so nothing is taken
 * from a reply before it has passed here. Unknown keys are allowed: Stripe adds them without notice.
 */

const text = z.string().nullish();

const chargeIdText = z.string().regex(/^(ch|py)_[0-9A-Za-z_]{3,200}$/);

const cardPresent = z.looseObject({
  brand: text,
  last4: text,
  read_method: text,
  capture_before: z.int().nullish(),
  receipt: z
    .looseObject({
      account_type: text,
      application_cryptogram: text,
      application_preferred_name: text,
      authorization_code: text,
      authorization_response_code: text,
      cardholder_verification_method: text,
      dedicated_file_name: text,
      terminal_verification_results: text,
      transaction_status_information: text,
    })
    .nullish(),
});

const charge = z.looseObject({
  object: z.literal('charge'),
  id: chargeIdText,
  amount_refunded: z.int().default(0),
  disputed: z.boolean().default(false),
  payment_method_details: z
    .looseObject({
      card_present: cardPresent.nullish(),
      interac_present: cardPresent.nullish(),
      // A card on file, charged off session: it has no receipt of a reader's.
      card: cardPresent.nullish(),
    })
    .nullish(),
});

const paymentIntent = z.looseObject({
  object: z.literal('payment_intent'),
  id: z.string().regex(/^pi_[0-9A-Za-z_]{3,200}$/),
  status: z.enum(paymentIntentStatuses),
  amount: z.int(),
  currency: z.string().length(3),
  amount_capturable: z.int().default(0),
  amount_received: z.int().default(0),
  client_secret: text,
  livemode: z.boolean(),
  payment_method_types: z.array(z.string()),
  latest_charge: z.union([chargeIdText, charge]).nullish(),
  cancellation_reason: text,
  last_payment_error: z.looseObject({ code: text, decline_code: text }).nullish(),
  metadata: z.record(z.string(), z.string()).default({}),
});

const connectionToken = z.looseObject({
  object: z.literal('terminal.connection_token'),
  secret: z.string().regex(/^pst_/),
});

/** The reply is not what Stripe documents: its outcome is unknown. */
export class UnbelievableReply extends Error {
  constructor(what: string, cause: unknown) {
    super(`The reply is not ${what}`, { cause });
    this.name = 'UnbelievableReply';
  }
}

/** Refuses, by UnbelievableReply, what does not fit the schema. */
export function believed<Schema extends z.ZodType>(
  schema: Schema,
  reply: unknown,
  what: string,
): z.infer<Schema> {
  const result = schema.safeParse(reply);
  if (!result.success) throw new UnbelievableReply(what, result.error);
  return result.data;
}

/** Each refuses, by UnbelievableReply, a reply that is not the thing it should be. */
export function readPaymentIntent(reply: unknown): LivePaymentIntent {
  const object = believed(paymentIntent, reply, 'a PaymentIntent');
  return { paymentIntent: factsOf(object), clientSecret: object.client_secret ?? null };
}

/** A PaymentIntent for which a card can be collected: without its secret it would be of no use. */
export function readNewPaymentIntent(reply: unknown): LivePaymentIntent {
  const live = readPaymentIntent(reply);
  if (live.clientSecret === null) throw new UnbelievableReply('a new PaymentIntent', reply);
  return live;
}

export function readCharge(reply: unknown): void {
  believed(charge, reply, 'a Charge');
}

export function readConnectionToken(reply: unknown): string {
  return believed(connectionToken, reply, 'a ConnectionToken').secret;
}

function factsOf(object: z.infer<typeof paymentIntent>): PaymentIntentFacts {
  const latest = object.latest_charge ?? null;
  const charged = typeof latest === 'object' ? latest : null;
  const details = charged?.payment_method_details;
  const card = details?.card_present ?? details?.interac_present ?? details?.card ?? null;
  const latestId = typeof latest === 'string' ? latest : latest?.id;
  const captureBefore = card?.capture_before ?? null;
  return {
    id: paymentIntentId(object.id),
    status: object.status,
    amount: object.amount,
    currency: object.currency,
    amountCapturable: object.amount_capturable,
    amountReceived: object.amount_received,
    amountRefunded: charged?.amount_refunded ?? 0,
    disputed: charged?.disputed ?? false,
    acceptsCardPresent: object.payment_method_types.includes('card_present'),
    latestChargeId: latestId === undefined ? null : chargeId(latestId),
    lastPaymentError:
      object.last_payment_error === null || object.last_payment_error === undefined
        ? null
        : {
            code: object.last_payment_error.code ?? 'unknown',
            declineCode: object.last_payment_error.decline_code ?? null,
          },
    cancellationReason: object.cancellation_reason ?? null,
    captureBeforeMs: captureBefore === null ? null : captureBefore * 1_000,
    card: card === null ? null : cardDetails(card),
    saleId: object.metadata['sale'] ?? null,
    kioskId: object.metadata['kiosk'] ?? null,
    livemode: object.livemode,
  };
}

function cardDetails(card: z.infer<typeof cardPresent>): CardDetails {
  const receipt = card.receipt ?? {};
  return {
    brand: card.brand ?? 'unknown',
    last4: card.last4 ?? '····',
    readMethod: card.read_method ?? null,
    applicationPreferredName: receipt.application_preferred_name ?? null,
    dedicatedFileName: receipt.dedicated_file_name ?? null,
    authorizationCode: receipt.authorization_code ?? null,
    authorizationResponseCode: receipt.authorization_response_code ?? null,
    applicationCryptogram: receipt.application_cryptogram ?? null,
    terminalVerificationResults: receipt.terminal_verification_results ?? null,
    transactionStatusInformation: receipt.transaction_status_information ?? null,
    cardholderVerificationMethod: receipt.cardholder_verification_method ?? null,
    accountType: receipt.account_type ?? null,
  };
}
