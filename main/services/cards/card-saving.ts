import type { CardFacts, CardOnFile, KeepFailure, KeepOutcome } from '../../domain/card-on-file.ts';
import type { Consent } from '../../domain/consent.ts';
import { type CustomerId, type PaymentMethodId, setupId } from '../../domain/ids.ts';
import type { CardBook } from '../../ports/card-book.ts';
import type { CardsApi } from '../../ports/cards-api.ts';
import type { CardStore } from '../../ports/card-store.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger, OutboxRow } from '../../ports/ledger.ts';
import type { Log } from '../../ports/log.ts';
import type { Answer } from '../../ports/payments-api.ts';
import { type KeyAge, keyOf } from '../key-age.ts';
import type { Settled } from '../outbox-worker.ts';
import { type CardErrand, cardErrand } from './card-errand.ts';
import type { Customers } from './customers.ts';
import { ordinalOf, pauseMs } from './next-ordinal.ts';
import { later, noCall, over, unwanted } from './settled-work.ts';
import type { SetupSteps } from './setup-steps.ts';

export interface CardSavingOptions {
  readonly ledger: Ledger;
  readonly book: CardBook;
  readonly cards: CardsApi;
  /** Keeps the card of a payment where the system has customers of its own; null: the card is attached here. */
  readonly fromPayment: CardStore['fromPayment'];
  readonly customers: Customers;
  readonly setups: SetupSteps;
  readonly keys: KeyAge;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: () => void;
}

/**
 * Keeps the card that a tap has left behind. Whatever was lost on the way, it goes by what Stripe says now: a card that
 * is attached is taken over, one that belongs to nobody is attached, and without a live consent none is kept.
 */
export class CardSaving {
  readonly #options: CardSavingOptions;

  constructor(options: CardSavingOptions) {
    this.#options = options;
  }

  async carryOut(row: OutboxRow, signal: AbortSignal): Promise<Settled> {
    const { book, keys } = this.#options;
    const errand = cardErrand(row.owner, this.#options);
    if (errand === null || book.keepingOf(errand.from) !== null) return unwanted();
    const silence = await keys.learn(row, signal);
    if (silence !== null) return later(silence);

    const left = await errand.leftBehind(signal);
    if (left.kind !== 'done') return this.#notRead(errand, left);
    const { generatedCard, wallet } = left.value;
    if (!errand.isWanted && generatedCard === null) return unwanted();
    if (generatedCard === null) {
      return this.#notKept(errand, wallet === null ? 'in_person_only' : 'wallet');
    }
    const read = await this.#options.cards.readCard(generatedCard, signal);
    if (!errand.isWanted) return this.#ofUnpaid(row, errand, read);
    if (read.kind !== 'done') return this.#notRead(errand, read);
    if (this.#consentOf(errand) === null) return this.#withoutConsent(row, errand, read.value);
    const { fromPayment } = this.#options;
    if (fromPayment !== null) return this.#keepBySystem(row, errand, fromPayment, signal);

    const customer = await this.#options.customers.ensure(errand.memberKey, signal);
    if (customer.kind !== 'done') return this.#notRead(errand, customer);
    return this.#keep(row, errand, read.value, customer.value, signal);
  }

  async #keep(
    row: OutboxRow,
    errand: CardErrand,
    card: CardFacts,
    customerId: CustomerId,
    signal: AbortSignal,
  ): Promise<Settled> {
    if (card.customerId === customerId) return this.#kept(row, errand, card);
    if (card.customerId !== null) return this.#ofAnother(errand, card.id);
    // It was read as nobody's: under an old key Stripe might take this for a new request, so it gets a new one (P3).
    if (this.#options.keys.isOld(row)) return this.#again(row, noCall('key_too_old'));

    const attached = await this.#options.cards.attachCard(card.id, customerId, keyOf(row), signal);
    switch (attached.kind) {
      case 'done':
        return this.#kept(row, errand, attached.value);
      case 'busy':
      case 'denied':
      case 'unanswered':
        return later(attached);
      case 'refused':
      case 'uncertain':
        return this.#looked(row, errand, { card, customerId, attached }, signal);
    }
  }

  /**
   * The system attaches the card to a customer of its own. It knows no keys, and asking it again keeps nothing twice, so
   * whatever was not answered is asked again as it was.
   */
  async #keepBySystem(
    row: OutboxRow,
    errand: CardErrand,
    fromPayment: NonNullable<CardStore['fromPayment']>,
    signal: AbortSignal,
  ): Promise<Settled> {
    const { paymentIntentId, memberKey } = errand;
    const memberId = this.#options.book.findMember(memberKey)?.memberId;
    if (paymentIntentId === null || memberId === undefined) return this.#notKept(errand, 'refused');
    const answer = await fromPayment({ paymentIntentId, memberId }, signal);
    if (answer.kind === 'done') return this.#kept(row, errand, answer.value);
    return answer.kind === 'refused' ? this.#notKept(errand, 'refused') : later(answer);
  }

  /** Refused, perhaps because it had been done before, or answered without proof: the card itself says what is true. */
  async #looked(
    row: OutboxRow,
    errand: CardErrand,
    asked: {
      readonly card: CardFacts;
      readonly customerId: CustomerId;
      readonly attached: Extract<Answer<CardFacts>, { kind: 'refused' | 'uncertain' }>;
    },
    signal: AbortSignal,
  ): Promise<Settled> {
    const { card, customerId, attached } = asked;
    const read = await this.#options.cards.readCard(card.id, signal);
    if (read.kind !== 'done') return this.#notRead(errand, read);
    if (read.value.customerId === customerId) return this.#kept(row, errand, read.value);
    if (read.value.customerId !== null) return this.#ofAnother(errand, card.id);
    return attached.kind === 'refused'
      ? this.#notKept(errand, 'refused')
      : this.#again(row, attached);
  }

