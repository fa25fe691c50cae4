import type { AttemptId, RefundId, SetupId } from '../../../main/domain/ids.ts';
import type { ReaderEvent } from '../../../main/domain/reader-attempt.ts';
import type { ProcessHint } from '../../../main/domain/sale-event.ts';
import type { Checkout } from '../../../main/services/checkout.ts';
import type { ReaderReports } from '../../../main/services/reader-reports.ts';

/** How a page tells of one attempt's reader. */
export interface PageLine {
  prompted(): void;
  collected(): void;
  collectFailed(code: string): void;
  /** `count` says which process command of the attempt it was. */
  answered(count: number, hint: ProcessHint): void;
}

export function lineOfSale(
  checkout: () => Checkout | null,
  id: string,
  attempt: AttemptId,
): PageLine {
  return {
    prompted: () => checkout()?.readerPrompted(id, attempt),
    collected: () => checkout()?.cardCollected(id, attempt),
    collectFailed: (code) => checkout()?.collectFailed(id, attempt, code),
    answered: (count, hint) => checkout()?.processAnswered(id, attempt, count, hint),
  };
}

export function lineOfErrand(
  reports: () => ReaderReports | null,
  id: SetupId | RefundId,
  attempt: AttemptId,
): PageLine {
  const tell = (make: (attemptId: AttemptId) => ReaderEvent): void => {
    reports()?.tell(id, attempt, make);
  };
  return {
    prompted: () => tell((attemptId) => ({ kind: 'reader_prompted', attemptId })),
    collected: () => tell((attemptId) => ({ kind: 'card_collected', attemptId, askFirst: false })),
    collectFailed: (code) => tell((attemptId) => ({ kind: 'collect_failed', attemptId, code })),
    answered: (count, hint) =>
      tell((attemptId) => ({ kind: 'process_answered', attemptId, count, hint })),
  };
}
