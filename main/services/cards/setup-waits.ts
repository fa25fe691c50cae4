import type { CardSetup } from '../../domain/card-setup.ts';
import type { SetupWait } from '../../domain/card-setup-transition.ts';
import type { WaitLimits } from '../../domain/sale-waits.ts';

/** How long each wait of a setup may last, in milliseconds; a sale's, where they mean the same. */
export type SetupLimits = Pick<
  WaitLimits,
  'startingMs' | 'wakingReaderMs' | 'awaitingCardMs' | 'declinedMs' | 'authorizingMs'
>;

export interface RunningSetupWait {
  readonly name: SetupWait;
  readonly afterMs: number;
  /** Changes exactly when the wait starts anew. */
  readonly token: string;
}

/** What this setup waits for and how long; null when only the outbox carries it on. */
export function setupWaitOf(setup: CardSetup, limits: SetupLimits): RunningSetupWait | null {
  const wait = nameAndLimit(setup, limits);
  if (wait === null) return null;
  const { state, attempt } = setup;
  const token = [state, wait.name, attempt?.id, attempt?.stage, attempt?.atSpare].join('/');
  return { ...wait, token };
}

function nameAndLimit(
  { state, attempt }: CardSetup,
  limits: SetupLimits,
): Pick<RunningSetupWait, 'name' | 'afterMs'> | null {
  switch (state) {
    case 'creating':
      return { name: 'starting', afterMs: limits.startingMs };
    case 'presenting':
      if (attempt === null) return { name: 'declined', afterMs: limits.declinedMs };
      if (attempt.stage === 'sent') {
        return { name: 'waking_reader', afterMs: limits.wakingReaderMs };
      }
      return attempt.stage === 'awaiting_card'
        ? { name: 'awaiting_card', afterMs: limits.awaitingCardMs }
        : null;
    case 'confirming':
      return { name: 'confirming', afterMs: limits.authorizingMs };
    case 'saving':
    case 'canceling':
    case 'kept':
    case 'not_kept':
    case 'canceled':
      return null;
  }
}
