import type { Ledger } from '../ledger.ts';
import { listPage } from './list-page.ts';

/** The objects an endpoint may return. */
export type ObjectName =
  | 'payment_intent'
  | 'charge'
  | 'payment_method'
  | 'customer'
  | 'setup_intent'
  | 'setup_attempt'
  | 'refund'
  | 'dispute'
  | 'event'
  | 'terminal.connection_token'
  | 'terminal.location'
  | 'terminal.reader';

/** A field that holds another object's id. */
export interface Reference {
  readonly to: ObjectName;
  /** The id is the field's own, or the holder's where the field is a list of what belongs to it. */
  readonly find: (ledger: Ledger, id: string) => object | undefined;
  readonly by?: 'holder';
}

/** A charge shows its ten newest refunds. */
const newestRefunds = { limit: 10, startingAfter: undefined, endingBefore: undefined };

const charge: Reference = { to: 'charge', find: (ledger, id) => ledger.charges.get(id) };
const customer: Reference = { to: 'customer', find: (ledger, id) => ledger.customers.get(id) };
const location: Reference = {
  to: 'terminal.location',
  find: (ledger, id) => ledger.locations.get(id),
};
const paymentIntent: Reference = {
  to: 'payment_intent',
  find: (ledger, id) => ledger.paymentIntents.get(id),
};
const paymentMethod: Reference = {
  to: 'payment_method',
  find: (ledger, id) => ledger.paymentMethods.get(id),
};

const refundsOfCharge: Reference = {
  to: 'refund',
  by: 'holder',
  find: (ledger, id) =>
    listPage(ledger.refunds, newestRefunds, {
      url: `/v1/charges/${id}/refunds`,
      noun: 'refund',
      matches: ({ charge: of }) => of === id,
    }),
};
const setupAttempt: Reference = {
  to: 'setup_attempt',
  find: (ledger, id) => ledger.setupAttempts.get(id),
};
const setupIntent: Reference = {
  to: 'setup_intent',
  find: (ledger, id) => ledger.setupIntents.get(id),
};

/** Which fields of which object may be expanded; a field inside others has dots. https://docs.stripe.com/expand */
export const references: Readonly<Record<ObjectName, ReadonlyMap<string, Reference>>> = {
  payment_intent: new Map([
    ['latest_charge', charge],
    ['customer', customer],
    ['payment_method', paymentMethod],
  ]),
  charge: new Map([
    ['customer', customer],
    ['payment_intent', paymentIntent],
    ['payment_method_details.card_present.generated_card', paymentMethod],
    ['refunds', refundsOfCharge],
  ]),
  payment_method: new Map([['customer', customer]]),
  customer: new Map([['invoice_settings.default_payment_method', paymentMethod]]),
  setup_intent: new Map([
    ['customer', customer],
    ['latest_attempt', setupAttempt],
    ['payment_method', paymentMethod],
  ]),
  setup_attempt: new Map([
    ['customer', customer],
    ['payment_method', paymentMethod],
    ['payment_method_details.card_present.generated_card', paymentMethod],
    ['setup_intent', setupIntent],
  ]),
  refund: new Map([
    ['charge', charge],
    ['customer', customer],
    ['payment_intent', paymentIntent],
    ['payment_method', paymentMethod],
  ]),
  dispute: new Map([
    ['charge', charge],
    ['payment_intent', paymentIntent],
  ]),
  event: new Map(),
  'terminal.connection_token': new Map(),
  'terminal.location': new Map(),
  'terminal.reader': new Map([['location', location]]),
};

/** Fields that Stripe expands and the model cannot, because it has no such object. */
export const unmodelledReferences: Readonly<Partial<Record<ObjectName, ReadonlySet<string>>>> = {
  payment_intent: new Set([
    'application',
    'on_behalf_of',
    'payment_record',
    'review',
    'source',
    'transfer_data',
  ]),
  charge: new Set([
    'application',
    'application_fee',
    'balance_transaction',
    'failure_balance_transaction',
    'on_behalf_of',
    'review',
    'source_transfer',
    'transfer',
  ]),
  setup_intent: new Set(['application', 'mandate', 'on_behalf_of', 'single_use_mandate']),
  setup_attempt: new Set(['application', 'on_behalf_of']),
  refund: new Set([
    'balance_transaction',
    'failure_balance_transaction',
    'source_transfer_reversal',
    'transfer_reversal',
  ]),
  'terminal.reader': new Set(['action']),
};
