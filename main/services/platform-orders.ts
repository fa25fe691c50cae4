import { DamagedSale } from '../domain/damaged-sale.ts';
import { type OrderCode, parseOrderCode } from '../domain/order-code.ts';
import { largestAmount, type Order } from '../domain/order.ts';
import { exponentOf, type Money, money, stepOf } from '../domain/money.ts';
import { type PlatformOrder, withBalance } from '../domain/platform-order.ts';
import type { Sale } from '../domain/sale.ts';
import type { Abilities } from '../ports/abilities.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Checkout } from './checkout.ts';
import type { SaleSteps } from './sale-steps.ts';

/** Why an order can't be paid here now; the screen has a sentence for each. */
export type OrderRefusal =
  'not_a_code' | 'no_orders_here' | 'no_total' | 'other_total' | 'spent' | 'not_now';

export type OrderAnswer =
  | { readonly kind: 'done'; readonly saleId: string }
  | { readonly kind: 'refused'; readonly why: OrderRefusal };

export interface PlatformOrdersOptions {
  readonly ledger: Pick<Ledger, 'salesOfPlatformOrder' | 'historyOf'>;
  readonly steps: SaleSteps;
  readonly checkout: Checkout;
  readonly abilities: Pick<Abilities, 'order' | 'accountBalance' | 'idempotency'>;
  /** Of the catalogue: an order's code holds plain numbers. */
  readonly currency: string;
}

/** Orders that a platform made: how they come to the sale that pays them. Each is paid once, or not at all. */
export class PlatformOrders {
  readonly #options: PlatformOrdersOptions;

  constructor(options: PlatformOrdersOptions) {
    this.#options = options;
  }

  /** Opens a sale for the order of this code. On return it is on disk at review. */
  open(text: string): OrderAnswer {
    const { checkout, currency } = this.#options;
    const read = this.#read(text);
    if ('why' in read) return read;
    if (read.total === null) return refused('no_total');
    const order = orderOf(read, read.total, currency);
    if (order === null) return refused('not_a_code');
    const started = checkout.startOrder(order, this.#balanced(read.order, order.total));
    return started.kind === 'started'
      ? { kind: 'done', saleId: started.sale.id }
      : refused('not_now');
  }

  /**
   * As linked: for the sale at review where there is one, else a sale of its own. Any program of this computer may open
   * a link, so none takes the place of the order that the customer sees: they would pay somebody else's.
   */
  openOrAttach(text: string): OrderAnswer {
    const { sale } = this.#options.checkout;
    if (sale?.state !== 'open') return this.open(text);
    return sale.platformOrder === undefined ? this.attach(sale.id, text) : refused('not_now');
  }

  /** Names the order of the sale at review. Refuses one that costs something else than what was chosen. */
  attach(saleId: string, text: string): OrderAnswer {
    const sale = this.#atReview(saleId);
    if (sale === null) return refused('not_now');
    const read = this.#read(text);
    if ('why' in read) return read;
    const { total } = sale.order;
    if (read.total !== null && read.total !== total.amount) return refused('other_total');
    return this.#set(sale, this.#balanced(read.order, total));
  }

  /** Pays as much as can be of the order from the member's account, or nothing of it. */
  useBalance(saleId: string, use: boolean): OrderAnswer {
    const sale = this.#atReview(saleId);
    const order = sale?.platformOrder;
    if (sale === null || order === undefined) return refused('not_now');
    return this.#set(sale, withBalance(order, use ? order.balance : 0, sale.order.total));
  }

  #read(text: string): OrderCode | ReturnType<typeof refused> {
    const { abilities } = this.#options;
    if (abilities.order === 'none') return refused('no_orders_here');
    const code = parseOrderCode(text);
    if (code === null) return refused('not_a_code');
    return this.#isSpent(code.order.id) ? refused('spent') : code;
  }

  /**
   * True once a sale of this order may have been paid, or have made a PaymentIntent that can't be shown to be gone:
   * another would be a second for the same order (P1). A damaged record shows nothing.
   */
  #isSpent(id: string): boolean {
    try {
      const sales = this.#options.ledger.salesOfPlatformOrder(id);
      return !sales.every((sale) => this.#leftNothing(sale));
    } catch (error) {
      if (error instanceof DamagedSale) return true;
      throw error;
    }
  }

  #leftNothing(sale: Sale): boolean {
    const { state, paymentIntent, ordinals, settledBy } = sale;
    if (state === 'open') return true;
    // Whatever waits for staff, a sale at review that a backup brought back among it, may have been paid since.
    if (state !== 'canceled') return false;
    if (ordinals.create === 0) return true;
    // What is settled by its platform gets one PaymentIntent for each order, whoever canceled it.
    if (paymentIntent !== null) {
      return paymentIntent.status === 'canceled' && settledBy === undefined;
    }
    return this.#options.abilities.idempotency === 'keys' || this.#wasCreateRefused(sale);
  }

  /** True where a refusal of the one create ended the sale, whoever had wanted to end it before that. */
  #wasCreateRefused({ id }: Sale): boolean {
    const { entries } = this.#options.ledger.historyOf(id);
    return entries.some(
      ({ event, state }) =>
        event.kind === 'step_refused' && event.step === 'create' && state === 'canceled',
    );
  }

  #balanced(order: PlatformOrder, total: Money): PlatformOrder {
    if (!this.#options.abilities.accountBalance) return { ...order, balance: 0, fromBalance: 0 };
    return withBalance(order, order.balance, total);
  }

  #atReview(saleId: string): Sale | null {
    const { sale } = this.#options.checkout;
    return sale?.id === saleId && sale.state === 'open' ? sale : null;
  }

  #set(sale: Sale, platformOrder: PlatformOrder): OrderAnswer {
    const { steps } = this.#options;
    const stepped = steps.apply(sale.id, { kind: 'platform_order_set', platformOrder });
    return stepped === null ? refused('not_now') : { kind: 'done', saleId: sale.id };
  }
}

/** One line; null for a total that no card can pay. */
function orderOf({ order, title }: OrderCode, amount: number, currency: string): Order | null {
  if (exponentOf(currency) === null || amount > largestAmount) return null;
  if (amount % stepOf(currency) !== 0) return null;
  const total = money(amount, currency);
  const name = title ?? `Order ${order.id}`;
  const line = { itemId: 'platform-order', name, quantity: 1, unitPrice: total, total };
  return { lines: [line], subtotal: total, taxes: [], total };
}

function refused(why: OrderRefusal): Extract<OrderAnswer, { kind: 'refused' }> {
  return { kind: 'refused', why };
}
