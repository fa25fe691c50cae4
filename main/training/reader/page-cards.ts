import { type Purpose, subjectOf } from '../model/terminal/purpose.ts';
import type { Bench } from './bench.ts';
import type { CardWish } from './card-wish.ts';
import { collect, type CollectOrder } from './collect.ts';
import { processCollected } from './process.ts';
import { failure, type ReaderResult } from './reader-result.ts';
import type { ReaderSessions } from './reader-sessions.ts';
import type { SimulatedReader } from './simulated-reader.ts';

/** No reader is connected. */
export const notConnected = failure('no_established_connection', 'No reader is connected.');

const busy = failure('command_already_in_progress', 'The reader is busy with another command.');

/** The SDK documents one code for this, whatever was to be collected. */
const notCollecting = failure(
  'no_active_collect_payment_method_attempt',
  'No payment method is being collected.',
);

/** What was to be processed is not what this page collected. For setups no code is known. */
const notCollected: Readonly<Record<Purpose['kind'], ReaderResult>> = {
  payment: failure(
    'invalid_payment_intent_input_shape',
    'processPayment needs the PaymentIntent that collectPaymentMethod returned in this page.',
  ),
  setup: failure(
    'invalid_argument',
    'confirmSetupIntent needs the SetupIntent that collectSetupIntentPaymentMethod returned in this page.',
  ),
  refund: failure(
    'illegal_state',
    'processRefund needs a card that collectRefundPaymentMethod has read in this page.',
  ),
};

/** The pages' commands that have to do with a card, one path for whatever the card is for. */
export class PageCards {
  readonly #bench: Bench;
  readonly #sessions: ReaderSessions;

  constructor(bench: Bench, sessions: ReaderSessions) {
    this.#bench = bench;
    this.#sessions = sessions;
  }

  /** The reader a page holds, when it has nothing to do. */
  idleReader(sessionId: string): ReaderResult<SimulatedReader> {
    const reader = this.#sessions.readerOf(sessionId);
    if (reader === undefined) {
      return notConnected;
    }
    return reader.work === null ? reader : busy;
  }

  /** Prompts for a card and reads it. */
  async collect(
    sessionId: string,
    { simulator, ...wish }: CardWish & Pick<CollectOrder, 'simulator'>,
  ): Promise<ReaderResult> {
    const reader = this.idleReader(sessionId);
    return 'error' in reader
      ? reader
      : collect(this.#bench, reader, { sessionId, wish, simulator });
  }

  /** Takes a prompt away. Refuses when the page shows none of this kind. */
  cancelCollect(sessionId: string, kind: Purpose['kind']): ReaderResult {
    const reader = this.#sessions.readerOf(sessionId);
    if (reader === undefined) {
      return notConnected;
    }
    if (reader.work?.kind !== 'collecting' || reader.work.purpose.kind !== kind) {
      return notCollecting;
    }
    reader.work.interrupt('canceled');
    return {};
  }

  /** Does with a collected card what it was collected for. `subject` is its intent, where it has one. */
  async process(
    sessionId: string,
    kind: Purpose['kind'],
    named: { readonly collected: string; readonly subject: string | null },
  ): Promise<ReaderResult> {
    const reader = this.idleReader(sessionId);
    if ('error' in reader) {
      return reader;
    }
    const collected = this.#bench.collected.get(named.collected);
    const isTheirs =
      collected?.sessionId === sessionId &&
      collected.purpose.kind === kind &&
      (named.subject === null || named.subject === subjectOf(collected.purpose));
    if (!isTheirs) {
      return notCollected[kind];
    }
    return processCollected(this.#bench, reader, collected);
  }
}
