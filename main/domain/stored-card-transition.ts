import type { SaleEvent } from './sale-event.ts';
import { giveUp, ignore, move, type Transition } from './sale-moves.ts';
import { mayWait, type Sale, without } from './sale.ts';
import { createUnknown } from './step-transition.ts';

type CardEvent = Extract<
  SaleEvent,
  { kind: 'keeping_chosen' | 'stored_card_chosen' | 'consent_missing' | 'wait_lapsed' }
>;

/** What was chosen at review about cards on file, and what ends the charge to one. */
export function storedCardEvent(sale: Sale, event: CardEvent): Transition {
  switch (event.kind) {
    case 'keeping_chosen': {
      if (sale.state !== 'open') return ignore('the sale is not at review');
      // A card that is on file already is not kept again.
      const plain = without(sale, 'keeping', 'storedCard');
      return move(event.keeping === null ? plain : { ...plain, keeping: event.keeping }, {});
    }
    case 'stored_card_chosen': {
      if (sale.state !== 'open') return ignore('the sale is not at review');
      const plain = without(sale, 'keeping', 'storedCard');
      const { storedCard } = event;
      return move(storedCard === null ? plain : { ...plain, storedCard }, {});
    }
    case 'consent_missing':
      return consentMissing(sale);
    case 'wait_lapsed':
      return isUnderWay(sale) && mayWait(sale)
        ? giveUp(sale, 'wait_expired')
        : ignore('it does not wait');
  }
}

/** The create's row is over with this: whether it was carried out before is looked up, and nothing waits unasked. */
function consentMissing(sale: Sale): Transition {
  if (sale.storedCard === undefined) return ignore('no card is charged');
  if (sale.paymentIntent === null) return createUnknown(sale, 'consent_revoked');
  return isUnderWay(sale) ? giveUp(sale, 'consent_revoked') : ignore('no card is charged');
}

function isUnderWay({ state, storedCard }: Sale): boolean {
  return storedCard !== undefined && (state === 'creating' || state === 'authorizing');
}
