import { assertNever } from '../domain/assert.ts';
import type { Checkout } from '../services/checkout.ts';
import { done, type Handlers, refused } from './router.ts';
import { envelope } from './sale-handlers.ts';
import { processCount, type SdkReaderDriver } from './sdk-reader-driver.ts';

type ReaderHandlers = Pick<
  Handlers,
  'reader:report' | 'reader:status' | 'payment:capture' | 'connection-token:create'
>;

export interface ReaderHandlersOptions {
  readonly checkout: Checkout;
  readonly driver: SdkReaderDriver;
  readonly createConnectionToken: () => Promise<string | null>;
  readonly onChange: () => void;
}

/** What the page says of its reader. All of it is a hint: it wakes a read and decides nothing (P4). */
export function readerHandlers(options: ReaderHandlersOptions): ReaderHandlers {
  const { checkout, driver } = options;
  return {
    'reader:status': (status) => {
      driver.told(status);
      options.onChange();
      return done(null);
    },
    'reader:report': ({ saleId, attemptId, commandId, report }) => {
      switch (report.kind) {
        case 'awaiting_card':
          return envelope(checkout.readerPrompted(saleId, attemptId));
        case 'collected':
          return envelope(checkout.cardCollected(saleId, attemptId));
        case 'collect_failed':
          return envelope(checkout.collectFailed(saleId, attemptId, report.code));
        case 'process_failed': {
          const { code, declineCode, paymentIntentStatus } = report;
          const hint = { kind: 'failed', code, declineCode, paymentIntentStatus } as const;
          const count = processCount(attemptId, commandId);
          return envelope(checkout.processAnswered(saleId, attemptId, count, hint));
        }
        default:
          return assertNever(report);
      }
    },
    'payment:capture': ({ saleId, attemptId, commandId }) => {
      const count = processCount(attemptId, commandId);
      return envelope(checkout.processAnswered(saleId, attemptId, count, { kind: 'processed' }));
    },
    'connection-token:create': async () => {
      const secret = await options.createConnectionToken();
      return secret === null ? refused('unavailable') : done({ secret });
    },
  };
}
