import type { PlatformOrders } from '../services/platform-orders.ts';
import { done, type Handlers } from './router.ts';

type OrderHandlers = Pick<Handlers, 'order:open' | 'order:attach' | 'order:balance'>;

/** What can be said of a platform's order: by a scanner, by the person at the screen, or by a link. */
export function orderHandlers(
  orders: Pick<PlatformOrders, 'open' | 'attach' | 'useBalance'>,
): OrderHandlers {
  return {
    'order:open': ({ code }) => done(orders.open(code)),
    'order:attach': ({ saleId, code }) => done(orders.attach(saleId, code)),
    'order:balance': ({ saleId, use }) => done(orders.useBalance(saleId, use)),
  };
}
