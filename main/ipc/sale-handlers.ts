import type { Checkout, Heard } from '../services/checkout.ts';
import type { Receipts } from '../services/receipts.ts';
import { done, type Handlers, refused } from './router.ts';

type SaleHandlers = Pick<
  Handlers,
  | 'sale:start'
  | 'sale:confirm'
  | 'sale:extend'
  | 'sale:cancel'
  | 'sale:dismiss'
  | 'payment:accept'
  | 'payment:retry'
  | 'receipt:email'
>;

/** What the customer can say. */
export function saleHandlers(checkout: Checkout, receipts: Receipts): SaleHandlers {
  return {
    'sale:start': ({ lines }) => {
      const started = checkout.start(lines);
      if (started.kind === 'started') return done({ saleId: started.sale.id });
      return refused(started.kind === 'refused' ? 'bad_request' : 'not_now');
    },
    'sale:confirm': ({ saleId }) => envelope(checkout.confirm(saleId)),
    'sale:extend': ({ saleId }) => envelope(checkout.extend(saleId)),
    'sale:cancel': ({ saleId }) => envelope(checkout.cancel(saleId)),
    'sale:dismiss': ({ saleId }) => envelope(checkout.dismiss(saleId)),
    'payment:accept': ({ saleId, attemptId }) => envelope(checkout.accept(saleId, attemptId)),
    'payment:retry': ({ saleId }) => envelope(checkout.retry(saleId)),
    'receipt:email': ({ saleId, email }) => {
      const asked = receipts.email(saleId, email);
      return asked.kind === 'queued' ? done({ state: 'queued' }) : refused('not_now');
    },
  };
}

/** A word that meant nothing now is refused, and nothing has changed. */
export function envelope(heard: Heard): ReturnType<Handlers['sale:confirm']> {
  return heard.kind === 'heard' ? done(null) : refused('not_now');
}
