import type { Terminal } from '@stripe/terminal-js';
import type { CollectOrder } from '../../preload/contract/reader.ts';
import type { CardCollect, Collected, Processed } from './card-collect.ts';
import { nothingCameOfIt } from './nothing-came-of-it.ts';
import { processLimitMs } from './process-limit.ts';
import { errorCode } from './terminal-words.ts';
import { within } from './within.ts';

type RefundOrder = Extract<CollectOrder, { for: 'refund' }>;

/** The card that paid, to give the money back to it. Only Interac needs this; anything else goes without the card. */
export function refundCollect(terminal: Terminal, order: RefundOrder): CardCollect {
  return {
    purpose: 'refund',
    show: () => Promise.resolve(),
    collect: () => collect(terminal, order),
    cancel: () => terminal.cancelCollectRefundPaymentMethod(),
  };
}

async function collect(terminal: Terminal, order: RefundOrder): Promise<Collected> {
  const { chargeId, amount, currency } = order;
  const result = await terminal.collectRefundPaymentMethod(chargeId, amount, currency);
  return 'error' in result
    ? { kind: 'failed', code: errorCode(result.error.code) }
    : { kind: 'collected', process: once(() => process(terminal)) };
}

async function process(terminal: Terminal): Promise<Processed> {
  const result = await within(processLimitMs, () => terminal.processRefund());
  if (!('error' in result)) return { kind: 'processed' };
  const { error } = result;
  return {
    kind: 'failed',
    error,
    status: nothingCameOfIt(error) ? 'requires_payment_method' : null,
  };
}

/** The SDK takes no object for what it processes here, so a second time could be a second refund. */
function once(process_: () => Promise<Processed>): () => Promise<Processed> {
  let answer: Promise<Processed> | null = null;
  return () => (answer ??= process_());
}
