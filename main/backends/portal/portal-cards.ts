import type { CardFacts } from '../../domain/card-on-file.ts';
import type { PaymentIntentId } from '../../domain/ids.ts';
import type { Answer } from '../../ports/payments-api.ts';
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

export interface SaveFromPayment {
  readonly paymentIntentId: PaymentIntentId;
  /** The studio's own number of the member, which the portal knows as `external_customer_id`. */
  readonly memberId: string;
}

/**
 * Keeps the card of a payment that was captured. Looks first, so asking again keeps nothing twice; what it answers is
 * what Stripe says of the card afterwards. Refuses with `no_generated_card` a payment that left none behind (a phone),
 * and with the portal's own code what the portal refuses. A card that nobody can be seen to have afterwards is
 * `unanswered` with the code `not_attached_yet`.
 */
export function saveFromPayment({
  call,
  stripe,
  accountId,
}: PortalCardsOptions): (
  request: SaveFromPayment,
  signal: AbortSignal,
) => Promise<Answer<CardFacts>> {
  return async ({ paymentIntentId, memberId }, signal) => {
    const left = await stripe.cards.leftBehind(paymentIntentId, signal);
    if (left.kind !== 'done') return left;
    const { generatedCard } = left.value;
    if (generatedCard === null) return refusedHere('no_generated_card');
    const before = await stripe.cards.readCard(generatedCard, signal);
    if (before.kind !== 'done' || before.value.customerId !== null) return before;

    const asked = await call(
      {
        method: 'POST',
        path: '/v1/customer/card',
        body: cardBody(accountId, paymentIntentId, memberId),
        reply: doneReply,
      },
      signal,
    );
    if (asked.kind !== 'done') return asked;
    const after = await stripe.cards.readCard(generatedCard, signal);
    if (after.kind !== 'done') return unread(after);
    return after.value.customerId === null ? notAttachedYet : after;
  };
}

const notAttachedYet = { kind: 'unanswered', code: 'not_attached_yet' } as const;

/** The portal has done it: a card that can't be read now is one to look at again, not one that was refused. */
function unread(answer: Exclude<Answer<CardFacts>, { kind: 'done' }>): Answer<CardFacts> {
  return answer.kind === 'refused' ? notAttachedYet : answer;
}
