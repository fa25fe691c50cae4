import type { CardStore } from '../../ports/card-store.ts';
import type { CompanionApis } from '../platform-http/companion.ts';
import type { JsonCall } from '../platform-http/json-call.ts';
import { refusedHere } from '../platform-http/refused-here.ts';
import { cardBody } from './portal-requests.ts';
import { doneReply } from './portal-replies.ts';

export interface PortalCardsOptions {
  readonly call: JsonCall;
  readonly stripe: CompanionApis;
  /** `external_account_id`: the merchant at the portal. */
  readonly accountId: string;
}

/**
 * Keeps the card of a payment that was captured, for the studio's number of the member (`external_customer_id`). The
 * portal is told each time: that Stripe already shows the card at its Customer (it attaches one of a payment with a
 * Customer by itself) does not mean that the portal knows of it. What is answered is what Stripe says of the card
 * afterwards, so a portal that refuses to hear it twice does no harm, and no card is called not kept while somebody
 * has it.
 *
 * Refuses with `no_generated_card` a payment that left none behind (a phone), without telling the portal, and with the
 * portal's own code what the portal refuses. A card that nobody can be seen to have afterwards is `unanswered` with the
 * code `not_attached_yet`.
 */
export function portalCards({ call, stripe, accountId }: PortalCardsOptions): CardStore {
  const fromPayment: CardStore['fromPayment'] = async ({ paymentIntentId, memberId }, signal) => {
    const left = await stripe.cards.leftBehind(paymentIntentId, signal);
    if (left.kind !== 'done') return left;
    const { generatedCard } = left.value;
    if (generatedCard === null) return refusedHere('no_generated_card');

    const body = cardBody(accountId, paymentIntentId, memberId);
    const told = await call(
      { method: 'POST', path: '/v1/customer/card', body, reply: doneReply },
      signal,
    );
    if (told.kind !== 'done' && told.kind !== 'refused') return told;
    const card = await stripe.cards.readCard(generatedCard, signal);
    if (card.kind !== 'done' || card.value.customerId !== null) return card;
    return told.kind === 'refused' ? told : notAttachedYet;
  };
  return { fromPayment, setups: null };
}

const notAttachedYet = { kind: 'unanswered', code: 'not_attached_yet' } as const;
