import type { SetupId } from '../domain/ids.ts';
import type { CardsApi } from '../ports/cards-api.ts';
import type { ClientSecrets } from './client-secrets.ts';
import type { DeskOptions } from './desk.ts';
import { Errands, type ErrandSteps } from './errands.ts';
import { readerChoice } from './reader-choice.ts';
import { ownerOf } from './reader-errand.ts';
import { ReaderLead } from './reader-lead.ts';
import type { SaleSteps } from './sale-steps.ts';
import { ReaderHealth } from './server-driven/reader-health.ts';
import { ServerReaderDriver } from './server-driven/server-reader-driver.ts';
import type { StripeReach } from './stripe-reach.ts';

/** What of the desk the readers are led with. */
interface DeskParts {
  readonly steps: SaleSteps;
  /** Absent where sales alone ask for cards. */
  readonly errands?: ErrandSteps;
  readonly reach: StripeReach;
  readonly clientSecrets: ClientSecrets;
  /** Absent on a kiosk that keeps no cards. */
  readonly cards?: {
    /** Null where main can read no SetupIntent, and so leads no reader for one. */
    readonly api: Pick<CardsApi, 'readSetupIntent'> | null;
    readonly secretOf: (setup: SetupId) => string | null;
  };
}

/** Whoever leads this kiosk's readers, put together; null where the window leads the only one. */
export function leadReaders(
  options: DeskOptions,
  { steps, errands = salesAlone(options, steps), reach, clientSecrets, cards }: DeskParts,
): ReaderLead | null {
  const { readers, ledger, payments, driver, time: clock, log, onChange } = options;
  if (readers === undefined) return null;
  const { api, book, fromSettings } = readers;
  const health = new ReaderHealth(onChange);
  const around = { errands, reach, book, clock, log, health };
  const server: ServerReaderDriver | null =
    api === null
      ? null
      : new ServerReaderDriver({
          ...around,
          readers: api,
          payments,
          cards: cards?.api ?? null,
          ledger,
          askBeforeCharging: options.askBeforeCharging,
          onUnavailable: (errand, attemptId, code) => lead.moveToSpare(errand, attemptId, code),
        });
  const lead: ReaderLead = new ReaderLead({
    ...around,
    choice: () => readerChoice(book, fromSettings),
    page: driver,
    server,
    secretOf: (owner) => {
      const whose = ownerOf(owner);
      if (whose.kind === 'payment') return clientSecrets.of(whose.id);
      return whose.kind === 'setup' ? (cards?.secretOf(whose.id) ?? null) : null;
    },
    onChange,
  });
  return lead;
}

function salesAlone({ ledger }: DeskOptions, sales: SaleSteps): ErrandSteps {
  return new Errands({
    sales,
    ledger,
    setups: null,
    refunds: null,
    cardBook: null,
    refundBook: null,
  });
}
