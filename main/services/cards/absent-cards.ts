import type { CardsApi } from '../../ports/cards-api.ts';
import type { Answer } from '../../ports/payments-api.ts';

const absent: Answer<never> = { kind: 'unanswered', code: 'no_cards' };
const ask = (): Promise<Answer<never>> => Promise.resolve(absent);

/** Stands where the system behind this kiosk has no Customers: work that a former run left waits, and nothing is lost. */
export const absentCards: CardsApi = {
  searchCustomers: ask,
  listCustomers: ask,
  createCustomer: ask,
  updateCustomer: ask,
  leftBehind: ask,
  readCard: ask,
  listCards: ask,
  attachCard: ask,
  detachCard: ask,
  createSetupIntent: ask,
  readSetupIntent: ask,
  cancelSetupIntent: ask,
};
