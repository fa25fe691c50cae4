import type { Abilities } from '../../ports/abilities.ts';

/**
 * A payments portal and its companion key: the portal makes a PaymentIntent, takes its money and keeps its card; all
 * else is asked of Stripe itself.
 */
export const portalAbilities: Abilities = {
  system: 'Payments portal',
  idempotency: 'none',
  order: 'none',
  accountBalance: false,
  settles: 'kiosk',
  recordsOrder: false,
  list: true,
  events: true,
  refunds: true,
  receiptEmail: true,
  tips: false,
  cards: {
    keepWithSale: true,
    keepAlone: false,
    charge: false,
    remove: true,
    postalCode: false,
  },
  readers: 'led',
  connectionToken: 'any_time',
};
