import type { CardOnFile } from '../../domain/card-on-file.ts';
import { type Consent, type ConsentWording, consentWording } from '../../domain/consent.ts';
import {
  consentId,
  type KioskId,
  type MemberKey,
  type PaymentMethodId,
  type SetupId,
} from '../../domain/ids.ts';
import type { Member } from '../../domain/member.ts';
import type { Sale } from '../../domain/sale.ts';
import type { CardBook } from '../../ports/card-book.ts';
import type { Clock } from '../../ports/clock.ts';
import type { IdSource } from '../../ports/id-source.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { Heard } from '../checkout.ts';
import type { SaleSteps } from '../sale-steps.ts';
import { consentExport } from './consent-export.ts';
import { liveConsentOf, sealedConsent, wordingHash } from './consent-proof.ts';
import type { SetupDesk } from './setup-desk.ts';
import type { SetupTerms, TermsOfSetups } from './setup-terms.ts';
import type { TextHash } from './text-hash.ts';

export interface ConsentsOptions {
  readonly ledger: Ledger;
  readonly book: CardBook;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly hash: TextHash;
  readonly kioskId: KioskId;
  /** The studio's name, as the wording says it. */
  readonly merchant: string;
  readonly sales: Pick<SaleSteps, 'apply'>;
  readonly setups: SetupDesk;
  /** Where the terms of a setup are held that a system with users of its own needs. */
  readonly terms: TermsOfSetups;
  /** The sale on the screen. */
  readonly saleOnScreen: () => Sale | null;
  /** False where no letters are sent: no copy is promised. */
  readonly canMail: boolean;
  readonly onEnqueued: () => void;
  readonly onChange: () => void;
}

/** What a member said to the question whether a card may be kept. */
export interface Agreement {
  readonly member: Member;
  /** Of the wording they saw. */
  readonly wordingHash: string;
  /** The sale at review whose card is kept; null keeps one without a sale. */
  readonly saleId: string | null;
  readonly copyByEmail: boolean;
  /** Of a card kept without a sale; only behind a system with users of its own. */
  readonly terms?: SetupTerms;
}

export type Agreed =
  | { readonly kind: 'agreed' }
  | { readonly kind: 'setup_started'; readonly setupId: SetupId }
  /** The wording is another by now; nothing was stored. */
  | { readonly kind: 'wording_changed' }
  | { readonly kind: 'not_now'; readonly why: string };

/** Consents that can be proved: what was shown is what is stored, with who, when and where, and a hash over all of it. */
export class Consents {
  readonly #options: ConsentsOptions;

  constructor(options: ConsentsOptions) {
    this.#options = options;
  }

