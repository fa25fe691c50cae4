import { afterEach, describe, expect, it } from 'vitest';
import { refused } from '../../support/fakes/fake-payments.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { type CardBench, mia, openCardBench } from './card-bench.ts';
import { FakeCards } from './fake-cards.ts';

const tempFolder = tempFolders();
let bench: CardBench;

afterEach(() => bench.close());

describe('a member whose details are changed on two kiosks', () => {
  it('is brought to Stripe although the other kiosk has used the same key for other details', async () => {
    const stripe = new FakeCards();
    bench = openCardBench(tempFolder(), stripe);
    const customer = stripe.addCustomer(mia.memberId);
    stripe.next('updateCustomer', { answer: refused('idempotency_error'), carriedOut: false });

    bench.desk.members.save(mia);
    await bench.work();
    await bench.clock.advance(60_000);
    await bench.work();

    const { name, email, phone } = mia;
    expect(stripe.details.get(customer.id)).toEqual({ name, email, phone });
    expect(new Set(stripe.keysOf('updateCustomer')).size).toBe(2);
  });
});
