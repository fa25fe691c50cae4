import { ApiError } from './api-error.ts';
import { latestApiVersion, parseApiVersion } from './api-version.ts';
import { authenticate } from './api/authenticate.ts';
import type { AccountKeys } from './api/caller.ts';
import { expandBody, readExpand } from './api/expand.ts';
import { IdempotencyKeys, readIdempotencyKey } from './api/idempotency.ts';
import type { ModelReply, ModelRequest } from './api/model-request.ts';
import { errorBody, type ReplyContext, replyHeaders } from './api/reply.ts';
import { preparerFor } from './api/preparer.ts';
import { route } from './api/route.ts';
import { trainingAccountId } from './api/training-account-id.ts';
import { Params } from './form/params.ts';
import { Ledger } from './ledger.ts';
import { type ModelChange, restoreLedgerChange } from './ledger-change.ts';
import { ledgerChanges } from './ledger-snapshot.ts';
import type { ModelClock } from './model-clock.ts';
import type { ModelIds } from './model-ids.ts';
import { comeDue } from './moves/come-due.ts';
import { rebuildAgenda } from './moves/rebuild-agenda.ts';
import type { AccountSettings } from './training-account.ts';

/** What a model is made of. */
export interface TrainingStripeOptions extends AccountKeys {
  readonly clock: ModelClock;
  readonly ids: ModelIds;
  /** Connected accounts that `Stripe-Account` may name; each has a ledger of its own. */
  readonly connectedAccounts?: readonly string[];
  /** How the account behaves where Stripe leaves it open; what is not given has a default. */
  readonly account?: Partial<AccountSettings>;
  /**
   * Stands around the work of each request, inside its idempotency key: it may refuse before or
   * after `proceed`, and what it throws or returns is stored like any other answer.
   */
  readonly intercept?: (request: ModelRequest, proceed: () => ModelReply) => ModelReply;
  /** Told of every change of the platform account, as it is made. */
  readonly record?: (change: ModelChange) => void;
}

/** A request that passed every check and holds its key, but has not happened yet. */
export interface RunningRequest {
  readonly kind: 'running';
  /** Does the work, stores the answer under the key and returns it. */
  complete(): ModelReply;
  /** Forgets the request as if it had been lost on its way: nothing happens, the key is free. */
  abandon(): void;
}

/** What became of a request at the door. */
export type Acceptance = { readonly kind: 'replied'; readonly reply: ModelReply } | RunningRequest;

interface Account {
  readonly ledger: Ledger;
  readonly keys: IdempotencyKeys;
}

/**
 * The simulated Stripe: a pure function of its ledger, its clock and the requests it was given.
 * `handle` answers in one go; `accept` splits a request in two, so that a caller can hold it, lose
 * it, or send the same key meanwhile.
 */
export class TrainingStripe {
  readonly ledger: Ledger;
  readonly #options: TrainingStripeOptions;
  readonly #platform: Account;
  readonly #connected: ReadonlyMap<string, Account>;

