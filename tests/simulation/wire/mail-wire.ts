import type { Letter, Mailer } from '../../../main/ports/mailer.ts';
import { Transit, type TransitParts } from './transit.ts';

export interface MailWireParts extends TransitParts {
  /** This letter leaves, perhaps not for the first time. */
  readonly onLetter: (letter: Letter) => void;
}

/** A mail server behind the same network. */
export class MailWire implements Mailer {
  readonly #parts: MailWireParts;
  readonly #transit: Transit;

  constructor(parts: MailWireParts) {
    this.#parts = parts;
    this.#transit = new Transit(parts);
  }

  async send(letter: Letter, signal: AbortSignal): ReturnType<Mailer['send']> {
    const request = {
      call: 'consent_mail',
      saleId: null,
      intentId: null,
      about: letter.id,
      key: null,
      words: '',
      total: null,
    } as const;
    this.#parts.onLetter(letter);
    const taken = { status: 200, value: null } as const;
    const answer = await this.#transit.send(request, () => taken, signal);
    return answer.kind === 'done' ? { kind: 'sent' } : { kind: 'unanswered', code: 'no_answer' };
  }
}
