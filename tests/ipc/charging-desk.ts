import { readerHandlers } from '../../main/ipc/reader-handlers.ts';
import { SdkReaderDriver } from '../../main/ipc/sdk-reader-driver.ts';
import { Checkout } from '../../main/services/checkout.ts';
import { countedIds } from '../support/fakes/counted-ids.ts';
import { openDesk } from '../support/fakes/desk.ts';
import { FakePayments } from '../support/fakes/fake-payments.ts';
import { attemptOf, facts, ourKiosk } from '../support/fakes/sales.ts';

const oneItem = {
  id: 'drop-in',
  name: 'Drop-in class',
  description: null,
  note: null,
  featured: false,
  price: 2_800,
  taxId: null,
  limit: 9,
};

/** A sale whose card is being charged, with the handlers the page speaks to. */
export function charging(folder: string) {
  const desk = openDesk(folder, new FakePayments());
  const checkout = new Checkout({
    ledger: desk.ledger,
    steps: desk.steps,
    clock: desk.clock,
    ids: countedIds(),
    kioskId: ourKiosk,
    catalogue: {
      currency: 'usd',
      taxes: [],
      categories: [{ id: 'all', name: 'All', items: [oneItem] }],
    },
    askBeforeCharging: false,
    maySell: () => true,
    onChange: () => undefined,
  });
  const handlers = readerHandlers({
    checkout,
    driver: new SdkReaderDriver(() => undefined),
    createConnectionToken: () => Promise.resolve(null),
    onChange: () => undefined,
  });
  const started = checkout.start([{ itemId: 'drop-in', quantity: 1 }]);
  if (started.kind !== 'started') throw new Error(started.why);
  const { id } = started.sale;
  const stored = () => {
    const sale = desk.ledger.findSale(id);
    if (sale === null) throw new Error('the sale is not stored');
    checkout.stepped(sale);
    return sale;
  };
  checkout.confirm(id);
  stored();
  const paymentIntent = facts({ saleId: id });
  desk.steps.apply(id, { kind: 'payment_intent_created', paymentIntent });
  const attemptId = attemptOf(stored()).id;
  const report = (commandId: string, what: { kind: 'collected' } | 'failed') =>
    handlers['reader:report']({
      ownerId: id,
      attemptId,
      commandId,
      report:
        what === 'failed'
          ? {
              kind: 'process_failed',
              code: 'network_timeout',
              declineCode: null,
              paymentIntentStatus: null,
            }
          : what,
    });
  void report(`${attemptId}/collect`, { kind: 'collected' });
  stored();
  return { desk, handlers, id, attemptId, stored, report };
}
