import { consentId } from '../../domain/ids.ts';
import type { CardBook } from '../../ports/card-book.ts';
import type { ConsentEmailWork, OutboxRow } from '../../ports/ledger.ts';
import type { Mailer } from '../../ports/mailer.ts';
import type { Settled } from '../outbox-worker.ts';
import { consentLetter } from './consent-letter.ts';
import { justSettle, later, noCall, over, unwanted } from './settled-work.ts';

export interface ConsentMailingOptions {
  readonly book: CardBook;
  /** Null where no letters are sent any more: those that wait are given up. */
  readonly mailer: Mailer | null;
  readonly merchant: string;
}

/** Sends the copy of a consent, to the address that was on file when it was given. */
export class ConsentMailing {
  readonly #options: ConsentMailingOptions;

  constructor(options: ConsentMailingOptions) {
    this.#options = options;
  }

  async carryOut(row: OutboxRow, work: ConsentEmailWork, signal: AbortSignal): Promise<Settled> {
    const { book, mailer, merchant } = this.#options;
    const consent = book.findConsent(consentId(row.owner));
    const member = consent === null ? null : book.findMember(consent.memberKey);
    if (consent === null || member === null || mailer === null) return unwanted();
    const sent = await mailer.send(consentLetter(consent, member, merchant, work.email), signal);
    switch (sent.kind) {
      case 'sent':
        return over({ kind: 'done', value: null, requestId: undefined }, justSettle);
      case 'refused':
        return over(noCall(sent.code), justSettle);
      case 'unanswered':
        return later(sent);
    }
  }
}
