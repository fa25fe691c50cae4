import type { Terminal } from '@stripe/terminal-js';
import type { CollectOrder } from '../../preload/contract/reader.ts';
import type { CardCollect, Collected, Processed } from './card-collect.ts';
import { nothingCameOfIt } from './nothing-came-of-it.ts';
import { processLimitMs } from './process-limit.ts';
import { errorCode, limitedRedisplay } from './terminal-words.ts';
import { within } from './within.ts';

type SetupOrder = Extract<CollectOrder, { for: 'setup' }>;
type CollectedSetup = Parameters<Terminal['confirmSetupIntent']>[0];

/** A card that is kept without a payment, for what the customer agreed to and nothing else. */
export function setupCollect(terminal: Terminal, { clientSecret }: SetupOrder): CardCollect {
  return {
    purpose: 'setup',
    show: () => Promise.resolve(),
    collect: () => collect(terminal, clientSecret),
    cancel: () => terminal.cancelCollectSetupIntentPaymentMethod(),
  };
}

async function collect(terminal: Terminal, clientSecret: string): Promise<Collected> {
  const result = await terminal.collectSetupIntentPaymentMethod(clientSecret, limitedRedisplay, {
    enable_customer_cancellation: true,
  });
  if ('error' in result) return { kind: 'failed', code: errorCode(result.error.code) };
  const { setupIntent } = result;
  return { kind: 'collected', process: () => confirm(terminal, setupIntent) };
}

async function confirm(terminal: Terminal, setupIntent: CollectedSetup): Promise<Processed> {
  const result = await within(processLimitMs, () => terminal.confirmSetupIntent(setupIntent));
  if (!('error' in result)) return { kind: 'processed' };
  const { error } = result;
  return { kind: 'failed', error, status: nothingCameOfIt(error) ? untouched : null };
}

const untouched = 'requires_payment_method';
