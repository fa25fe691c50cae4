import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import type { Params } from '../form/params.ts';
import type { ConfirmOrder } from '../terminal/confirm-collected.ts';
import type { PromptOrder } from '../terminal/prompt-for-card.ts';

/** What a card that is kept may be shown for. */
export const redisplays = ['always', 'limited', 'unspecified'] as const;

type Config = Stripe.Terminal.Reader.Action.ProcessPaymentIntent.ProcessConfig;

/** Reads the parameters of `process_payment_intent`. */
export function readProcessOrder(params: Params): PromptOrder {
  const paymentIntent = readPaymentIntentId(params);
  const group = params.group('process_config');
  const returnUrl = group?.text('return_url');
  const { config, cancelable, ...purpose } = readCardConfig(group);
  const shown = config && { ...config, ...(returnUrl ? { return_url: returnUrl } : {}) };
  return {
    card: {
      type: 'process_payment_intent',
      purpose: { ...purpose, kind: 'payment', paymentIntent },
      cancelable,
    },
    shown: {
      process_payment_intent: {
        payment_intent: paymentIntent,
        ...(shown === undefined ? {} : { process_config: shown }),
      },
    },
  };
}

/** Reads the parameters of `collect_payment_method`. */
export function readCollectOrder(params: Params): PromptOrder {
  const paymentIntent = readPaymentIntentId(params);
  const { config, cancelable, ...purpose } = readCardConfig(params.group('collect_config'));
  return {
    card: {
      type: 'collect_payment_method',
      purpose: { ...purpose, kind: 'payment', paymentIntent },
      cancelable,
    },
    shown: {
      collect_payment_method: {
        payment_intent: paymentIntent,
        ...(config === undefined ? {} : { collect_config: config }),
      },
    },
  };
}

/** Reads the parameters of `confirm_payment_intent`. */
export function readConfirmOrder(params: Params): ConfirmOrder {
  const paymentIntent = readPaymentIntentId(params);
  const group = params.group('confirm_config');
  const returnUrl = group?.text('return_url');
  group?.done();
  const config = returnUrl === undefined ? {} : { return_url: returnUrl };
  const shown = group === undefined ? {} : { confirm_config: config };
  return { paymentIntent, shown: { payment_intent: paymentIntent, ...shown } };
}

function readPaymentIntentId(params: Params): string {
  return params.required('payment_intent', params.text('payment_intent'));
}

/** What process and collect have in common. `allow_redisplay` is taken, but Stripe does not show it. */
function readCardConfig(group: Params | undefined): {
  readonly allowRedisplay: (typeof redisplays)[number] | null;
  readonly tipping: boolean;
  readonly cancelable: boolean;
  readonly config: Config | undefined;
} {
  const allowRedisplay = group?.oneOf('allow_redisplay', redisplays) ?? null;
  const cancelable = group?.boolean('enable_customer_cancellation');
  const skipTipping = group?.boolean('skip_tipping');
  const tips = group?.group('tipping');
  const eligible = tips?.integer('amount_eligible');
  tips?.done();
  group?.done();
  if (skipTipping === true && (eligible ?? 0) > 0) {
    throw invalidRequest('skip_tipping and tipping[amount_eligible] cannot be used together.', {
      param: group?.fullName('skip_tipping') ?? 'skip_tipping',
    });
  }
  const config: Config = {
    ...(cancelable === undefined ? {} : { enable_customer_cancellation: cancelable }),
    ...(skipTipping === undefined ? {} : { skip_tipping: skipTipping }),
    ...(eligible === undefined ? {} : { tipping: { amount_eligible: eligible } }),
  };
  return {
    allowRedisplay,
    tipping: skipTipping !== true && eligible !== 0,
    cancelable: cancelable === true,
    config: group === undefined ? undefined : config,
  };
}
