import { afterEach, expect, it } from 'vitest';
import { uncertain } from '../../support/fakes/fake-payments.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { type BenchOptions, type CardBench, mia, openCardBench } from './card-bench.ts';
import { FakeCards } from './fake-cards.ts';

const tempFolder = tempFolders();
const opened: CardBench[] = [];
const { signal } = new AbortController();

afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close();
});

function kiosk(stripe: FakeCards, options: BenchOptions = {}): CardBench {
  const bench = openCardBench(tempFolder(), stripe, options);
  opened.push(bench);
  return bench;
}

it('makes one Customer for a member whom two kiosks meet at the same moment', async () => {
  const stripe = new FakeCards();
  const front = kiosk(stripe);
  const back = kiosk(stripe);
  front.addMia();
  back.addMia();

  const [first, second] = await Promise.all([
    front.desk.customers.ensure(front.member.key, signal),
    back.desk.customers.ensure(back.member.key, signal),
  ]);

  expect(first).toMatchObject({ kind: 'done', value: 'cus_0001' });
  expect(second).toMatchObject({ kind: 'done', value: 'cus_0001' });
  expect(stripe.customers.size).toBe(1);
});

it('asks once for whoever asks meanwhile', async () => {
  const stripe = new FakeCards();
  const { desk, addMia } = kiosk(stripe);
  const { key } = addMia();

  await Promise.all([desk.customers.ensure(key, signal), desk.customers.ensure(key, signal)]);

  expect(stripe.count('createCustomer')).toBe(1);
});

it('finds the Customer whose making was not answered, although no search shows it yet', async () => {
  const stripe = new FakeCards();
  stripe.next('createCustomer', 'unheard');
  const { desk, book, addMia } = kiosk(stripe);
  const { key } = addMia();

  const lost = await desk.customers.ensure(key, signal);
  const found = await desk.customers.ensure(key, signal);

  expect(lost.kind).toBe('unanswered');
  expect(found).toMatchObject({ kind: 'done', value: 'cus_0001' });
  expect(stripe.count('createCustomer')).toBe(1);
  expect(book.findMember(key)?.customerId).toBe('cus_0001');
});

it('repeats a request that never arrived under the same key', async () => {
  const stripe = new FakeCards();
  stripe.next('createCustomer', 'lost');
  const { desk, addMia } = kiosk(stripe);
  const { key } = addMia();

  await desk.customers.ensure(key, signal);
  await desk.customers.ensure(key, signal);

  const name = `foyer_${key}_create_customer_1`;
  expect(stripe.keysOf('createCustomer')).toEqual([name, name]);
  expect(stripe.customers.size).toBe(1);
});

it('takes a new key only after a whole look has found nothing behind a server error', async () => {
  const stripe = new FakeCards();
  stripe.next('createCustomer', { answer: uncertain, carriedOut: false });
  const { desk, addMia } = kiosk(stripe);
  const { key } = addMia();

  const stumbled = await desk.customers.ensure(key, signal);
  const made = await desk.customers.ensure(key, signal);

  expect(stumbled.kind).toBe('uncertain');
  expect(made).toMatchObject({ kind: 'done', value: 'cus_0001' });
  expect(stripe.keysOf('createCustomer')).toEqual([
    `foyer_${key}_create_customer_1`,
    `foyer_${key}_create_customer_2`,
  ]);
});

it('keeps the key while the look behind a server error could not be finished', async () => {
  const stripe = new FakeCards();
  stripe.next('createCustomer', { answer: uncertain, carriedOut: false });
  const { desk, book, addMia } = kiosk(stripe);
  const { key } = addMia();
  stripe.meanwhile.set('createCustomer', () => {
    stripe.next('listCustomers', 'lost');
  });

  await desk.customers.ensure(key, signal);

  expect(book.findMember(key)?.customerOrdinal).toBe(1);
});

