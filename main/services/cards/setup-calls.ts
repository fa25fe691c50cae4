import { type CardSetup, isSetupOver } from '../../domain/card-setup.ts';
import type { SetupEvent } from '../../domain/card-setup-transition.ts';
import { setupId, type SetupIntentId } from '../../domain/ids.ts';
import type { CardBook } from '../../ports/card-book.ts';
import type { CardsApi, LiveSetupIntent } from '../../ports/cards-api.ts';
import type { OutboxRow } from '../../ports/ledger.ts';
import type { Answer } from '../../ports/payments-api.ts';
import { type KeyAge, keyOf, notAsked } from '../key-age.ts';
import type { Settled } from '../outbox-worker.ts';
import type { Customers } from './customers.ts';
import { later, noCall, over, unwanted } from './settled-work.ts';
import type { SetupSecrets } from './setup-secrets.ts';
import type { SetupSteps } from './setup-steps.ts';

export interface SetupCallsOptions {
  readonly book: CardBook;
  readonly cards: CardsApi;
  readonly customers: Customers;
  readonly setups: SetupSteps;
  readonly secrets: SetupSecrets;
  readonly keys: KeyAge;
}

/** A setup's own calls: its SetupIntent made, read and cancelled. None of them moves money, so one in doubt is given up. */
export class SetupCalls {
  readonly #options: SetupCallsOptions;

  constructor(options: SetupCallsOptions) {
    this.#options = options;
  }

  async create(row: OutboxRow, signal: AbortSignal): Promise<Settled> {
    const { book, customers, keys } = this.#options;
    const setup = this.#setupOf(row);
    if (isSetupOver(setup.state) || setup.setupIntent !== null) return unwanted();
    const isGivenUp = setup.state === 'canceling' && !row.mayHaveBeenSent;
    const hasConsent = book.findConsent(setup.consentId)?.revoked === null;
    if (isGivenUp || !hasConsent) return this.#refused(setup, noCall('not_wanted'));

    const silence = await keys.learn(row, signal);
    if (silence !== null) return later(silence);
    if (keys.isOld(row)) return this.#refused(setup, notAsked);
    const customer = await customers.ensure(setup.memberKey, signal);
    if (customer.kind === 'refused' || customer.kind === 'denied') {
      return this.#refused(setup, customer);
    }
    if (customer.kind !== 'done') return later(customer);
    const request = { customerId: customer.value, setupId: setup.id, kioskId: setup.kioskId };
    const answer = await this.#options.cards.createSetupIntent(request, keyOf(row), signal);
    switch (answer.kind) {
      case 'done': {
        this.#keepSecret(setup, answer);
        const { setupIntent } = answer.value;
        return this.#told(setup, answer, { kind: 'setup_intent_created', setupIntent });
      }
      case 'refused':
        // The Customer was deleted at Stripe: the next setup finds or makes another.
        if (answer.code === 'resource_missing') customers.forget(setup.memberKey, customer.value);
        return this.#refused(setup, answer);
      case 'denied':
      case 'uncertain':
        return this.#refused(setup, answer);
      case 'busy':
      case 'unanswered':
        return later(answer);
    }
  }

  async read(row: OutboxRow, signal: AbortSignal): Promise<Settled> {
    const setup = this.#setupOf(row);
    if (isSetupOver(setup.state) || setup.setupIntent === null) return unwanted();
    const answer = await this.#options.cards.readSetupIntent(setup.setupIntent.id, signal);
    if (answer.kind === 'refused') return this.#told(setup, answer, { kind: 'read_refused' });
    if (answer.kind !== 'done') return later(answer);
    this.#keepSecret(setup, answer);
    const { setupIntent } = answer.value;
    return this.#told(setup, answer, { kind: 'setup_intent_read', setupIntent });
  }

  async cancel(row: OutboxRow, signal: AbortSignal): Promise<Settled> {
    const { keys } = this.#options;
    const setup = this.#setupOf(row);
    if (setup.state !== 'canceling' || setup.setupIntent === null) return unwanted();
    const silence = await keys.learn(row, signal);
    if (silence !== null) return later(silence);
    const answer = await this.#cancelCall(row, setup.setupIntent.id, signal);
    switch (answer.kind) {
      case 'done':
        return this.#told(setup, answer, { kind: 'step_done', step: 'cancel' });
      case 'refused':
      case 'uncertain': {
        const code = codeOf(answer);
        return this.#told(setup, answer, { kind: 'step_refused', step: 'cancel', code });
      }
      case 'busy':
      case 'denied':
      case 'unanswered':
        return later(answer);
    }
  }

  async #cancelCall(row: OutboxRow, id: SetupIntentId, signal: AbortSignal): Promise<Answer<null>> {
    const { cards, keys } = this.#options;
    return keys.isOld(row) ? notAsked : cards.cancelSetupIntent(id, keyOf(row), signal);
  }

  #setupOf(row: OutboxRow): CardSetup {
    const setup = this.#options.setups.find(setupId(row.owner));
    if (setup === null) throw new Error('the setup of this row is not stored');
    return setup;
  }

  #refused(setup: CardSetup, answer: Exclude<Answer<unknown>, { kind: 'done' }>): Settled {
    const code = codeOf(answer);
    return this.#told(setup, answer, { kind: 'step_refused', step: 'create', code });
  }

  #told(setup: CardSetup, answer: Answer<unknown>, event: SetupEvent): Settled {
    return over(answer, (settleRow) => {
      this.#options.setups.apply(setup.id, event, settleRow);
    });
  }

  #keepSecret(setup: CardSetup, answer: Extract<Answer<LiveSetupIntent>, { kind: 'done' }>): void {
    const { secrets, setups } = this.#options;
    const { clientSecret } = answer.value;
    const now = setups.find(setup.id);
    if (clientSecret !== null && now !== null) secrets.keep(now, clientSecret);
  }
}

function codeOf(answer: Exclude<Answer<unknown>, { kind: 'done' }>): string {
  return 'code' in answer ? answer.code : String(answer.status);
}
