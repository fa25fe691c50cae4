import { startLoopbackServer } from './loopback-server.ts';
import type { ModelRequest } from './model/api/model-request.ts';
import type { ModelClock } from './model/model-clock.ts';
import type { ModelIds } from './model/model-ids.ts';
import { applyStartState } from './model/start/apply-start-state.ts';
import type { StartState } from './model/start/start-state.ts';
import { TrainingStripe, type TrainingStripeOptions } from './model/training-stripe.ts';
import { randomIds } from './random-ids.ts';
import type { AutoPresent, ReaderTimings, Sleep } from './reader/bench.ts';
import { TrainingReaders } from './reader/training-readers.ts';
import { trainingSecretKey } from './training-secret-key.ts';

/** How training mode is started. */
export interface TrainingStripeServerOptions {
  readonly clock: ModelClock & { readonly sleep: Sleep };
  /** Default: names nobody can guess. */
  readonly ids?: ModelIds;
  /** Default 0: the system chooses a free port. */
  readonly port?: number;
  /** What the ledger holds at the start. Default: nothing. */
  readonly start?: StartState;
  readonly connectedAccounts?: readonly string[];
  /** Milliseconds; default those of a real reader. */
  readonly timings?: ReaderTimings;
  /** Default null: a reader waits until somebody presents a card. */
  readonly autoPresent?: AutoPresent | null;
  readonly intercept?: TrainingStripeOptions['intercept'];
  readonly beforeWork?: (request: ModelRequest) => Promise<void>;
  readonly onBug?: (error: unknown) => void;
}

/** The simulated Stripe, listening. */
export interface TrainingStripeServer {
  readonly url: string;
  readonly port: number;
  readonly secretKey: string;
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
  const model = new TrainingStripe({
    clock: options.clock,
    ids: options.ids ?? randomIds,
    secretKey: trainingSecretKey,
    ...(options.connectedAccounts === undefined
      ? {}
      : { connectedAccounts: options.connectedAccounts }),
    ...(options.intercept === undefined ? {} : { intercept: options.intercept }),
  });
  if (options.start !== undefined) {
    applyStartState(model.ledger, options.start);
  }
  const readers = new TrainingReaders({
    ledger: model.ledger,
    sleep: (ms, signal) => options.clock.sleep(ms, signal),
    timings: options.timings,
    autoPresent: options.autoPresent,
  });
  const server = await startLoopbackServer({
    model,
    port: options.port ?? 0,
    beforeWork: options.beforeWork,
    onBug: options.onBug,
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    port: server.port,
    secretKey: trainingSecretKey,
    model,
    readers,
    close: () => server.close(),
  };
}