  /** Everything that makes a card one on file, with the end of its row, in one transaction. */
  #kept(row: OutboxRow, errand: CardErrand, facts: CardFacts): Settled {
    const answer = { kind: 'done', value: null, requestId: undefined } as const;
    return over(answer, (settleRow) => {
      const { book, clock, onChange } = this.#options;
      // It may have been taken back while Stripe was asked. Nothing else writes between here and the end of the step.
      const consent = this.#consentOf(errand);
      if (consent === null) {
        this.#withoutConsent(row, errand, facts).store(settleRow);
        return;
      }
      const known = book.findCard(facts.id);
      if (known !== null && known.memberKey !== errand.memberKey) {
        this.#notKept(errand, 'refused').store(settleRow);
        return;
      }
      const nowMs = clock.nowMs();
      const { memberKey, intentId } = errand;
      const card: CardOnFile = {
        ...facts,
        memberKey,
        consentId: consent.id,
        keptAtMs: known?.keptAtMs ?? nowMs,
        removedAtMs: null,
        removedBy: null,
      };
      this.#settle(errand, { kind: 'kept', cardId: card.id }, () => {
        settleRow();
        book.saveCard(card);
        if (consent.link !== null) return;
        const link = { intentId, cardId: card.id, last4: card.last4, atMs: nowMs };
        book.linkConsent(consent.id, link);
      });
      this.#tellOfTwins(card);
      onChange();
    });
  }

  #notKept(errand: CardErrand, why: KeepFailure): Settled {
    return over(noCall(why), (settleRow) => {
      this.#settle(errand, { kind: 'not_kept', why }, settleRow);
      this.#options.onChange();
    });
  }

  /** The sale came to nothing, and nothing of it is said to be kept or not: what Stripe attached by itself is taken off. */
  #ofUnpaid(row: OutboxRow, errand: CardErrand, read: Answer<CardFacts>): Settled {
    if (read.kind === 'refused') return unwanted();
    if (read.kind !== 'done') return later(read);
    return over(noCall('not_paid'), (settleRow) => {
      this.#options.ledger.atomically(() => {
        settleRow();
        if (this.#mayBeOurs(row, errand, read.value)) this.#enqueueDetach(read.value.id);
      });
    });
  }

  /** The consent was taken back, or nobody knows any more whose it was: what is attached is taken off. */
  #withoutConsent(row: OutboxRow, errand: CardErrand, card: CardFacts): Settled {
    return over(noCall('consent_revoked'), (settleRow) => {
      this.#settle(errand, { kind: 'not_kept', why: 'consent_revoked' }, () => {
        settleRow();
        if (this.#mayBeOurs(row, errand, card)) this.#enqueueDetach(card.id);
      });
      this.#options.onChange();
    });
  }

  /** An attach that left before may still arrive; a Customer that no member here has can only be that of this tap. */
  #mayBeOurs(row: OutboxRow, errand: CardErrand, { customerId }: CardFacts): boolean {
    if (customerId === null) return row.mayHaveBeenSent;
    const owner = this.#options.book.memberOfCustomer(customerId);
    return owner === null || owner.key === errand.memberKey;
  }

  #ofAnother(errand: CardErrand, cardId: PaymentMethodId): Settled {
    this.#options.log.write('warn', 'card.of_another_customer', { owner: cardId });
    return this.#notKept(errand, 'refused');
  }

  /** A read that is refused shows nothing that could be kept; any other silence is asked again. */
  #notRead(errand: CardErrand, answer: Exclude<Answer<unknown>, { kind: 'done' }>): Settled {
    return answer.kind === 'refused' ? this.#notKept(errand, 'refused') : later(answer);
  }

  /** Once more under a new key: a read has shown that nothing was done under this one (P2). */
  #again(row: OutboxRow, answer: Answer<unknown>): Settled {
    return over(answer, (settleRow) => {
      const { ledger, clock } = this.#options;
      ledger.atomically(() => {
        settleRow();
        const ordinal = ordinalOf(row) + 1;
        const work = { kind: 'card.save', ordinal, afterMs: pauseMs(ordinal) } as const;
        ledger.enqueue(row.owner, work, clock.nowMs());
      });
    });
  }

  /** One transaction: the row's end and what else `write` writes, what became of the wish, and the setup's step. */
  #settle({ from }: CardErrand, outcome: KeepOutcome, write: () => void): void {
    const { ledger, book, clock, setups } = this.#options;
    const settle = (): void => {
      write();
      book.settleKeeping(from, outcome, clock.nowMs());
    };
    if (from.startsWith('setup_')) {
      setups.apply(setupId(from), { kind: 'card_settled', outcome }, settle);
    } else {
      ledger.atomically(settle);
    }
  }

  #enqueueDetach(cardId: PaymentMethodId): void {
    const { ledger, clock } = this.#options;
    const ordinal = ledger.lastOrdinal(cardId, 'card.detach') + 1;
    ledger.enqueue(cardId, { kind: 'card.detach', ordinal, afterMs: 0 }, clock.nowMs());
  }

  /** The consent the card is kept under, while it stands; null as well without its member. */
  #consentOf({ consentId, memberKey }: CardErrand): Consent | null {
    const { book } = this.#options;
    const consent = book.findConsent(consentId);
    if (consent?.revoked !== null || consent.memberKey !== memberKey) return null;
    return book.findMember(memberKey) === null ? null : consent;
  }

  /** The same physical card on two members is nothing to refuse, and something for staff to know. */
  #tellOfTwins({ id, fingerprint, memberKey }: CardOnFile): void {
    if (fingerprint === null) return;
    const { book, log } = this.#options;
    const others = book
      .cardsWithFingerprint(fingerprint)
      .filter((card) => card.memberKey !== memberKey);
    if (others.length === 0) return;
    log.write('warn', 'card.same_on_other_member', { owner: id, count: others.length });
  }
}
