import type { PlatformStripe } from '../platform-stripe.ts';
import { unprocessable } from '../refused.ts';
import type { MarianaBehaviour } from './behaviour.ts';
import type { MarianaCart, MarianaLocation, MarianaShop, MarianaUser } from './shop.ts';

/** What each endpoint works with. */
export class MarianaParts {
  readonly shop: MarianaShop;
  readonly stripe: PlatformStripe;
  readonly behaviour: MarianaBehaviour;
  readonly publishableKey: string;

  constructor(parts: Pick<MarianaParts, 'shop' | 'stripe' | 'behaviour' | 'publishableKey'>) {
    this.shop = parts.shop;
    this.stripe = parts.stripe;
    this.behaviour = parts.behaviour;
    this.publishableKey = parts.publishableKey;
  }

  /** Refuses, by 422, a cart nobody made. */
  cart(id: string): MarianaCart {
    return found(this.shop.carts.get(id), '/cart');
  }

  user(id: string): MarianaUser {
    return found(this.shop.users.get(id), '/user');
  }

  location(id: string): MarianaLocation {
    return found(this.shop.locations.get(id), '/location');
  }

  locationOf(cart: MarianaCart): MarianaLocation {
    return this.location(cart.locationId);
  }

  /** An answer whose fields without a value are written as the behaviour has it. */
  answer(fields: Readonly<Record<string, string | number | null>>): object {
    const shown = Object.entries(fields).filter(
      ([, value]) => value !== null || this.behaviour.noValue === 'null',
    );
    return Object.fromEntries(shown);
  }
}

function found<Row>(row: Row | undefined, pointer: string): Row {
  if (row === undefined) throw unprocessable('does not exist', pointer);
  return row;
}
