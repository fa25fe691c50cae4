import type { Abilities } from '../../ports/abilities.ts';

/**
 * Mariana Tek makes the PaymentIntent of a cart and takes its money by itself. It documents nothing that reads, ends,
 * lists or gives back a payment, and only keeps cards that pay nothing at that moment.
 */
export const marianaAbilities: Abilities = {
  system: 'Mariana Tek',
  idempotency: 'none',
  order: 'required',
  accountBalance: true,
  settles: 'platform',
  recordsOrder: false,
  list: false,
  events: false,
  refunds: false,
  receiptEmail: false,
  tips: false,
  cards: {
    keepWithSale: false,
    keepAlone: true,
    charge: false,
    remove: false,
    postalCode: true,
  },
  readers: 'listed',
  connectionToken: 'with_order',
};
