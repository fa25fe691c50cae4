/** What stands in a Mariana Tek cart. Amounts in minor units. */
export interface MarianaCart {
  readonly id: string;
  readonly total: number;
  readonly userId: string;
  /** The Mariana location that fulfils it. */
  readonly locationId: string;
  status: 'Open' | 'Submitted' | 'Failed';
  orderId: string | null;
  error: string | null;
  /** Every PaymentIntent that was ever made for it, with the balance that goes with it. */
  readonly payments: { readonly id: string; readonly fromBalance: number }[];
  /** How many status polls saw its charge. */
  pollsSeen: number;
}

export interface MarianaUser {
  readonly id: string;
  /** What stands on the account, in minor units. */
  balance: number;
  stripeCustomer: string | null;
  /** Those that were made for this user. */
  readonly setupIntents: string[];
}

export interface MarianaLocation {
  readonly id: string;
  readonly partnerId: string;
  readonly stripeLocation: string;
  readonly currency: string;
}

export interface MarianaBankcard {
  readonly id: number;
  readonly userId: string;
  readonly partnerId: string;
  readonly name: string | null;
  /** As it was sent. */
  readonly paymentMethod: string;
  /** What can be charged. */
  readonly card: string;
  readonly postalCode: string;
}

/** A cart to begin with; what is left out has a default. */
export interface CartSeed {
  readonly id?: string;
  /** Minor units. */
  readonly total: number;
  readonly userId?: string;
  readonly locationId?: string;
}

/** The shop behind the API: what a studio made with Mariana Tek's own screens. */
export class MarianaShop {
  readonly carts = new Map<string, MarianaCart>();
  readonly users = new Map<string, MarianaUser>();
  readonly locations = new Map<string, MarianaLocation>();
  readonly bankcards: MarianaBankcard[] = [];
  #lastId = 5000;

  newId(): string {
    this.#lastId += 1;
    return String(this.#lastId);
  }

  seedUser(id: string, balance = 0): MarianaUser {
    const user = { id, balance, stripeCustomer: null, setupIntents: [] };
    this.users.set(id, user);
    return user;
  }

  seedLocation(location: MarianaLocation): void {
    this.locations.set(location.id, location);
  }

  /** Refuses, by throwing, a user or location that is not there: a mistake of the test. */
  seedCart({ id = this.newId(), total, userId, locationId }: CartSeed): MarianaCart {
    const user = userId ?? [...this.users.keys()][0];
    const location = locationId ?? [...this.locations.keys()][0];
    if (user === undefined || !this.users.has(user)) throw new Error('No such user to seed for');
    if (location === undefined || !this.locations.has(location)) {
      throw new Error('No such location to seed for');
    }
    const cart: MarianaCart = {
      id,
      total,
      userId: user,
      locationId: location,
      status: 'Open',
      orderId: null,
      error: null,
      payments: [],
      pollsSeen: 0,
    };
    this.carts.set(id, cart);
    return cart;
  }
}
