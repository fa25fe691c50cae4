import type { Abilities } from '../../ports/abilities.ts';

/** `maker`: Commerce Layer makes the PaymentIntent of an order. `recorder`: this kiosk does, and records it there. */
export type CommerceLayerRole = 'maker' | 'recorder';

/** Commerce Layer and its companion key. A recorder's PaymentIntents are direct Stripe's, and have its stored keys. */
export function commerceLayerAbilities(role: CommerceLayerRole): Abilities {
  return {
    system: 'Commerce Layer',
    idempotency: role === 'maker' ? 'none' : 'keys',
    order: 'required',
    accountBalance: false,
    settles: 'kiosk',
    recordsOrder: role === 'recorder',
    list: true,
    events: true,
    refunds: true,
    receiptEmail: true,
    tips: false,
    cards: {
      keepWithSale: false,
      keepAlone: false,
      charge: false,
      remove: false,
      postalCode: false,
    },
    readers: 'led',
    connectionToken: 'any_time',
  };
}