  constructor(options: TrainingStripeOptions) {
    this.#options = options;
    this.#platform = this.#newAccount(options.record);
    this.ledger = this.#platform.ledger;
    this.#connected = new Map(
      (options.connectedAccounts ?? []).map((id) => [id, this.#newAccount()]),
    );
  }

  /** Answers a request at once. */
  handle(request: ModelRequest): ModelReply {
    const acceptance = this.accept(request);
    return acceptance.kind === 'replied' ? acceptance.reply : acceptance.complete();
  }

  /** Checks a request and takes its key. Refusals and replays come back as `replied`. */
  accept(request: ModelRequest): Acceptance {
    const context: ReplyContext = {
      requestId: this.#options.ids.next('req'),
      nowMs: this.#options.clock.nowMs(),
      version: latestApiVersion,
      idempotencyKey: null,
    };
    try {
      return this.#accept(request, context);
    } catch (error) {
      return { kind: 'replied', reply: refusal(error, context) };
    }
  }

  /** Puts back what an earlier model recorded. To be called before the first request. */
  restore(changes: Iterable<ModelChange>): void {
    const { ledger, keys } = this.#platform;
    for (const change of changes) {
      if (change.in === 'idempotency_keys') {
        keys.restore(change.key, change.entry);
      } else {
        restoreLedgerChange(ledger, change);
      }
    }
    rebuildAgenda(ledger);
  }

  /** Everything the platform account holds, as changes that lead to it from nothing. */
  *snapshot(): Generator<ModelChange> {
    yield* ledgerChanges(this.#platform.ledger);
    for (const [key, entry] of this.#platform.keys.answered()) {
      yield { in: 'idempotency_keys', key, entry };
    }
  }

  /** The ledger of a connected account, or of the platform when no account is named. */
  ledgerOf(account: string | undefined): Ledger {
    return this.#account(account).ledger;
  }

  #accept(request: ModelRequest, context: ReplyContext): Acceptance {
    const caller = authenticate(request.headers['authorization'], this.#options);
    context.version = parseApiVersion(request.headers['stripe-version']);
    const { ledger, keys } = this.#account(request.headers['stripe-account']);
    const { endpoint, id } = route(request.method, request.path);
    const key = readIdempotencyKey(request);
    context.idempotencyKey = key;
    comeDue(ledger);

    const stored = key === null ? undefined : keys.lookUp(key, request);
    if (stored !== undefined) {
      const headers = { ...replyHeaders(context), 'idempotent-replayed': 'true' };
      const reply = {
        status: stored.status,
        headers: { ...headers, 'original-request': stored.originalRequest },
        body: stored.body,
      };
      return { kind: 'replied', reply };
    }

    const params = new Params(request.params);
    const prepare = preparerFor(endpoint, caller);
    const paths = caller === 'secret' ? readExpand(params, endpoint.returns) : [];
    const work = prepare({ params, id, version: context.version });
    params.done();
    const proceed = (): ModelReply => {
      ledger.cause = { id: context.requestId, idempotency_key: key };
      try {
        const body = expandBody(ledger, work(ledger), paths, endpoint.returns);
        return { status: 200, headers: replyHeaders(context), body };
      } finally {
        ledger.cause = { id: null, idempotency_key: null };
      }
    };

    if (key !== null) {
      keys.begin(key, request, context.requestId);
    }
    return {
      kind: 'running',
      complete: () => {
        comeDue(ledger);
        const reply = this.#run(request, context, proceed);
        if (key !== null) {
          keys.finish(key, reply);
        }
        return reply;
      },
      abandon: () => {
        if (key !== null) {
          keys.abandon(key);
        }
      },
    };
  }

  #run(request: ModelRequest, context: ReplyContext, proceed: () => ModelReply): ModelReply {
    const intercept = this.#options.intercept ?? ((_request, next): ModelReply => next());
    try {
      return intercept(request, proceed);
    } catch (error) {
      return refusal(error, context);
    }
  }

  #account(id: string | undefined): Account {
    const account =
      id === undefined || id === trainingAccountId ? this.#platform : this.#connected.get(id);
    if (account === undefined) {
      throw new ApiError(403, {
        type: 'invalid_request_error',
        code: 'account_invalid',
        message: `The provided key does not have access to account '${id ?? ''}' (or that account does not exist). Application access may have been revoked.`,
      });
    }
    return account;
  }

  #newAccount(record?: (change: ModelChange) => void): Account {
    const { clock, ids, account } = this.#options;
    const ledger = new Ledger(clock, ids, record);
    ledger.account.set(account ?? {});
    return {
      ledger,
      keys: new IdempotencyKeys(clock, (key, entry) =>
        record?.({ in: 'idempotency_keys', key, entry }),
      ),
    };
  }
}

/** Turns a refusal into a reply. What is not a refusal is a bug and goes on its way. */
function refusal(error: unknown, context: ReplyContext): ModelReply {
  if (!(error instanceof ApiError)) {
    throw error;
  }
  return {
    status: error.status,
    headers: replyHeaders(context, error),
    body: errorBody(error, context),
  };
}
