import { startLoopbackServer } from './loopback-server.ts';
import { LedgerJournal } from './ledger-journal.ts';
import type { ModelRequest } from './model/api/model-request.ts';
import type { ModelClock } from './model/model-clock.ts';
import type { ModelIds } from './model/model-ids.ts';
import { applyStartState } from './model/start/apply-start-state.ts';
import type { StartState } from './model/start/start-state.ts';
import { TrainingStripe, type TrainingStripeOptions } from './model/training-stripe.ts';
import { randomIds } from './random-ids.ts';
import type { AutoPresent, ReaderTimings } from './model/terminal/reader-world.ts';
import type { Sleep } from './reader/bench.ts';
import { TrainingReaders } from './reader/training-readers.ts';
import { trainingPublishableKey } from './training-publishable-key.ts';
import { trainingSecretKey } from './training-secret-key.ts';

/** How training mode is started. */
export interface TrainingStripeServerOptions {
  readonly clock: ModelClock & { readonly sleep: Sleep };
  /** Default: names nobody can guess. */
  readonly ids?: ModelIds;
  /** Default 0: the system chooses a free port. */
  readonly port?: number;
  /** What the ledger holds at the start, unless its file holds something. Default: nothing. */
  readonly start?: StartState;
  /** A file the ledger is kept in, so that it outlives the process. Default: it is not kept. */
  readonly journalFile?: string;
  readonly connectedAccounts?: readonly string[];
  /** Milliseconds; default those of a real reader. */
  readonly timings?: ReaderTimings;
  /** Default null: a reader waits until somebody presents a card. */
  readonly autoPresent?: AutoPresent | null;
  /** How the account behaves where Stripe leaves it open; what is not given has a default. */
  readonly account?: TrainingStripeOptions['account'];
  readonly intercept?: TrainingStripeOptions['intercept'];
  readonly beforeWork?: (request: ModelRequest) => Promise<void>;
  /** Told of what only a bug or a full disk can cause; the model goes on. */
  readonly onBug?: (error: unknown) => void;
}

/** The simulated Stripe, listening. */
export interface TrainingStripeServer {
  readonly url: string;
  readonly port: number;
  readonly secretKey: string;
  /** Reads a PaymentIntent or SetupIntent whose client secret is known, and no more. */
  readonly publishableKey: string;
  readonly model: TrainingStripe;
  readonly readers: TrainingReaders;
  /** Stops listening and lets answers under way finish. */
  close(): Promise<void>;
}

/**
 * Starts the simulated Stripe on the loopback address, with the readers that belong to it. Rejects
 * when the port is taken, and when the start state does not hold together.
 */
export async function startTrainingStripe(
  options: TrainingStripeServerOptions,
): Promise<TrainingStripeServer> {
  const { journalFile, onBug = (): void => undefined } = options;
  const journal = journalFile === undefined ? null : new LedgerJournal(journalFile, onBug);
  const model = new TrainingStripe({
    clock: options.clock,
    ids: options.ids ?? randomIds,
    secretKey: trainingSecretKey,
    publishableKey: trainingPublishableKey,
    ...(options.connectedAccounts === undefined
      ? {}
      : { connectedAccounts: options.connectedAccounts }),
    ...(options.account === undefined ? {} : { account: options.account }),
    ...(options.intercept === undefined ? {} : { intercept: options.intercept }),
    ...(journal === null ? {} : { record: journal.record }),
  });
  const kept = journal?.read() ?? [];
  model.restore(kept);
  if (kept.length === 0 && options.start !== undefined) {
    applyStartState(model.ledger, options.start);
  }
  journal?.compact(model.snapshot());
  const readers = new TrainingReaders({
    ledger: model.ledger,
    sleep: (ms, signal) => options.clock.sleep(ms, signal),
    timings: options.timings,
    autoPresent: options.autoPresent,
    onBug,
  });
  const server = await startLoopbackServer({
    model,
    port: options.port ?? 0,
    beforeWork: options.beforeWork,
    onBug,
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    port: server.port,
    secretKey: trainingSecretKey,
    publishableKey: trainingPublishableKey,
    model,
    readers,
    close: () => {
      readers.close();
      return server.close();
    },
  };
}
