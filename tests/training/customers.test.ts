import { expect, test } from 'vitest';

import { eventsOf, keepCard } from './support/cards-on-file.ts';
import { rejection } from './support/pay.ts';
import { openTraining, type Training } from './support/training.ts';

function search(training: Training, query: string): Promise<string[]> {
  return training.stripe.customers.search({ query }).then(({ data }) => data.map(({ id }) => id));
}

test('a customer is listed by e-mail at once, newest first', async () => {
  await using training = await openTraining();
  const first = await training.stripe.customers.create({ email: 'ada@example.com' });
  const second = await training.stripe.customers.create({ email: 'ada@example.com' });
  await training.stripe.customers.create({ email: 'bob@example.com' });

  const all = await training.stripe.customers.list({ email: 'ada@example.com' });
  const page = await training.stripe.customers.list({ limit: 1, starting_after: second.id });
  const upperCase = await training.stripe.customers.list({ email: 'ADA@example.com' });

  expect(all.data.map(({ id }) => id)).toEqual([second.id, first.id]);
  expect(page).toMatchObject({ has_more: false, data: [{ id: first.id }] });
  expect(upperCase.data).toEqual([]);
});

test('customers are listed by the time they were made', async () => {
  await using training = await openTraining();
  await training.stripe.customers.create({});
  training.clock.advance(10_000);
  const late = await training.stripe.customers.create({});

  const { data } = await training.stripe.customers.list({ created: { gte: late.created } });

  expect(data.map(({ id }) => id)).toEqual([late.id]);
});

test('the search finds a new customer by the member’s number only after its delay', async () => {
  await using training = await openTraining();
  const { id } = await training.stripe.customers.create({ metadata: { member: 'M-17' } });
  const query = "metadata['member']:'M-17'";

  const atOnce = await search(training, query);
  training.clock.advance(59_999);
  const almost = await search(training, query);
  training.clock.advance(1);
  const later = await search(training, query);

  expect([atOnce, almost, later]).toEqual([[], [], [id]]);
});

test('the search goes on finding a changed customer by what it was until it has caught up', async () => {
  await using training = await openTraining({ account: { searchDelayMs: 5000 } });
  const { id } = await training.stripe.customers.create({ email: 'old@example.com' });
  training.clock.advance(5000);
  await training.stripe.customers.update(id, { email: 'new@example.com' });

  const early = [
    await search(training, "email:'old@example.com'"),
    await search(training, "email:'new@example.com'"),
  ];
  training.clock.advance(5000);
  const late = [
    await search(training, "email:'old@example.com'"),
    await search(training, "email:'new@example.com'"),
  ];

  expect(early).toEqual([[id], []]);
  expect(late).toEqual([[], [id]]);
});

test('a change to a customer the search has not heard of does not make it known sooner', async () => {
  await using training = await openTraining();
  const { id } = await training.stripe.customers.create({ email: 'ada@example.com' });
  training.clock.advance(30_000);
  await training.stripe.customers.update(id, { name: 'Ada' });

  const early = await search(training, "email:'ada@example.com'");
  training.clock.advance(60_000);

  expect(early).toEqual([]);
  expect(await search(training, "email:'ada@example.com'")).toEqual([id]);
});

test.each([
  ["metadata['member']:'M-1'", ['Ada']],
  ["metadata['member']:'m-1'", ['Ada']],
  ["metadata['member']:'M'", []],
  ["-metadata['member']:null", ['Bob', 'Ada']],
  ["metadata['member']:null", ['Cleo']],
  ['email:"bob@example.com"', ['Bob']],
  ["email~'example'", ['Bob', 'Ada']],
  ["name:'Ada' OR name:'Cleo'", ['Cleo', 'Ada']],
  ["metadata['member']:'M-1' AND email:'bob@example.com'", []],
  ["metadata['member']:'M-1' email:'ada@example.com'", ['Ada']],
  ["name:'O\\'Neil'", []],
  ['created>0', ['Cleo', 'Bob', 'Ada']],
  ['created<1', []],
])('the search %s finds %j', async (query, names) => {
  await using training = await openTraining({ account: { searchDelayMs: 0 } });
  const { customers } = training.stripe;
  await customers.create({ name: 'Ada', email: 'ada@example.com', metadata: { member: 'M-1' } });
  await customers.create({ name: 'Bob', email: 'bob@example.com', metadata: { member: 'M-2' } });
  await customers.create({ name: 'Cleo' });

  const found = await customers.search({ query });

  expect(found).toMatchObject({ object: 'search_result', has_more: false, next_page: null });
  expect(found.data.map(({ name }) => name)).toEqual(names);
});

