import { type CardSetup, isSetupOver, type SetupIntentFacts } from '../../domain/card-setup.ts';
import type { SetupEvent } from '../../domain/card-setup-transition.ts';
import { setupId } from '../../domain/ids.ts';
import type { CardBook } from '../../ports/card-book.ts';
import type { SeenSetupIntent, SetupStore } from '../../ports/card-store.ts';
import type { OutboxRow } from '../../ports/ledger.ts';
import type { Answer } from '../../ports/payments-api.ts';
import { type NotDone, notAsked } from '../key-age.ts';
import type { Settled } from '../outbox-worker.ts';
import { later, noCall, over, unwanted } from './settled-work.ts';
import type { SetupSecrets } from './setup-secrets.ts';
import type { SetupSteps } from './setup-steps.ts';
import type { TermsOfSetups } from './setup-terms.ts';

export interface PlatformSetupCallsOptions {
  readonly book: CardBook;
  readonly setups: SetupSteps;
  readonly secrets: SetupSecrets;
  readonly terms: TermsOfSetups;
}

/**
 * A setup's calls behind a system that keeps cards for users of its own. Its SetupIntent is asked for once, is read with
 * its secret alone, and can't be cancelled: one that nobody wants any more is left, and keeps no card by itself.
 */
export class PlatformSetupCalls {
  readonly #store: SetupStore;
  readonly #options: PlatformSetupCallsOptions;

  constructor(store: SetupStore, options: PlatformSetupCallsOptions) {
    this.#store = store;
    this.#options = options;
  }

  async create(row: OutboxRow, signal: AbortSignal): Promise<Settled> {
    const { book, secrets, setups, terms } = this.#options;
    const setup = this.#setupOf(row);
    if (isSetupOver(setup.state) || setup.setupIntent !== null) return unwanted();
    const named = terms.of(setup.id);
    const hasConsent = book.findConsent(setup.consentId)?.revoked === null;
    if (setup.state === 'canceling' || !hasConsent)
      return this.#notMade(setup, noCall('not_wanted'));
    // Sent before, or begun by a former run of the kiosk: what came of that nobody can use.
    if (row.mayHaveBeenSent || named === null) return this.#notMade(setup, notAsked);

    const answer = await this.#store.createSetupIntent(named.userId, signal);
    if (answer.kind !== 'done') return this.#notMade(setup, answer);
    const { setupIntent, clientSecret } = answer.value;
    const now = setups.find(setup.id);
    if (now !== null) secrets.keep(now, clientSecret);
    return this.#told(setup, answer, {
      kind: 'setup_intent_created',
      setupIntent: factsOf(setup, setupIntent),
      keptBy: 'platform',
    });
  }

  async read(row: OutboxRow, signal: AbortSignal): Promise<Settled> {
    const setup = this.#setupOf(row);
    if (isSetupOver(setup.state) || setup.setupIntent === null) return unwanted();
    if (setup.state === 'saving') return unwanted();
    const secret = this.#options.secrets.of(setup.id);
    if (secret === null) return this.#abandoned(setup, notAsked);
    const answer = await this.#store.readSetupIntent(setup.setupIntent.id, secret, signal);
    if (answer.kind === 'refused') return this.#told(setup, answer, { kind: 'read_refused' });
    if (answer.kind !== 'done') return later(answer);
    const setupIntent = factsOf(setup, answer.value);
    return this.#told(setup, answer, { kind: 'setup_intent_read', setupIntent });
  }

  /** Without a call: the system documents none. */
  cancel(row: OutboxRow): Promise<Settled> {
    const setup = this.#setupOf(row);
    const isWanted = setup.state === 'canceling' && setup.setupIntent !== null;
    const settled = isWanted ? this.#abandoned(setup, noCall('cancels_nothing')) : unwanted();
    return Promise.resolve(settled);
  }

  #setupOf(row: OutboxRow): CardSetup {
    const setup = this.#options.setups.find(setupId(row.owner));
    if (setup === null) throw new Error('the setup of this row is not stored');
    return setup;
  }

  #notMade(setup: CardSetup, answer: NotDone): Settled {
    if (answer.kind === 'refused' || answer.kind === 'denied') {
      const { code } = answer;
      return this.#told(setup, answer, { kind: 'step_refused', step: 'create', code });
    }
    return this.#abandoned(setup, answer);
  }

  #abandoned(setup: CardSetup, answer: NotDone): Settled {
    return this.#told(setup, answer, { kind: 'abandoned', reason: 'stripe_unavailable' });
  }

  #told(setup: CardSetup, answer: Answer<unknown>, event: SetupEvent): Settled {
    return over(answer, (settleRow) => {
      this.#options.setups.apply(setup.id, event, settleRow);
    });
  }
}

/**
 * As facts of this setup: nobody else can have made what its own one request answered. Where the reusable card can't be
 * seen, what was tapped stands for it, and the system must find that card by itself.
 */
function factsOf({ id, kioskId }: CardSetup, seen: SeenSetupIntent): SetupIntentFacts {
  const isTapped = seen.status === 'succeeded';
  return {
    id: seen.id,
    status: seen.status,
    customerId: null,
    lastError: seen.lastError,
    latestAttemptId: seen.latestAttemptId,
    generatedCard: isTapped ? (seen.generatedCard ?? seen.paymentMethod) : null,
    wallet: seen.wallet,
    setupId: id,
    kioskId,
  };
}
