import { type CardSetup, isSetupOver } from '../../domain/card-setup.ts';
import type { SetupId } from '../../domain/ids.ts';

/** Client secrets of the setups in hand: in memory only, for as long as a card may be collected (P9). */
export class SetupSecrets {
  readonly #secrets = new Map<SetupId, string>();

  /** Refuses, in silence, the secret of a setup that can collect no card any more. */
  keep(setup: CardSetup, secret: string): void {
    if (mayCollect(setup)) this.#secrets.set(setup.id, secret);
  }

  of(id: SetupId): string | null {
    return this.#secrets.get(id) ?? null;
  }

  /** Forgets the secret once this setup can collect no card any more. */
  forgetAfter(setup: CardSetup): void {
    if (!mayCollect(setup)) this.#secrets.delete(setup.id);
  }
}

function mayCollect({ state }: CardSetup): boolean {
  return !isSetupOver(state) && state !== 'saving' && state !== 'canceling';
}
