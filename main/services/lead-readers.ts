import type { ClientSecrets } from './client-secrets.ts';
import type { DeskOptions } from './desk.ts';
import { readerChoice } from './reader-choice.ts';
import { ReaderLead } from './reader-lead.ts';
import type { SaleSteps } from './sale-steps.ts';
import { ReaderHealth } from './server-driven/reader-health.ts';
import { ServerReaderDriver } from './server-driven/server-reader-driver.ts';
import type { StripeReach } from './stripe-reach.ts';

/** What of the desk the readers are led with. */
interface DeskParts {
  readonly steps: SaleSteps;
  readonly reach: StripeReach;
  readonly clientSecrets: ClientSecrets;
}

/** Whoever leads this kiosk's readers, put together; null where the window leads the only one. */
export function leadReaders(options: DeskOptions, parts: DeskParts): ReaderLead | null {
  const { readers, ledger, payments, driver, time: clock, log, onChange } = options;
  if (readers === undefined) return null;
  const { api, book, fromSettings } = readers;
  const health = new ReaderHealth(onChange);
  const server: ServerReaderDriver | null =
    api === null
      ? null
      : new ServerReaderDriver({
          ...parts,
          readers: api,
          payments,
          book,
          ledger,
          clock,
          log,
          health,
          askBeforeCharging: options.askBeforeCharging,
          onUnavailable: (sale, attemptId, code) => lead.moveToSpare(sale, attemptId, code),
        });
  const lead: ReaderLead = new ReaderLead({
    choice: () => readerChoice(book, fromSettings),
    book,
    page: driver,
    server,
    health,
    ...parts,
    clock,
    log,
    onChange,
  });
  return lead;
}
