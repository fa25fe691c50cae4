import type { CardFacts } from '../../../../main/domain/card-on-file.ts';
import { customerId, type SetupIntentId, stripeRefundId } from '../../../../main/domain/ids.ts';
import type { RefundFacts } from '../../../../main/domain/refund.ts';
import type { CardsApi } from '../../../../main/ports/cards-api.ts';
import type { Answer } from '../../../../main/ports/payments-api.ts';
import type { RefundsApi } from '../../../../main/ports/refunds-api.ts';
import { done, refused } from '../../../support/fakes/fake-payments.ts';
import type { Life } from './life.ts';
import type { ModelCards } from './model-cards.ts';
import type { Wire } from './wire.ts';

const notModelled = (): Promise<Answer<never>> => Promise.resolve(refused('not_modelled'));

/** What a kiosk asks Stripe for to keep a card that a reader reads. */
export function cardsApiOf(life: Life, wire: Wire, cards: ModelCards): CardsApi {
  const call = <Value>(
    name: string,
    key: string | null,
    asked: unknown,
    signal: AbortSignal,
    carryOut: () => Answer<Value>,
  ): Promise<Answer<Value>> => wire.call({ life, name, key, asked, signal, carryOut });
  const live = (id: SetupIntentId) => ({
    setupIntent: cards.get(id),
    clientSecret: `${id}_secret_model`,
  });
  return {
    searchCustomers: notModelled,
    listCustomers: notModelled,
    createCustomer: notModelled,
    updateCustomer: notModelled,
    leftBehind: notModelled,
    listCards: notModelled,
    attachCard: notModelled,
    detachCard: notModelled,
    readCard: (id, signal) =>
      call('readCard', null, id, signal, () => done<CardFacts>({ ...keptCard, id })),
    createSetupIntent: (request, key, signal) =>
      call('createSetup', key, request, signal, () =>
        done(live(cards.makeSetup(request.setupId, request.kioskId).id)),
      ),
    readSetupIntent: (id, signal) => call('readSetup', null, id, signal, () => done(live(id))),
    cancelSetupIntent: (id, key, signal) =>
      call('cancelSetup', key, id, signal, () => {
        cards.cancel(id);
        return done(null);
      }),
  };
}

/** The refunds of an account as one kiosk sees them: all of them made at a reader. */
export function refundsApiOf(life: Life, wire: Wire, cards: ModelCards): RefundsApi {
  return {
    create: notModelled,
    read: notModelled,
    list: (paymentIntentId, signal) =>
      wire.call({
        life,
        name: 'listRefunds',
        key: null,
        asked: paymentIntentId,
        signal,
        carryOut: () =>
          done(
            cards.givenBack.map(({ amount: { amount, currency } }, index): RefundFacts => ({
              id: stripeRefundId(`re_${String(index + 1).padStart(4, '0')}`),
              status: 'succeeded',
              amount,
              currency,
              paymentIntentId,
              failureReason: null,
              createdAtMs: index,
              refundId: null,
              kioskId: null,
            })),
          ),
      }),
  };
}

const keptCard: Omit<CardFacts, 'id'> = {
  customerId: customerId('cus_model'),
  brand: 'visa',
  last4: '4242',
  expMonth: 12,
  expYear: 2031,
  fingerprint: 'fp_model',
  allowRedisplay: 'limited',
  wallet: null,
};