it('takes the Customer that a server error had made all the same', async () => {
  const stripe = new FakeCards();
  stripe.next('createCustomer', { answer: uncertain, carriedOut: true });
  const { desk, addMia } = kiosk(stripe);
  const { key } = addMia();

  const found = await desk.customers.ensure(key, signal);

  expect(found).toMatchObject({ kind: 'done', value: 'cus_0001' });
  expect(stripe.customers.size).toBe(1);
});

it('takes the oldest of several, and tells of them', async () => {
  const stripe = new FakeCards();
  const old = stripe.addCustomer('1001', { createdAtMs: stripe.nowMs - 90 * 86_400_000 });
  stripe.searchable.add(old.id);
  stripe.addCustomer('1001');
  stripe.addCustomer('1002');
  const { desk, lines, addMia } = kiosk(stripe);
  const { key } = addMia();

  const found = await desk.customers.ensure(key, signal);

  expect(found).toMatchObject({ value: old.id });
  expect(lines).toContainEqual(
    expect.objectContaining({ event: 'customer.several', fields: { owner: key, count: 2 } }),
  );
});

it('looks through every page of the list', async () => {
  const stripe = new FakeCards();
  const hers = stripe.addCustomer('1001');
  for (const other of ['2', '3', '4', '5']) stripe.addCustomer(other);
  const { desk, addMia } = kiosk(stripe);
  const { key } = addMia();

  const found = await desk.customers.ensure(key, signal);

  expect(found).toMatchObject({ value: hers.id });
});

it('makes no Customer while the list can’t be read to its end', async () => {
  const stripe = new FakeCards();
  stripe.next('listCustomers', 'lost');
  const { desk, addMia } = kiosk(stripe);
  const { key } = addMia();

  const answer = await desk.customers.ensure(key, signal);

  expect(answer.kind).toBe('unanswered');
  expect(stripe.count('createCustomer')).toBe(0);
});

it('makes no Customer while nobody knows what time it is', async () => {
  const stripe = new FakeCards();
  const { desk, addMia } = kiosk(stripe, { isTimeKnown: false });
  const { key } = addMia();

  const answer = await desk.customers.ensure(key, signal);

  expect(answer).toMatchObject({ kind: 'unanswered', code: 'time_unknown' });
});

it('asks Stripe for a member this kiosk does not know, and takes their details over', async () => {
  const stripe = new FakeCards();
  const { name, email, phone } = mia;
  stripe.addCustomer('1001', { name, email, phone });
  const { desk, book, member } = kiosk(stripe);

  const found = await desk.customers.find('1001', signal);

  expect(found).toMatchObject({ kind: 'done', value: { ...mia, customerId: 'cus_0001' } });
  expect(book.findMember(member.key)).toMatchObject(mia);
});

it('makes nobody who only was asked for', async () => {
  const stripe = new FakeCards();
  const { desk } = kiosk(stripe);

  const found = await desk.customers.find('9999', signal);

  expect(found).toMatchObject({ kind: 'done', value: null });
  expect(stripe.customers.size).toBe(0);
});

it('brings the name of a new Customer by the outbox', async () => {
  const stripe = new FakeCards();
  const { desk, work, addMia } = kiosk(stripe);
  const { key } = addMia();

  await desk.customers.ensure(key, signal);
  await work();

  const { name, email, phone } = mia;
  expect([...stripe.details.values()]).toEqual([{ name, email, phone }]);
});

it('finds or makes another Customer when Stripe has deleted the one that was known', async () => {
  const stripe = new FakeCards();
  const bench = kiosk(stripe);
  const { key } = bench.addMia();
  await bench.desk.customers.ensure(key, signal);
  await bench.work();
  stripe.customers.clear();
  stripe.addCustomer('somebody else');

  bench.desk.members.save({ ...mia, name: 'Mia Sample-Jones' });
  await bench.work();
  await bench.clock.advance(30_000);
  await bench.work();

  const now = bench.book.findMember(key)?.customerId;
  expect([...stripe.customers.values()].find(({ id }) => id === now)?.memberId).toBe('1001');
});
