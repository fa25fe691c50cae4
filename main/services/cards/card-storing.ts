import type { KeepFailure, KeepOutcome } from '../../domain/card-on-file.ts';
import type { CardSetup } from '../../domain/card-setup.ts';
import type { SetupEvent } from '../../domain/card-setup-transition.ts';
import { type PaymentMethodId, type SetupId, setupId } from '../../domain/ids.ts';
import type { CardBook } from '../../ports/card-book.ts';
import type { SetupStore } from '../../ports/card-store.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger, OutboxRow } from '../../ports/ledger.ts';
import type { Log } from '../../ports/log.ts';
import type { Answer } from '../../ports/payments-api.ts';
import { type NotDone, notAsked } from '../key-age.ts';
import type { Settled } from '../outbox-worker.ts';
import { noCall, over, unwanted } from './settled-work.ts';
import type { SetupSteps } from './setup-steps.ts';
import type { TermsOfSetups } from './setup-terms.ts';

export interface CardStoringOptions {
  readonly ledger: Ledger;
  readonly book: CardBook;
  readonly setups: SetupSteps;
  readonly terms: TermsOfSetups;
  readonly clock: Clock;
  readonly log: Log;
}

type Stored = Awaited<ReturnType<SetupStore['storePaymentMethod']>>;

/**
 * Has a system keep the card of a setup. Each request keeps a card, so at most one ever leaves for a setup: it needs
 * terms that are in memory, and are handed out once. A request without an answer is not repeated, and staff are told:
 * its row is set aside with the reason.
 */
export class CardStoring {
  readonly #store: SetupStore;
  readonly #options: CardStoringOptions;
  /** Answers that are not on disk yet: what could not be stored (a full disk) is stored later, not asked anew. */
  readonly #answers = new Map<SetupId, Stored>();

  constructor(store: SetupStore, options: CardStoringOptions) {
    this.#store = store;
    this.#options = options;
  }

  async carryOut(row: OutboxRow, signal: AbortSignal): Promise<Settled> {
    const setup = this.#options.setups.find(setupId(row.owner));
    if (setup === null) throw new Error('the setup of this row is not stored');
    if (setup.state !== 'saving') return unwanted();
    const answer = this.#answers.get(setup.id);
    if (answer !== undefined) return this.#answered(row, setup, answer);

    if (this.#nameOf(setup) === null) return this.#notKept(setup, 'consent_revoked');
    if (setup.cardId === null) return this.#notKept(setup, 'in_person_only');
    return this.#answered(row, setup, await this.#ask(setup, setup.cardId, signal));
  }

  async #ask(
    setup: CardSetup,
    paymentMethod: PaymentMethodId,
    signal: AbortSignal,
  ): Promise<Stored> {
    const name = this.#nameOf(setup);
    const terms = this.#options.terms.take(setup.id);
    if (terms === null || name === null) return notAsked;
    const { userId: user, partnerId: partner, postalCode } = terms;
    const card = { name, partner, paymentMethod, postalCode, user };
    const answer = await this.#store.storePaymentMethod(card, signal);
    this.#answers.set(setup.id, answer);
    return answer;
  }

  #answered(row: OutboxRow, setup: CardSetup, answer: Stored): Settled {
    if (answer.kind === 'done') return this.#kept(setup, answer);
    return mayBeKept(answer) ? this.#unknown(row, setup, answer) : this.#notKept(setup, 'refused');
  }

  /**
   * The consent is linked to what was sent; of the card itself nothing is seen, so none is on file here. A consent that
   * was taken back meanwhile stays taken back: the system documents no way to take its card off again.
   */
  #kept(setup: CardSetup, answer: Extract<Stored, { kind: 'done' }>): Settled {
    const { cardId, setupIntent } = setup;
    if (cardId === null || setupIntent === null) throw new Error('a card was tapped');
    return over(answer, (settleRow) => {
      const { book, clock, log } = this.#options;
      this.#settle(setup, { kind: 'kept', cardId }, () => {
        settleRow();
        const consent = book.findConsent(setup.consentId);
        if (consent?.link !== null) return;
        const link = { intentId: setupIntent.id, cardId, last4: '', atMs: clock.nowMs() };
        book.linkConsent(consent.id, link);
      });
      const { bankcard } = answer.value;
      log.write('info', 'card.kept_by_system', {
        owner: setup.id,
        ...(bankcard === null ? {} : { requestId: bankcard }),
      });
    });
  }

  #notKept(setup: CardSetup, why: KeepFailure): Settled {
    return over(noCall(why), (settleRow) => {
      this.#settle(setup, { kind: 'not_kept', why }, settleRow);
    });
  }

  #unknown(row: OutboxRow, setup: CardSetup, answer: NotDone): Settled {
    return over(answer, () => {
      const { ledger, clock, log } = this.#options;
      this.#apply(setup, { kind: 'keeping_unknown' }, () => {
        const code = 'code' in answer ? answer.code : 'no_proof';
        ledger.setAside(row, `${answer.kind} ${code}`, clock.nowMs());
      });
      log.write('warn', 'card.keeping_unknown', { owner: setup.id });
    });
  }

  #settle(setup: CardSetup, outcome: KeepOutcome, alongside: () => void): void {
    const { book, clock } = this.#options;
    this.#apply(setup, { kind: 'card_settled', outcome }, () => {
      alongside();
      book.settleKeeping(setup.id, outcome, clock.nowMs());
    });
  }

  #apply({ id }: CardSetup, event: SetupEvent, alongside: () => void): void {
    this.#options.setups.apply(id, event, alongside);
    this.#answers.delete(id);
  }

  /** The member's, while their consent stands. */
  #nameOf({ consentId, memberKey }: CardSetup): string | null {
    const { book } = this.#options;
    const consent = book.findConsent(consentId);
    if (consent?.revoked !== null || consent.memberKey !== memberKey) return null;
    return book.findMember(memberKey)?.name ?? null;
  }
}

/** False for what was refused, and for what has not left this computer. */
function mayBeKept(answer: Exclude<Answer<unknown>, { kind: 'done' }>): boolean {
  switch (answer.kind) {
    case 'refused':
    case 'denied':
    case 'busy':
      return false;
    case 'uncertain':
      return true;
    case 'unanswered':
      return answer.code !== 'no_connection';
  }
}
