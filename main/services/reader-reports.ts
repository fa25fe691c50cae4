import { type AttemptId, attemptId, type RefundId, type SetupId } from '../domain/ids.ts';
import type { ReaderEvent } from '../domain/reader-attempt.ts';
import type { Errand } from '../ports/reader-driver.ts';
import type { Heard } from './checkout.ts';
import type { ErrandSteps } from './errands.ts';
import { attemptOf } from './reader-errand.ts';
import type { ReaderLead } from './reader-lead.ts';

export interface ReaderReportsOptions {
  readonly errands: ErrandSteps;
  /** Null where the page leads the only reader. */
  readonly lead: Pick<ReaderLead, 'moveToSpare' | 'isLedByPage'> | null;
}

/**
 * What the page says of the reader while it leads it for a setup or a refund; for a sale the checkout hears it. Hints,
 * all of them (P4). Refused for an attempt that is over, and while main leads the reader itself.
 */
export class ReaderReports {
  readonly #options: ReaderReportsOptions;

  constructor(options: ReaderReportsOptions) {
    this.#options = options;
  }

  /** `make` is given the attempt's id. */
  tell(
    owner: SetupId | RefundId,
    attempt: string,
    make: (attemptId: AttemptId) => ReaderEvent,
  ): Heard {
    const event = make(attemptId(attempt));
    const errand = this.#live(owner, event.attemptId);
    if (errand === null) return { kind: 'not_now', why: 'no page asks for that card' };
    if (event.kind === 'collect_failed' && this.#moved(errand, event)) return { kind: 'heard' };
    return this.#options.errands.apply(owner, event) === null
      ? { kind: 'not_now', why: `${event.kind} means nothing now` }
      : { kind: 'heard' };
  }

  #live(owner: SetupId | RefundId, attempt: AttemptId): Errand | null {
    const { errands, lead } = this.#options;
    const errand = errands.find(owner);
    if (errand === null || attemptOf(errand)?.id !== attempt) return null;
    return (lead?.isLedByPage(errand, attempt) ?? true) ? errand : null;
  }

  /** What failed before the reader showed its prompt left nothing on it. */
  #moved(errand: Errand, event: Extract<ReaderEvent, { kind: 'collect_failed' }>): boolean {
    if (attemptOf(errand)?.stage !== 'sent') return false;
    return this.#options.lead?.moveToSpare(errand, event.attemptId, event.code) ?? false;
  }
}
