import { json, type Script } from './scripted-server.ts';

/* Customers, cards, SetupIntents and Refunds as Stripe writes them. */

type Changes = Record<string, unknown>;

const newField = { a_field_stripe_added_yesterday: { odd: true } };

export function listOf(data: readonly unknown[], hasMore = false): Script {
  return json(200, { object: 'list', url: '/v1/anything', has_more: hasMore, data });
}

export function searchOf(data: readonly unknown[], nextPage: string | null = null): Script {
  const hasMore = nextPage !== null;
  return json(200, {
    object: 'search_result',
    url: '/v1/customers/search',
    has_more: hasMore,
    next_page: nextPage,
    data,
  });
}

export function customerJson(changes: Changes = {}): Changes {
  return {
    object: 'customer',
    id: 'cus_0001',
    name: 'Mara Okafor',
    email: 'mara@example.com',
    phone: null,
    created: 1_795_000_000,
    metadata: { member: 'M-17' },
    ...newField,
    ...changes,
  };
}

export function cardJson(changes: Changes = {}, card: Changes = {}): Changes {
  return {
    object: 'payment_method',
    id: 'pm_0001',
    type: 'card',
    customer: 'cus_0001',
    allow_redisplay: 'limited',
    card: {
      brand: 'visa',
      last4: '4242',
      exp_month: 12,
      exp_year: 2_031,
      fingerprint: 'fp_visa',
      wallet: null,
      generated_from: null,
      ...card,
    },
    ...newField,
    ...changes,
  };
}

export function attemptJson(cardPresent: Changes | null, changes: Changes = {}): Changes {
  return {
    object: 'setup_attempt',
    id: 'setatt_0001',
    status: 'succeeded',
    payment_method_details: { type: 'card_present', card_present: cardPresent },
    payment_method: { object: 'payment_method', id: 'pm_tap', card_present: { wallet: null } },
    ...changes,
  };
}

export function setupIntentJson(changes: Changes = {}): Changes {
  return {
    object: 'setup_intent',
    id: 'seti_0001',
    status: 'requires_payment_method',
    client_secret: 'seti_0001_secret_abcdefghijkl',
    customer: 'cus_0001',
    last_setup_error: null,
    latest_attempt: null,
    metadata: { setup: 'setup_0000000001', kiosk: 'kiosk_0000000001' },
    ...newField,
    ...changes,
  };
}

export function refundJson(changes: Changes = {}): Changes {
  return {
    object: 'refund',
    id: 're_0001',
    status: 'succeeded',
    amount: 1_200,
    currency: 'usd',
    payment_intent: 'pi_0001',
    charge: 'ch_0001',
    created: 1_795_000_000,
    metadata: {
      refund: 'refund_0000000001',
      sale: 'sale_0000000001',
      kiosk: 'kiosk_0000000001',
    },
    ...newField,
    ...changes,
  };
}
