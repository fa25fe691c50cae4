import { expect, it } from 'vitest';
import { openDesk, storeLife } from '../support/fakes/desk.ts';
import { done, FakePayments, live } from '../support/fakes/fake-payments.ts';
import { aSale, facts } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();

/**
 * Stripe may forget a key after a day; a create repeated then makes a second PaymentIntent.
 * https://docs.stripe.com/api/idempotent_requests
 */
it('looks before it repeats a create whose key is older than 20 hours', async () => {
  const payments = new FakePayments({ lookUp: [done(facts())], create: [live()] });
  const desk = openDesk(tempFolder(), payments);
  const stored = desk.clock.nowMs() - 21 * 3_600_000;
  storeLife(desk.ledger, aSale(), [{ kind: 'confirmed' }, { kind: 'restarted' }], stored);
  desk.worker.start();
  await desk.clock.advance(5_000);
  await desk.close();

  expect(payments.sent[0]).toEqual({ call: 'lookUp', key: null });
});
