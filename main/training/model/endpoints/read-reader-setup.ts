import type { Params } from '../form/params.ts';
import type { PromptOrder } from '../terminal/prompt-for-card.ts';
import { readCancelable } from './read-cancelable.ts';
import { redisplays } from './read-reader-orders.ts';

/** Reads the parameters of `process_setup_intent`. `allow_redisplay` is not shown in the action. */
export function readSetupOrder(params: Params): PromptOrder {
  const setupIntent = params.required('setup_intent', params.text('setup_intent'));
  const allowRedisplay = params.required(
    'allow_redisplay',
    params.oneOf('allow_redisplay', redisplays),
  );
  const config = readCancelable(params, 'process_config');
  return {
    card: {
      type: 'process_setup_intent',
      purpose: { kind: 'setup', setupIntent, allowRedisplay },
      cancelable: config?.enable_customer_cancellation === true,
    },
    shown: {
      process_setup_intent: {
        setup_intent: setupIntent,
        ...(config === undefined ? {} : { process_config: config }),
      },
    },
  };
}
