/**
 * What the system behind a kiosk can do, declared by its back end. The sale's machine, the services and the screens
 * follow it; nothing else knows which system is at work.
 */
export interface Abilities {
  /** The system's name for staff, such as `Mariana Tek`. */
  readonly system: string;
  /** `keys`: a changing call carries a stored key, and may be repeated under it. `none`: it is sent once. */
  readonly idempotency: 'keys' | 'none';
  /** `required`: a sale pays an order that the platform made, and can't begin without its id. */
  readonly order: 'none' | 'required';
  /** Part of an order may be paid from the member's account at the platform. */
  readonly accountBalance: boolean;
  /** Who takes the held money and ends the PaymentIntent: this kiosk, or the platform by itself. */
  readonly settles: 'kiosk' | 'platform';
  /** What was paid is recorded at the platform afterwards, by this kiosk. */
  readonly recordsOrder: boolean;
  /** PaymentIntents can be listed: the account can be compared with the file. */
  readonly list: boolean;
  /** Events can be listed: what others do to the account becomes known by itself. */
  readonly events: boolean;
  readonly refunds: boolean;
  /** Stripe can be asked to send the receipt. */
  readonly receiptEmail: boolean;
  /** An order at the platform has a total of its own, which a tip would not fit. No screen offers a tip yet. */
  readonly tips: boolean;
  readonly cards: CardAbilities;
  /** `led`: main can lead readers. `listed`: they can be listed, registered, renamed and removed, and no more. */
  readonly readers: 'led' | 'listed' | 'none';
  /** `with_order`: the reader's SDK gets a connection token only for an order, so it connects at checkout. */
  readonly connectionToken: 'any_time' | 'with_order';
}

/** What of cards on file the system can do. */
export interface CardAbilities {
  /** Keeps the card of a payment, after its capture. */
  readonly keepWithSale: boolean;
  /** Keeps a card without a payment. */
  readonly keepAlone: boolean;
  /** Charges a card on file. */
  readonly charge: boolean;
  /** Takes a card off again. */
  readonly remove: boolean;
  /** The card's postal code is asked for when it is kept without a payment. */
  readonly postalCode: boolean;
}

const everyCardAbility: CardAbilities = {
  keepWithSale: true,
  keepAlone: true,
  charge: true,
  remove: true,
  postalCode: false,
};

/** Direct Stripe, with a key of the account. */
export const directAbilities: Abilities = {
  system: 'Stripe',
  idempotency: 'keys',
  order: 'none',
  accountBalance: false,
  settles: 'kiosk',
  recordsOrder: false,
  list: true,
  events: true,
  refunds: true,
  receiptEmail: true,
  tips: false,
  cards: everyCardAbility,
  readers: 'led',
  connectionToken: 'any_time',
};
