import { expect, test } from 'vitest';

import { rejection } from './support/pay.ts';
import { present, promptFor } from './support/server-driven.ts';
import { locationId, openTraining, readerId } from './support/training.ts';

test.each([
  ['simulated-wpe', 'simulated_wisepos_e'],
  ['simulated-s700', 'simulated_stripe_s700'],
  ['simulated-s710', 'simulated_stripe_s710'],
  ['simulated-v660p', 'simulated_verifone_v660p'],
  ['puppies-plug-could', 'simulated_stripe_s700'],
])('the code %s registers a %s that is found again', async (code, deviceType) => {
  await using training = await openTraining();
  const { readers } = training.stripe.terminal;

  const created = await readers.create({
    registration_code: code,
    location: locationId,
    metadata: { desk: 'front' },
  });

  expect(created).toMatchObject({
    object: 'terminal.reader',
    action: null,
    device_type: deviceType,
    label: code,
    location: locationId,
    metadata: { desk: 'front' },
    status: 'online',
    livemode: false,
  });
  expect(await readers.retrieve(created.id)).toMatchObject({ id: created.id });
  expect((await readers.list({ limit: 1 })).data[0]).toMatchObject({ id: created.id });
  expect((await readers.list({ serial_number: created.serial_number })).data).toHaveLength(1);
});

test('a registered reader takes payments', async () => {
  await using training = await openTraining();
  const { readers } = training.stripe.terminal;
  const { id } = await readers.create({ registration_code: 'simulated-wpe', label: 'Desk' });
  const { id: paymentIntent } = await training.stripe.paymentIntents.create({
    amount: 500,
    currency: 'usd',
    allowed_payment_method_types: ['card_present'],
  });
  await readers.processPaymentIntent(id, { payment_intent: paymentIntent });

  const reader = await training.stripe.testHelpers.terminal.readers.presentPaymentMethod(id);

  expect(reader).toMatchObject({ label: 'Desk', action: { status: 'succeeded' } });
});

test('a label can be given and, by an empty one, taken back; metadata merges', async () => {
  await using training = await openTraining();
  const { readers } = training.stripe.terminal;
  const { id } = await readers.create({
    registration_code: 'red-blue-green',
    metadata: { a: '1' },
  });

  const named = await readers.update(id, { label: 'Desk', metadata: { b: '2' } });
  const reset = await readers.update(id, { label: '', metadata: { a: '' } });

  expect(named).toMatchObject({ label: 'Desk', metadata: { a: '1', b: '2' } });
  expect(reset).toMatchObject({ label: 'red-blue-green', metadata: { b: '2' } });
});

test('a deleted reader is gone, its prompt with it', async () => {
  await using training = await openTraining();
  const { readers } = training.stripe.terminal;
  await promptFor(training);

  const deleted = await readers.del(readerId);

  expect(deleted).toMatchObject({ id: readerId, object: 'terminal.reader', deleted: true });
  expect(await rejection(readers.retrieve(readerId))).toMatchObject({
    statusCode: 404,
    code: 'resource_missing',
  });
  expect((await readers.list()).data.map(({ id }) => id)).not.toContain(readerId);
  expect((await rejection(present(training))).statusCode).toBe(404);
});

test('readers are listed in pages', async () => {
  await using training = await openTraining();
  const { readers } = training.stripe.terminal;
  const { id: middle } = await readers.create({ registration_code: 'simulated-s700' });
  await readers.create({ registration_code: 'simulated-s710' });
  await readers.del(middle);

  const first = await readers.list({ limit: 2 });
  const second = await readers.list({ limit: 2, starting_after: first.data[1]!.id });

  expect(first.has_more).toBe(true);
  expect(first.data.length + second.data.length).toBe(3);
  expect(second.has_more).toBe(false);
});

test('a location can be changed and, without readers, deleted', async () => {
  await using training = await openTraining();
  const { locations } = training.stripe.terminal;
  const { id } = await locations.create({
    display_name: 'Harbour',
    address: { country: 'DE', city: 'Kiel', line1: 'Hafen 1', postal_code: '24103' },
    phone: '+49 431 1',
  });

  const changed = await locations.update(id, {
    display_name: 'Port',
    address: { country: 'DE', city: 'Kiel', line1: 'Hafen 2', postal_code: '24103' },
    metadata: { floor: '2' },
    phone: '',
  });
  const deleted = await locations.del(id);

  expect(changed).toMatchObject({
    display_name: 'Port',
    address: { line1: 'Hafen 2', city: 'Kiel', state: null },
    metadata: { floor: '2' },
  });
  expect(changed).not.toHaveProperty('phone');
  expect(deleted).toMatchObject({ id, object: 'terminal.location', deleted: true });
  expect((await rejection(locations.retrieve(id))).code).toBe('resource_missing');
});

test('a location that readers are at is not deleted', async () => {
  await using training = await openTraining();
  const { locations, readers } = training.stripe.terminal;

  const error = await rejection(locations.del(locationId));
  for (const { id } of (await readers.list()).data) {
    await readers.del(id);
  }

  expect(error).toMatchObject({ statusCode: 400, type: 'StripeInvalidRequestError' });
  expect(await locations.del(locationId)).toMatchObject({ deleted: true });
});

const complete = { line1: '1 Quay', city: 'Town', state: 'ST', postal_code: '1' };

test.each([
  [{ ...complete, country: 'AQ' }, 'terminal_location_country_unsupported', 'address[country]'],
  [{ ...complete, country: 'US', state: undefined }, 'parameter_missing', 'address[state]'],
  [{ ...complete, country: 'CA', city: undefined }, 'parameter_missing', 'address[city]'],
  [
    { ...complete, country: 'FR', postal_code: undefined },
    'parameter_missing',
    'address[postal_code]',
  ],
  [{ ...complete, country: 'IE', line1: undefined }, 'parameter_missing', 'address[line1]'],
  [{ ...complete, country: undefined }, 'parameter_missing', 'address[country]'],
])('the address %j is refused', async (address, code, param) => {
  await using training = await openTraining();
  const given = Object.entries(address).filter(([, value]) => value !== undefined);

  const error = await rejection(
    training.stripe.rawRequest('POST', '/v1/terminal/locations', {
      display_name: 'Studio',
      address: Object.fromEntries(given),
    }),
  );

  expect(error).toMatchObject({ statusCode: 400, code, param });
});

test.each(['DE', 'SE', 'NZ'])('an address in %s needs no state', async (country) => {
  await using training = await openTraining();
  const { line1, city, postal_code } = complete;

  const location = await training.stripe.terminal.locations.create({
    display_name: 'Studio',
    address: { country, line1, city, postal_code },
  });

  expect(location.address).toMatchObject({ country, state: null });
});