test('a search is read page by page', async () => {
  await using training = await openTraining({ account: { searchDelayMs: 0 } });
  for (const name of ['a', 'b', 'c']) {
    await training.stripe.customers.create({ name, metadata: { studio: '1' } });
  }
  const query = "metadata['studio']:'1'";

  const first = await training.stripe.customers.search({ query, limit: 2 });
  const second = await training.stripe.customers.search({
    query,
    limit: 2,
    page: first.next_page!,
  });

  expect(first.data.map(({ name }) => name)).toEqual(['c', 'b']);
  expect(second).toMatchObject({ has_more: false, next_page: null, data: [{ name: 'a' }] });
});

test.each([
  ['member is M-1', 'query'],
  ["metadata['a']:'1' AND name:'x' OR name:'y'", 'query'],
  ["shoe_size:'41'", 'query'],
  ["metadata['a']~'1'", 'query'],
  ["name>'a'", 'query'],
  ["created~'1'", 'query'],
])('the search %s is refused', async (query, param) => {
  await using training = await openTraining();

  const error = await rejection(training.stripe.customers.search({ query }));

  expect(error).toMatchObject({ statusCode: 400, param });
});

test('a customer’s name, e-mail, phone and metadata are changed and cleared', async () => {
  await using training = await openTraining();
  const { id } = await training.stripe.customers.create({
    name: 'Ada',
    email: 'ada@example.com',
    metadata: { member: 'M-1', tier: 'gold' },
  });

  const updated = await training.stripe.customers.update(id, {
    name: 'Ada L.',
    email: '',
    phone: '+1555',
    metadata: { tier: '' },
  });

  expect(updated).toMatchObject({ name: 'Ada L.', email: null, phone: '+1555' });
  expect(updated.metadata).toEqual({ member: 'M-1' });
  expect(await eventsOf(training, 'customer.')).toEqual(['customer.created', 'customer.updated']);
});

test('a card becomes the default of the customer it is attached to and of no other', async () => {
  await using training = await openTraining();
  const ada = await training.stripe.customers.create({});
  const bob = await training.stripe.customers.create({});
  const card = await keepCard(training, ada.id);
  const change = { invoice_settings: { default_payment_method: card } };

  const updated = await training.stripe.customers.update(ada.id, change);
  const refused = await rejection(training.stripe.customers.update(bob.id, change));

  expect(updated.invoice_settings.default_payment_method).toBe(card);
  expect(refused).toMatchObject({
    statusCode: 400,
    code: 'resource_missing',
    param: 'invoice_settings[default_payment_method]',
  });
});

test('more than 50 metadata keys are refused over several changes', async () => {
  await using training = await openTraining();
  const keys = (from: number, to: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: to - from }, (_, index) => [`k${from + index}`, '1']));
  const { id } = await training.stripe.customers.create({ metadata: keys(0, 50) });

  const error = await rejection(training.stripe.customers.update(id, { metadata: keys(50, 51) }));

  expect(error).toMatchObject({ statusCode: 400, param: 'metadata' });
});

test('a deleted customer is gone from lists, and its cards can never be used again', async () => {
  await using training = await openTraining({ account: { searchDelayMs: 0 } });
  const { id } = await training.stripe.customers.create({ metadata: { member: 'M-1' } });
  const other = await training.stripe.customers.create({});
  const card = await keepCard(training, id);

  await training.stripe.customers.del(id);
  const read = await training.stripe.customers.retrieve(id);
  const listed = await training.stripe.customers.list();
  const attached = await rejection(
    training.stripe.paymentMethods.attach(card, { customer: other.id }),
  );
  const changed = await rejection(training.stripe.customers.update(id, { name: 'x' }));

  expect(read).toEqual(expect.objectContaining({ id, deleted: true }));
  expect(listed.data.map((row) => row.id)).toEqual([other.id]);
  expect(await search(training, "metadata['member']:'M-1'")).toEqual([]);
  expect(attached.message).toContain('may not be used again');
  expect(changed).toMatchObject({ statusCode: 404, code: 'resource_missing' });
  expect(await eventsOf(training, 'customer.deleted')).toEqual(['customer.deleted']);
});
