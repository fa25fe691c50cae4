import type { Sale } from '../../../main/domain/sale.ts';
import type { Started } from '../../../main/services/checkout.ts';
import type { OrderAnswer, PlatformOrders } from '../../../main/services/platform-orders.ts';
import type { SaleRun } from '../plan/sale-run.ts';
import type { ModelOrder, ModelOrders } from '../platforms/model-orders.ts';

export interface OrderHolderParts {
  readonly orders: () => PlatformOrders | null;
  readonly platform: ModelOrders;
  readonly note: (what: string) => void;
  /** Counted by name. */
  readonly onHappened: (what: string) => void;
}

/** A customer with the code of an order that was made elsewhere. */
export class OrderHolder {
  readonly #parts: OrderHolderParts;

  constructor(parts: OrderHolderParts) {
    this.#parts = parts;
  }

  /** Shows the code before anything is chosen; null for one who chooses first, or has no order. */
  opens(run: SaleRun): Started['kind'] | 'spent' | null {
    const order = this.#orderOf(run);
    const orders = this.#parts.orders();
    if (order === null || orders === null || order.plan.begins === 'attach') return null;
    const answer = orders.open(this.#parts.platform.codeOf(order));
    this.#told(run, order, answer);
    if (answer.kind === 'done') return 'started';
    return answer.why === 'spent' ? 'spent' : 'not_now';
  }

  /** At review: names the order of what was chosen, and says what of it the account pays. False when it is refused. */
  atReview(sale: Sale, run: SaleRun): boolean {
    const order = this.#orderOf(run);
    const orders = this.#parts.orders();
    if (order === null || orders === null) return true;
    if (order.plan.begins === 'attach') {
      const answer = orders.attach(sale.id, this.#parts.platform.codeOf(order));
      this.#told(run, order, answer);
      if (answer.kind === 'refused') return false;
    }
    if (order.plan.balance === 0 || run.due?.amount === order.total) return true;
    if (order.plan.usesBalance) {
      this.#parts.onHappened('balance_used');
      return true;
    }
    const answer = orders.useBalance(sale.id, false);
    if (answer.kind === 'done') {
      this.#parts.onHappened('balance_left');
      run.due = run.total;
    }
    return true;
  }

  #orderOf(run: SaleRun): ModelOrder | null {
    return this.#parts.platform.of(run.plan);
  }

  #told(run: SaleRun, order: ModelOrder, answer: OrderAnswer): void {
    const { platform, note, onHappened } = this.#parts;
    note(`order: ${order.id} ${answer.kind === 'done' ? 'opened' : answer.why}`);
    if (answer.kind === 'refused') {
      if (answer.why === 'spent') onHappened('order_spent');
      return;
    }
    if (run.plan.order?.index !== run.plan.index) onHappened('order_shown_again');
    if (run.total === null) return;
    const { amount, currency } = run.total;
    run.due = { amount: amount - platform.mostFromBalance(order), currency };
  }
}
