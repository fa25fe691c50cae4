import type { PlatformStatus } from '../../main/domain/platform-order.ts';
import type { SaleEvent } from '../../main/domain/sale-event.ts';
import type { Sale } from '../../main/domain/sale.ts';
import type { Answer, LookedUp } from '../../main/ports/payments-api.ts';
import { OutboxWorker } from '../../main/services/outbox-worker.ts';
import { ServerTime } from '../../main/services/server-time.ts';
import { type SaleCards, StripeWork } from '../../main/services/stripe-work.ts';
import { openDesk, storeLife } from '../support/fakes/desk.ts';
import { done, type FakePayments } from '../support/fakes/fake-payments.ts';
import { keptLog } from '../support/fakes/kept-log.ts';
import { aSale } from '../support/fakes/sales.ts';

/** A sale of a platform's cart, which the platform settles by itself. */
export const cartSale: Sale = {
  ...aSale(),
  settledBy: 'platform',
  platformOrder: { id: 'cart-7', fromBalance: 0, balance: 0, userId: null, partnerId: null },
};

/** A whole day, and what was lost is still not asked for again. */
export const dayMs = 24 * 3_600_000;

interface Till {
  readonly folder: string;
  readonly boot?: string;
  readonly cards?: SaleCards;
}

/** The desk of the other tests with a worker of its own, for a system without keys. */
export function openTill(payments: FakePayments, { folder, boot, cards }: Till) {
  const desk = openDesk(folder, payments, boot);
  const { ledger, clock, steps, clientSecrets, reach } = desk;
  const { log } = keptLog();
  const work = new StripeWork({
    ledger,
    clock: new ServerTime(clock),
    payments,
    steps,
    clientSecrets,
    reach,
    orderHash: () => 'hash',
    cards: cards ?? null,
    abilities: { idempotency: 'none' },
    onSettled: () => undefined,
  });
  const worker = new OutboxWorker({
    ledger,
    clock,
    log,
    carryOut: (row, signal) => work.carryOut(row, signal),
    onFileFault: () => undefined,
    onDamaged: () => undefined,
  });
  return {
    ...desk,
    worker,
    /** Lives through the events, then lets the worker work for a day. */
    dayAfter: async (sale: Sale, ...events: SaleEvent[]): Promise<Sale> => {
      storeLife(ledger, sale, [{ kind: 'confirmed' }, ...events]);
      worker.start();
      await clock.advance(dayMs);
      return desk.stored();
    },
    close: async (): Promise<void> => {
      await worker.close();
      await desk.close();
    },
  };
}

/** How many requests of this kind left. */
export function calls({ sent }: FakePayments, call = 'create'): number {
  return sent.filter((one) => one.call === call).length;
}

/** A look that shows only where the platform's order stands. */
export function says(status: PlatformStatus): Answer<LookedUp> {
  return done({ platform: { status, orderId: null, error: null } });
}
