import { sum } from '../domain/money.ts';
import type { Sale } from '../domain/sale.ts';
import type { CartDisplay } from '../ports/readers-api.ts';

/** What is being bought, for a reader's display only: it charges what the PaymentIntent says. */
export function cartDisplay({ order }: Sale): CartDisplay {
  const added = order.taxes.filter((tax) => !tax.included).map((tax) => tax.amount);
  return {
    currency: order.total.currency,
    total: order.total.amount,
    tax: sum(added, order.total.currency).amount,
    lines: order.lines.map((line) => ({
      description: line.name,
      amount: line.total.amount,
      quantity: line.quantity,
    })),
  };
}
