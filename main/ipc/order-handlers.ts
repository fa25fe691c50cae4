import type { OrderAnswer, PlatformOrders } from '../services/platform-orders.ts';
import { done, type Handlers, refused } from './router.ts';

type OrderHandlers = Pick<Handlers, 'order:open' | 'order:attach' | 'order:balance'>;

/** What can be said of a platform's order: by a scanner, by the person at the screen, or by a link. */
export function orderHandlers(
  orders: Pick<PlatformOrders, 'open' | 'attach' | 'useBalance'>,
): OrderHandlers {
  return {
    'order:open': ({ code }) => envelope(orders.open(code)),
    'order:attach': ({ saleId, code }) => envelope(orders.attach(saleId, code)),
    'order:balance': ({ saleId, use }) => envelope(orders.useBalance(saleId, use)),
  };
}

/** A word about a sale that is not at review any more is refused, as any such word is; the rest is for the screen. */
function envelope(answer: OrderAnswer): ReturnType<OrderHandlers['order:open']> {
  return answer.kind === 'refused' && answer.why === 'not_now' ? refused('not_now') : done(answer);
}
