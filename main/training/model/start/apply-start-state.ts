import { checkAmount, parseCurrency } from '../currencies.ts';
import type { Ledger } from '../ledger.ts';
import { recordPresented } from '../moves/attach-presented.ts';
import { authorize } from '../moves/authorize.ts';
import { cancelPaymentIntent } from '../moves/cancel-payment-intent.ts';
import { capturePaymentIntent } from '../moves/capture-payment-intent.ts';
import { createCustomer } from '../moves/create-customer.ts';
import { createLocation } from '../moves/create-location.ts';
import { createPaymentIntent } from '../moves/create-payment-intent.ts';
import { registerReader } from '../moves/register-reader.ts';
import { findTestCard } from '../test-cards.ts';
import { StartStateError } from './start-state-error.ts';
import type { StartState } from './start-state.ts';

/**
 * Fills an empty ledger by the same moves a client would make, so that it cannot begin in a state
 * nothing leads to. Throws a StartStateError, which names the field, when the parts do not fit.
 */
export function applyStartState(ledger: Ledger, state: StartState): void {
  each('locations', state.locations, ({ id, display_name, address, metadata }) => {
    const order = { displayName: display_name, address, metadata: asChange(metadata) };
    createLocation(ledger, { ...order, phone: undefined }, id);
  });
  each('readers', state.readers, (reader) => {
    const order = {
      label: reader.label,
      location: reader.location ?? null,
      deviceType: reader.device_type,
      serialNumber: reader.serial_number,
      ipAddress: reader.ip_address,
      status: reader.status,
    };
    registerReader(ledger, order, reader.id);
  });
  each('customers', state.customers, ({ id, metadata, ...customer }) => {
    createCustomer(ledger, { ...customer, metadata: asChange(metadata) }, id);
  });
  each('payment_intents', state.payment_intents, (order) => {
    applyPaymentIntent(ledger, order);
  });
}

function applyPaymentIntent(ledger: Ledger, order: StartState['payment_intents'][number]): void {
  const currency = parseCurrency(order.currency);
  checkAmount(order.amount, currency);
  const { id } = createPaymentIntent(ledger, {
    amount: order.amount,
    currency,
    types: { allowed: ['card_present'], exact: undefined },
    captureMethod: order.capture_method,
    cardPresentOptions: {
      request_extended_authorization: false,
      request_incremental_authorization_support: false,
    },
    customer: order.customer,
    description: order.description,
    metadata: asChange(order.metadata),
    paymentMethod: undefined,
    confirm: undefined,
    receiptEmail: undefined,
    setupFutureUsage: undefined,
    statementDescriptor: undefined,
    statementDescriptorSuffix: undefined,
  });
  if (order.presented !== undefined) {
    present(ledger, id, order.presented);
  }
  if (order.then === 'captured') {
    capturePaymentIntent(ledger, id, {});
  }
  if (order.then === 'canceled') {
    cancelPaymentIntent(ledger, id, 'requested_by_customer');
  }
}

function present(ledger: Ledger, id: string, testPaymentMethod: string): void {
  const card = findTestCard(testPaymentMethod);
  if (card === undefined) {
    throw new Error(`"${testPaymentMethod}" is no test card: use a name such as visa.`);
  }
  authorize(ledger, id, {
    card,
    paymentMethod: recordPresented(ledger, card),
    tipAmount: null,
    allowRedisplay: null,
    reader: null,
    location: null,
  });
}

function asChange(
  metadata: Readonly<Record<string, string>> | undefined,
): ReadonlyMap<string, string> | undefined {
  return metadata === undefined ? undefined : new Map(Object.entries(metadata));
}

/** Applies each item; what goes wrong is told with the item's place in the file. */
function each<Item>(field: string, items: readonly Item[], apply: (item: Item) => void): void {
  for (const [index, item] of items.entries()) {
    try {
      apply(item);
    } catch (error) {
      throw new StartStateError(`${field}[${index}]`, error);
    }
  }
}
