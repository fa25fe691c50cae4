import type { PaymentsApi } from '../../ports/payments-api.ts';
import type { Companion } from '../platform-http/companion.ts';
import { refusedHere } from '../platform-http/refused-here.ts';
import { type ConnectedAccount, onAccount } from './connected-account.ts';

/** Stripe itself, on the account that each payment is on. */
export function companionPayments(companion: Companion, account: ConnectedAccount): PaymentsApi {
  const stripe = (): PaymentsApi => companion(account.of()).payments;
  return {
    create: async (request, key, signal) => {
      const on = account.of();
      return onAccount(await companion(on).payments.create(request, key, signal), on);
    },
    read: async (id, signal, about) => {
      const on = account.of(about);
      return onAccount(await companion(on).payments.read(id, signal), on);
    },
    lookUp: async (saleId, createdSinceMs, signal) => {
      const on = account.of();
      const answer = await companion(on).payments.lookUp(saleId, createdSinceMs, signal);
      if (answer.kind !== 'done' || answer.value === null || !('id' in answer.value)) return answer;
      return on === undefined ? answer : { ...answer, value: { ...answer.value, account: on } };
    },
    capture: (id, total, key, signal, about) =>
      companion(account.of(about)).payments.capture(id, total, key, signal),
    cancel: (id, key, signal, about) =>
      companion(account.of(about)).payments.cancel(id, key, signal),
    confirm: () => Promise.resolve(refusedHere('not_supported')),
    listPaymentIntents: (query, signal) => stripe().listPaymentIntents(query, signal),
    listEvents: (query, signal) => stripe().listEvents(query, signal),
    setReceiptEmail: (charge, email, key, signal) =>
      stripe().setReceiptEmail(charge, email, key, signal),
    createConnectionToken: (signal) => stripe().createConnectionToken(signal),
    probe: (signal) => stripe().probe(signal),
  };
}
