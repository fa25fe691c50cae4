import { afterEach, describe, expect, it } from 'vitest';
import { newMember } from '../../../main/services/cards/new-member.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { type CardBench, mia, noor, openCardBench, sha256 } from './card-bench.ts';
import { FakeCards } from './fake-cards.ts';

const tempFolder = tempFolders();
const never = new AbortController().signal;
let bench: CardBench;

afterEach(() => bench.close());

/** Mia's Customer is known here; then the studio gives it Noor's number on Stripe's own pages. */
async function movedToNoor(): Promise<FakeCards> {
  const stripe = new FakeCards();
  bench = openCardBench(tempFolder(), stripe);
  bench.addMia();
  await bench.desk.customers.ensure(bench.member.key, never);
  const [customer] = [...stripe.customers.values()];
  if (customer === undefined) throw new Error('no Customer was made');
  stripe.customers.set(customer.id, {
    ...customer,
    memberId: noor.memberId,
    phone: noor.phone,
  });
  return stripe;
}

describe('a Customer that the studio gave to another number', () => {
  it('identifies the member who has that number now', async () => {
    await movedToNoor();

    const identified = await bench.desk.session.identify(noor.memberId, '0002', never);

    expect(identified).toMatchObject({ kind: 'identified', member: { customerId: 'cus_0001' } });
  });

  it('is kept for the other member, and the former one gets a Customer of their own again', async () => {
    const stripe = await movedToNoor();
    const other = newMember(noor, sha256);
    bench.book.saveMember(other, 1);

    const taken = await bench.desk.customers.ensure(other.key, never);
    const anew = await bench.desk.customers.ensure(bench.member.key, never);

    expect(taken).toMatchObject({ kind: 'done', value: 'cus_0001' });
    expect(anew).toMatchObject({ kind: 'done', value: 'cus_0002' });
    expect([...stripe.customers.values()].map(({ memberId }) => memberId)).toEqual([
      noor.memberId,
      mia.memberId,
    ]);
  });
});
