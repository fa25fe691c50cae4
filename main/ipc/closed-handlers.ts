import type { Envelope } from '../../preload/contract/envelope.ts';
import { type Handlers, refused } from './router.ts';

type SellingHandlers = Omit<
  Handlers,
  'kiosk:attach' | 'window:report' | 'training:call' | 'catalogue:read'
>;

/** Of a kiosk that can't sell: everything to do with a sale is refused, and nothing changes. */
export function closedHandlers(): SellingHandlers {
  const closed = (): Envelope<never> => refused('closed');
  return {
    'sale:start': closed,
    'sale:confirm': closed,
    'sale:extend': closed,
    'sale:cancel': closed,
    'sale:dismiss': closed,
    'payment:accept': closed,
    'payment:retry': closed,
    'payment:capture': closed,
    'reader:report': closed,
    'reader:status': closed,
    'connection-token:create': closed,
    'receipt:email': closed,
  };
}
