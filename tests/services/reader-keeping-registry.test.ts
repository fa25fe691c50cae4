import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locationForm } from '../../main/services/location-address.ts';
import { registrationCode } from '../../main/services/registration-code.ts';
import { denied, refused, unanswered, uncertain } from '../support/fakes/fake-payments.ts';
import { anAction, deskReader, doorReader, harbour } from '../support/fakes/fake-readers.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { liveSale } from '../support/lived-sales.ts';
import { type KeepingBench, keepingBench } from './reader-keeping-bench.ts';

const tempFolder = tempFolders();
let bench: KeepingBench;

beforeEach(() => {
  bench = keepingBench(tempFolder());
});

afterEach(() => {
  bench.close();
});

const by = 'Mara';
const words = { code: 'Sepia  Cerulean Aqua', label: ' Back room ', locationId: harbour, by };

describe('a registration code', () => {
  it.each([
    ['Sepia  Cerulean Aqua', 'sepia-cerulean-aqua'],
    ['sepia-cerulean-aqua', 'sepia-cerulean-aqua'],
    [' SEPIA – cerulean,aqua. ', 'sepia-cerulean-aqua'],
    ['Simulated-WPE', 'simulated-wpe'],
    ['simulated s700', 'simulated-s700'],
  ])('%j is sent as %s', (typed, code) => {
    expect(registrationCode(typed)).toBe(code);
  });

  it.each([
    '',
    'sepia',
    'sepia cerulean',
    'sepia cerulean aqua mauve',
    'tmr_123',
    '1 2 3',
    'simulated',
  ])('%j is none', (typed) => {
    expect(registrationCode(typed)).toBeNull();
  });
});

describe('a registration', () => {
  it('sends the code, the label and the location under a key that was never used', async () => {
    expect(await bench.keeping.register(words)).toEqual({ result: 'done', sentence: null });
    await bench.keeping.register({ ...words, code: 'one two three' });

    expect(bench.readers.sent[0]).toEqual({
      call: 'register',
      what: { code: 'sepia-cerulean-aqua', label: 'Back room', locationId: harbour },
      key: 'key_1',
    });
    expect(bench.readers.sent[1]?.key).toBe('key_2');
  });

  it.each([
    ['no name', { by: ' ' }, 'no_name', null],
    ['two words', { code: 'sepia aqua' }, 'refused', 'three words'],
    ['no label', { label: ' ' }, 'refused', 'label'],
  ])('is not sent with %s', async (_, part, result, sentence) => {
    const answer = await bench.keeping.register({ ...words, ...part });

    expect(answer.result).toBe(result);
    expect(answer.sentence ?? '').toContain(sentence ?? '');
    expect(bench.readers.calls()).toEqual([]);
  });

  it.each([
    ['unknown', refused('resource_missing'), 'does not know this code'],
    ['refused otherwise', refused('bad_code'), 'did not take this code'],
    ['sold elsewhere', refused('terminal_reader_invalid_location_for_activation'), 'country'],
    ['denied', denied, 'the right to read and write'],
    ['not answered', unanswered, 'may or may not have been done'],
    ['answered by a fault', uncertain, 'may or may not have been done'],
  ])('that is %s says so, and what to do', async (_, answer, sentence) => {
    bench.readers.next('register', answer);

    expect(await bench.keeping.register(words)).toMatchObject({
      result: 'refused',
      sentence: expect.stringContaining(sentence) as string,
    });
  });
});

describe('another label', () => {
  it('is Stripe’s, and the choice’s', async () => {
    bench.choose();

    await bench.keeping.rename({ readerId: doorReader, label: 'Studio 2', by });

    expect(bench.readers.readers.get(doorReader)?.label).toBe('Studio 2');
    expect(bench.book.choice()?.spare?.label).toBe('Studio 2');
    expect(bench.book.choice()?.main.label).toBe('');
  });

  it('is not kept when Stripe did not take it', async () => {
    bench.choose();
    bench.readers.next('rename', refused('resource_missing'));

    const answer = await bench.keeping.rename({ readerId: doorReader, label: 'Studio 2', by });

    expect(answer.result).toBe('refused');
    expect(bench.book.choice()?.spare?.label).toBe('');
  });
});

describe('a reader is removed', () => {
  const door = { readerId: doorReader, by };

  it('when nobody needs it', async () => {
    expect(await bench.keeping.deregister(door)).toEqual({ result: 'done', sentence: null });
    expect([...bench.readers.readers.keys()]).toEqual([deskReader]);
  });

  it('and is the spare no more', async () => {
    bench.choose();

    expect((await bench.keeping.deregister(door)).result).toBe('done');
    expect(bench.book.choice()).toMatchObject({ main: { readerId: deskReader }, spare: null });
  });

  it('and a prompt of a sale that has ended goes with it', async () => {
    const sale = liveSale(bench.ledger, 1, 'paid');
    bench.promptFor(sale, doorReader);

    expect((await bench.keeping.deregister(door)).result).toBe('done');
    expect(bench.book.openPrompts()).toEqual([]);
  });
});