  /** The wording to show, and its hash. */
  offer(): { readonly wording: ConsentWording; readonly hash: string } {
    const wording = consentWording(this.#options.merchant);
    return { wording, hash: wordingHash(wording, this.#options.hash) };
  }

  /**
   * Stores the consent together with what it leads to: the wish to keep the card of the sale at review, or a setup with
   * its first work; and the copy to be sent. All of it in one transaction, or nothing.
   */
  agree(agreement: Agreement): Agreed {
    const { wording, hash } = this.offer();
    if (agreement.wordingHash !== hash) return { kind: 'wording_changed' };
    return agreement.saleId === null
      ? this.#agreeToSetup(agreement, wording)
      : this.#agreeForSale(agreement, agreement.saleId, wording);
  }

  /** The member does not want the card of this sale kept after all: what they agreed to before is taken back. */
  dontKeep(id: string): Heard {
    const { book, clock, sales, saleOnScreen, onChange } = this.#options;
    const sale = saleOnScreen();
    if (sale?.id !== id) return { kind: 'not_now', why: 'that sale is not on the screen' };
    const { keeping } = sale;
    if (keeping === undefined) return { kind: 'heard' };
    if (book.keepingOf(sale.id) !== null) return { kind: 'not_now', why: 'the card was settled' };
    // Beyond review the sale goes on as it is: whoever keeps the card looks at its consent first.
    sales.apply(sale.id, { kind: 'keeping_chosen', keeping: null }, () => {
      book.revokeConsent(keeping.consentId, 'member', clock.nowMs());
    });
    onChange();
    return { kind: 'heard' };
  }

  /**
   * Takes the consent to this card back. On return the card is never charged again, and its removal at Stripe waits in
   * the outbox; so it is with every other keeping of the same physical card by this member, for it is one card to them.
   * Twice changes nothing. Null for a card that is not on file.
   */
  revoke(cardId: PaymentMethodId, by: string): CardOnFile | null {
    const { ledger, book, onEnqueued, onChange } = this.#options;
    const card = ledger.atomically((): CardOnFile | null => {
      const before = book.findCard(cardId);
      if (before === null || before.removedAtMs !== null) return before;
      const { fingerprint, memberKey } = before;
      const twins = fingerprint === null ? [] : book.cardsWithFingerprint(fingerprint);
      for (const twin of twins) {
        if (twin.memberKey === memberKey && twin.id !== cardId) this.#remove(twin, by);
      }
      return this.#remove(before, by);
    });
    onEnqueued();
    onChange();
    return card;
  }

  #remove(card: CardOnFile, by: string): CardOnFile {
    const { ledger, book, clock } = this.#options;
    const nowMs = clock.nowMs();
    const removed: CardOnFile = { ...card, removedAtMs: nowMs, removedBy: by };
    book.revokeConsent(card.consentId, by, nowMs);
    book.saveCard(removed);
    const ordinal = ledger.lastOrdinal(card.id, 'card.detach') + 1;
    ledger.enqueue(card.id, { kind: 'card.detach', ordinal, afterMs: 0 }, nowMs);
    return removed;
  }

  /** Whose card this is; null for a card that is not on file. */
  ownerOf(cardId: PaymentMethodId): MemberKey | null {
    return this.#options.book.findCard(cardId)?.memberKey ?? null;
  }

  /** The consent that lets this card be charged now, proved by its hash; null without one. */
  liveConsentOf(cardId: PaymentMethodId): Consent | null {
    return liveConsentOf(this.#options.book, cardId, this.#options.hash);
  }

  /** Everything the member ever agreed to, to the letter, as text; null for a member this kiosk does not know. */
  exportOf(key: MemberKey): string | null {
    const { book, clock, merchant, hash } = this.#options;
    const member = book.findMember(key);
    if (member === null) return null;
    const consents = book.consentsOf(key);
    const damaged = book.damagedConsents();
    return consentExport({ member, merchant, consents, atMs: clock.nowMs(), damaged }, hash);
  }

  #agreeForSale(agreement: Agreement, id: string, wording: ConsentWording): Agreed {
    const { book, sales, saleOnScreen, onChange } = this.#options;
    const sale = saleOnScreen();
    if (sale?.id !== id) return { kind: 'not_now', why: 'that sale is not on the screen' };
    if (sale.state !== 'open') return { kind: 'not_now', why: 'the sale is not at review' };
    if (this.#hasAgreed(sale, agreement.member)) return { kind: 'agreed' };
    const consent = this.#consent(agreement.member, wording);
    const keeping = { memberKey: consent.memberKey, consentId: consent.id };
    sales.apply(sale.id, { kind: 'keeping_chosen', keeping }, () => {
      book.addConsent(consent);
      this.#enqueueCopy(consent, agreement);
    });
    onChange();
    return { kind: 'agreed' };
  }

  /** The button was pressed twice. */
  #hasAgreed({ keeping }: Sale, { key }: Member): boolean {
    if (keeping?.memberKey !== key) return false;
    return this.#options.book.findConsent(keeping.consentId)?.revoked === null;
  }

  #agreeToSetup(agreement: Agreement, wording: ConsentWording): Agreed {
    const { book, setups, terms } = this.#options;
    const consent = this.#consent(agreement.member, wording);
    const of = { memberKey: consent.memberKey, consentId: consent.id };
    const setup = setups.start(of, ({ id }) => {
      book.addConsent(consent);
      this.#enqueueCopy(consent, agreement);
      if (agreement.terms !== undefined) terms.keep(id, agreement.terms);
    });
    if (setup === null) return { kind: 'not_now', why: 'another card is being kept' };
    return { kind: 'setup_started', setupId: setup.id };
  }

  #consent(member: Member, wording: ConsentWording): Consent {
    const { ids, kioskId, clock, hash } = this.#options;
    const id = consentId(ids.next('consent'));
    const givenAtMs = clock.nowMs();
    const { key } = member;
    const given = { id, memberKey: key, kioskId, givenAtMs, actedBy: 'member', ...wording };
    return sealedConsent(given, hash);
  }

  #enqueueCopy(consent: Consent, { member, copyByEmail }: Agreement): void {
    const { ledger, clock, canMail, onEnqueued } = this.#options;
    const { email } = member;
    if (!copyByEmail || !canMail || email === null) return;
    const work = { kind: 'consent.email', ordinal: 1, email, afterMs: 0 } as const;
    ledger.enqueue(consent.id, work, clock.nowMs());
    onEnqueued();
  }
}
