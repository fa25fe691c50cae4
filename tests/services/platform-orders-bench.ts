import { type SaleId, saleId } from '../../main/domain/ids.ts';
import type { SaleEvent } from '../../main/domain/sale-event.ts';
import type { Sale } from '../../main/domain/sale.ts';
import type { Abilities } from '../../main/ports/abilities.ts';
import { Checkout } from '../../main/services/checkout.ts';
import { PlatformOrders } from '../../main/services/platform-orders.ts';
import { openDesk } from '../support/fakes/desk.ts';
import { FakePayments } from '../support/fakes/fake-payments.ts';
import { anOrder, ourKiosk } from '../support/fakes/sales.ts';

type Declared = Pick<
  Abilities,
  'order' | 'accountBalance' | 'idempotency' | 'settles' | 'recordsOrder'
>;

/** A platform that settles by itself, pays from the member's account, and knows no keys. */
export const platform: Declared = {
  order: 'required',
  accountBalance: true,
  idempotency: 'none',
  settles: 'platform',
  recordsOrder: false,
};

/** One whose money the kiosk takes. */
export const kioskSettles: Declared = { ...platform, settles: 'kiosk' };

interface Till {
  readonly abilities?: Declared;
  readonly currency?: string;
  readonly folder: string;
  readonly boot?: string;
}

/** A till of that system on a real file. */
export function till({
  abilities = platform,
  currency = 'usd',
  folder,
  boot = 'boot_0000000001',
}: Till) {
  const desk = openDesk(folder, new FakePayments(), boot);
  const ids = { next: (prefix: string) => nextId(prefix) };
  const checkout = new Checkout({
    ledger: desk.ledger,
    steps: desk.steps,
    clock: desk.clock,
    ids,
    kioskId: ourKiosk,
    catalogue: { currency, taxes: [], categories: [] },
    askBeforeCharging: false,
    abilities,
    maySell: () => true,
    onChange: () => undefined,
  });
  const orders = new PlatformOrders({
    ledger: desk.ledger,
    steps: desk.steps,
    checkout,
    abilities,
    currency,
  });
  /** The sale as it is on disk; the screen is told, as the kiosk does. */
  const stored = (id: SaleId): Sale => {
    const sale = desk.ledger.findSale(id);
    if (sale === null) throw new Error('the sale is not stored');
    checkout.stepped(sale);
    return sale;
  };
  return {
    desk,
    checkout,
    orders,
    stored,
    /** Opens a sale for this code, which must be taken. */
    opened: (code: string): SaleId => {
      const answer = orders.open(code);
      if (answer.kind === 'refused') throw new Error(`refused: ${answer.why}`);
      return saleId(answer.saleId);
    },
    /** Opens, confirms, leads through the events, and lets the customer go. */
    lived: (code: string, ...events: ((id: SaleId) => SaleEvent)[]): Sale => {
      const answer = orders.open(code);
      if (answer.kind === 'refused') throw new Error(`refused: ${answer.why}`);
      const id = saleId(answer.saleId);
      for (const eventOf of [(): SaleEvent => ({ kind: 'confirmed' }), ...events]) {
        const event = eventOf(id);
        if (desk.steps.apply(id, event) === null) throw new Error(`${event.kind} was ignored`);
        stored(id);
      }
      checkout.dismiss(id);
      return stored(id);
    },
    /** Chooses a class of 28.00 on the screen. */
    chosen: (): SaleId => {
      const started = checkout.startOrder(anOrder(2_800, currency));
      if (started.kind !== 'started') throw new Error(started.why);
      return started.sale.id;
    },
  };
}

let made = 0;

function nextId(prefix: string): string {
  made += 1;
  return `${prefix}_0mi1kqbas0${String(made).padStart(12, '0')}`;
}

/** A cart of 28.00, of which the member's account may pay 5.00. */
export const cart = 'foyer:order?id=cart-7&total=2800&balance=500&user=42&title=Ten+classes';