describe('a reader is not removed', () => {
  const door = { readerId: doorReader, by };

  async function refusedWith(sentence: string): Promise<void> {
    const answer = await bench.keeping.deregister(door);
    expect(answer.result).toBe('refused');
    expect(answer.sentence).toContain(sentence);
    expect(bench.readers.calls()).not.toContain('deregister');
    expect(bench.readers.readers.has(doorReader)).toBe(true);
  }

  it('while it is the main one', async () => {
    bench.close();
    bench = keepingBench(tempFolder(), { readerOfSettings: doorReader });

    await refusedWith('main reader');
  });

  it('while it is the spare in use', async () => {
    bench.choose('server_driven', 'spare');

    await refusedWith('uses this reader now');
  });

  it('while a prompt of ours may be on it, by our own book', async () => {
    const sale = liveSale(bench.ledger, 1, 'presenting');
    bench.promptFor(sale, doorReader);

    await refusedWith('A payment of this kiosk is open');
  });

  it.each(['in_progress', 'succeeded'] as const)(
    'while a payment of anybody is on it (%s)',
    async (status) => {
      const kind = status === 'succeeded' ? 'collect_payment_method' : 'process_payment_intent';
      bench.readers.put(
        doorReader,
        anAction(bench.foreign(), { kind, status, hasCard: status === 'succeeded' }),
      );

      await refusedWith('A payment is on the reader now');
    },
  );

  it('when staff chose it while Stripe was asked about it', async () => {
    bench.readers.afterRead = () => {
      bench.choose('server_driven', 'spare');
    };

    await refusedWith('uses this reader now');
  });

  it('while what is on it can’t be read', async () => {
    bench.readers.next('read', unanswered);

    await refusedWith('Nothing was removed');
  });

  it('while the only reader takes a payment without being named', async () => {
    liveSale(bench.ledger, 1, 'presenting');

    await refusedWith('A payment of this kiosk is open');
  });
});

const maine = {
  name: 'Pine Street',
  country: 'us',
  line1: '2 Pine Street',
  city: 'Portland',
  state: 'ME',
  postalCode: '04101',
};

describe('the form of a location', () => {
  it('is trimmed, with the country in capitals and nothing for an empty field', () => {
    expect(locationForm({ ...maine, name: ' Pine Street ', country: ' ie ', city: ' ' })).toEqual({
      kind: 'whole',
      request: {
        name: 'Pine Street',
        address: {
          country: 'IE',
          line1: '2 Pine Street',
          city: null,
          state: 'ME',
          postalCode: '04101',
        },
      },
    });
  });

  it.each([
    ['US', { state: null }, 'state'],
    ['JP', { city: null }, 'city'],
    ['DE', { postalCode: null }, 'postal code'],
    ['SG', { postalCode: null }, 'postal code'],
    ['FR', { line1: '' }, 'street'],
    ['FR', { name: '' }, 'name'],
    ['Germany', {}, 'two letters'],
    ['UK', {}, 'GB'],
  ])('lacks something in %s with %j', (country, part, word) => {
    expect(locationForm({ ...maine, country, ...part })).toMatchObject({
      kind: 'lacking',
      sentence: expect.stringContaining(word) as string,
    });
  });

  it.each([
    ['DE', { state: null }],
    ['NO', { state: null }],
    ['SG', { state: null, city: null }],
    ['IE', { state: null, city: null }],
  ])('is whole in %s with %j', (country, part) => {
    expect(locationForm({ ...maine, country, ...part }).kind).toBe('whole');
  });

  it('says everything that is missing at once', () => {
    const form = locationForm({ ...maine, city: null, state: null });

    expect(form).toMatchObject({
      sentence:
        'Add the city: Stripe asks for it there. Add the state or province: Stripe asks for it there.',
    });
  });
});

describe('a location', () => {
  it('is made once, however often staff ask', async () => {
    expect((await bench.keeping.createLocation({ ...maine, by })).result).toBe('done');
    const again = await bench.keeping.createLocation({ ...maine, by });

    expect(again).toMatchObject({ result: 'refused' });
    expect(bench.readers.calls().filter((call) => call === 'createLocation')).toHaveLength(1);
  });

  it('is not made where it is not known which ones there are', async () => {
    bench.readers.next('listLocations', unanswered);

    expect((await bench.keeping.createLocation({ ...maine, by })).result).toBe('refused');
    expect(bench.readers.calls()).not.toContain('createLocation');
  });

  it('in a country without Terminal is refused in plain words', async () => {
    bench.readers.next('createLocation', refused('terminal_location_country_unsupported'));

    const answer = await bench.keeping.createLocation({ ...maine, country: 'AQ', by });

    expect(answer.sentence).toContain('no Terminal in this country');
  });
});
