import type { SetupIntentFacts } from '../../../../main/domain/card-setup.ts';
import {
  type ChargeId,
  type CustomerId,
  type KioskId,
  type PaymentMethodId,
  type SetupId,
  type SetupIntentId,
  setupIntentId,
} from '../../../../main/domain/ids.ts';
import type { Money } from '../../../../main/domain/money.ts';

/** SetupIntents of one account, and what was given back in person: what cards are asked for beside payments. */
export class ModelCards {
  readonly setups = new Map<SetupIntentId, SetupIntentFacts>();
  /** Each time money was given back. */
  readonly givenBack: { readonly charge: ChargeId; readonly amount: Money }[] = [];

  makeSetup(setup: SetupId, kiosk: KioskId): SetupIntentFacts {
    const id = setupIntentId(`seti_${String(this.setups.size + 1).padStart(4, '0')}`);
    const facts: SetupIntentFacts = {
      id,
      status: 'requires_payment_method',
      customerId: 'cus_model' as CustomerId,
      lastError: null,
      latestAttemptId: null,
      generatedCard: null,
      wallet: null,
      setupId: setup,
      kioskId: kiosk,
    };
    this.setups.set(id, facts);
    return facts;
  }

  get(id: SetupIntentId): SetupIntentFacts {
    const found = this.setups.get(id);
    if (found === undefined) throw new Error(`there is no ${id}`);
    return found;
  }

  /** The bank's answer to a card that is to be kept. False when the SetupIntent wants no card. */
  keep(id: SetupIntentId, declined: string | null): boolean {
    const setup = this.get(id);
    if (setup.status !== 'requires_payment_method') return false;
    const latestAttemptId = `setatt_${String(Number(setup.latestAttemptId?.slice(7) ?? 0) + 1)}`;
    this.setups.set(
      id,
      declined === null
        ? {
            ...setup,
            status: 'succeeded',
            latestAttemptId,
            generatedCard: 'pm_model' as PaymentMethodId,
          }
        : {
            ...setup,
            latestAttemptId,
            lastError: { code: 'card_declined', declineCode: declined },
          },
    );
    return true;
  }

  cancel(id: SetupIntentId): void {
    const setup = this.get(id);
    if (setup.status !== 'succeeded') this.setups.set(id, { ...setup, status: 'canceled' });
  }
}
