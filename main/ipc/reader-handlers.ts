import type { ReaderReport } from '../../preload/contract/reader.ts';
import { assertNever } from '../domain/assert.ts';
import type { AttemptId, RefundId, SetupId } from '../domain/ids.ts';
import type { ReaderEvent } from '../domain/reader-attempt.ts';
import type { Checkout, Heard } from '../services/checkout.ts';
import { ownerOf } from '../services/reader-errand.ts';
import type { ReaderReports } from '../services/reader-reports.ts';
import { done, type Handlers, refused } from './router.ts';
import { envelope } from './sale-handlers.ts';
import { processCount, type SdkReaderDriver } from './sdk-reader-driver.ts';

type ReaderHandlers = Pick<
  Handlers,
  'reader:report' | 'reader:status' | 'payment:capture' | 'connection-token:create'
>;

/** Where the page's words of a sale's card go. */
type SaleReports = Pick<
  Checkout,
  'readerPrompted' | 'cardCollected' | 'collectFailed' | 'processAnswered'
>;

export interface ReaderHandlersOptions {
  readonly checkout: SaleReports;
  /** Absent on a kiosk that neither keeps cards nor gives money back. */
  readonly reports?: ReaderReports;
  readonly driver: SdkReaderDriver;
  readonly createConnectionToken: () => Promise<string | null>;
  readonly onChange: () => void;
}

/** What a command of the page came to, and which attempt it was for. */
interface Reported {
  readonly attemptId: string;
  readonly commandId: string;
  readonly report: ReaderReport;
}

/** What the page says of its reader. All of it is a hint: it wakes a read and decides nothing (P4). */
export function readerHandlers(options: ReaderHandlersOptions): ReaderHandlers {
  const { checkout, reports, driver } = options;
  return {
    'reader:status': (status) => {
      driver.told(status);
      options.onChange();
      return done(null);
    },
    'reader:report': ({ ownerId, ...reported }) => {
      const owner = ownerOf(ownerId);
      return owner.kind === 'payment'
        ? envelope(saleReported(checkout, ownerId, reported))
        : envelope(errandReported(reports, owner.id, reported));
    },
    'payment:capture': ({ ownerId, attemptId, commandId }) => {
      if (ownerOf(ownerId).kind !== 'payment') return refused('not_now');
      const count = processCount(attemptId, commandId);
      return envelope(checkout.processAnswered(ownerId, attemptId, count, { kind: 'processed' }));
    },
    'connection-token:create': async () => {
      const secret = await options.createConnectionToken();
      return secret === null ? refused('unavailable') : done({ secret });
    },
  };
}

function saleReported(
  checkout: SaleReports,
  id: string,
  { attemptId, commandId, report }: Reported,
): Heard {
  switch (report.kind) {
    case 'awaiting_card':
      return checkout.readerPrompted(id, attemptId);
    case 'collected':
      return checkout.cardCollected(id, attemptId);
    case 'collect_failed':
      return checkout.collectFailed(id, attemptId, report.code);
    case 'processed':
      return { kind: 'not_now', why: 'of a payment another channel tells that' };
    case 'process_failed': {
      const { code, declineCode, paymentIntentStatus } = report;
      const hint = { kind: 'failed', code, declineCode, paymentIntentStatus } as const;
      return checkout.processAnswered(id, attemptId, processCount(attemptId, commandId), hint);
    }
    default:
      return assertNever(report);
  }
}

function errandReported(
  reports: ReaderReports | undefined,
  id: SetupId | RefundId,
  { attemptId, commandId, report }: Reported,
): Heard {
  if (reports === undefined) return { kind: 'not_now', why: 'this kiosk asks for no such card' };
  const count = processCount(attemptId, commandId);
  return reports.tell(id, attemptId, (attempt) => eventOf(report, attempt, count));
}

function eventOf(report: ReaderReport, attemptId: AttemptId, count: number): ReaderEvent {
  switch (report.kind) {
    case 'awaiting_card':
      return { kind: 'reader_prompted', attemptId };
    case 'collected':
      return { kind: 'card_collected', attemptId, askFirst: false };
    case 'collect_failed':
      return { kind: 'collect_failed', attemptId, code: report.code };
    case 'processed':
      return { kind: 'process_answered', attemptId, count, hint: { kind: 'processed' } };
    case 'process_failed': {
      const { code, declineCode, paymentIntentStatus } = report;
      const hint = { kind: 'failed', code, declineCode, paymentIntentStatus } as const;
      return { kind: 'process_answered', attemptId, count, hint };
    }
    default:
      return assertNever(report);
  }
}
