import type Stripe from 'stripe';
import { z } from 'zod';

import { invalidRequest, notModelled } from '../model/api-error.ts';

/** `config_override` of collectPaymentMethod, with the SDK's own names. */
export const collectConfigSchema = z.strictObject({
  skip_tipping: z.boolean().nullish(),
  tipping: z.strictObject({ eligible_amount: z.int().nonnegative().nullish() }).nullish(),
  update_payment_intent: z.boolean().nullish(),
  payment_intent_id: z.string().nullish(),
  allow_redisplay: z.enum(['always', 'limited', 'unspecified']).nullish(),
  enable_customer_cancellation: z.boolean().nullish(),
  surcharge_notice: z.string().nullish(),
  request_dynamic_currency_conversion: z.boolean().nullish(),
  moto: z.boolean().nullish(),
});

export type CollectConfig = z.infer<typeof collectConfigSchema>;

/** Refuses a configuration that contradicts itself or its PaymentIntent, or is not modelled. */
export function checkCollectConfig(
  config: CollectConfig,
  paymentIntent: Stripe.PaymentIntent,
): void {
  const eligible = config.tipping?.eligible_amount ?? 0;
  if (config.skip_tipping === true && eligible > 0) {
    throw invalidRequest('skip_tipping and tipping.eligible_amount cannot be used together.');
  }
  if (config.payment_intent_id && config.payment_intent_id !== paymentIntent.id) {
    throw invalidRequest('payment_intent_id is not the PaymentIntent that is collected for.');
  }
  if (paymentIntent.setup_future_usage !== null && !config.allow_redisplay) {
    throw invalidRequest('allow_redisplay is required when setup_future_usage is set.', {
      code: 'parameter_missing',
      param: 'allow_redisplay',
    });
  }
  for (const name of ['moto', 'request_dynamic_currency_conversion'] as const) {
    if (config[name] === true) {
      throw notModelled(`the collect option ${name}`, name);
    }
  }
  if (config.surcharge_notice) {
    throw notModelled('the collect option surcharge_notice', 'surcharge_notice');
  }
}

/** Whether the reader asks for a tip: unless tipping is skipped or nothing is eligible. */
export function offersTip(config: CollectConfig): boolean {
  return config.skip_tipping !== true && config.tipping?.eligible_amount !== 0;
}
