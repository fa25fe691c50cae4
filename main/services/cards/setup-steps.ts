import type { CardSetup } from '../../domain/card-setup.ts';
import { type SetupEvent, setupTransition } from '../../domain/card-setup-transition.ts';
import type { SetupId } from '../../domain/ids.ts';
import type { CardBook } from '../../ports/card-book.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { Log } from '../../ports/log.ts';
import type { ReaderDriver } from '../../ports/reader-driver.ts';
import { RecordSteps } from '../record-steps.ts';
import type { SetupSecrets } from './setup-secrets.ts';

export interface SetupStepsOptions {
  readonly ledger: Ledger;
  readonly book: CardBook;
  readonly clock: Clock;
  readonly log: Log;
  readonly driver: ReaderDriver;
  readonly secrets: SetupSecrets;
  /** After a step is on disk, before the reader is commanded. */
  readonly onStep: (setup: CardSetup) => void;
}

/** The one door through which anything happens to a setup. */
export class SetupSteps extends RecordSteps<SetupId, CardSetup, SetupEvent> {
  constructor({ ledger, book, clock, log, driver, secrets, onStep }: SetupStepsOptions) {
    super(
      { ledger, clock, log },
      {
        name: 'setup',
        find: (id) => book.findSetup(id),
        transition: (setup, event) => {
          const result = setupTransition(setup, event);
          return result.kind === 'ignored'
            ? result
            : { kind: 'moved', after: result.setup, effects: result.effects };
        },
        stateOf: ({ state }) => state,
        save: (before, after, event, nowMs) => {
          book.saveSetupStep(before, after, event, nowMs);
        },
        onStep: (setup) => {
          secrets.forgetAfter(setup);
          onStep(setup);
        },
        command: (setup, effect) => {
          driver.command({ kind: 'setup', setup }, effect, secrets.of(setup.id));
        },
      },
    );
  }
}
