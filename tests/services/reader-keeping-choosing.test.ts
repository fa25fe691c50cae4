import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readerChoice } from '../../main/services/reader-choice.ts';
import { denied, unanswered } from '../support/fakes/fake-payments.ts';
import { aReader, deskReader, doorReader } from '../support/fakes/fake-readers.ts';
import { after, collected } from '../support/fakes/sales.ts';
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

const mara = { by: 'Mara' };
const ledByMain = { integration: 'server_driven', isShared: false, ...mara } as const;
const ledBySdk = { integration: 'sdk', isShared: false, ...mara } as const;

describe('the choice of a reader', () => {
  it('is stored with who made it and told of, at once', async () => {
    const answer = await bench.keeping.choose({
      role: 'main',
      readerId: deskReader,
      integration: 'server_driven',
      isShared: true,
      by: '  Mara ',
    });

    expect(answer).toEqual({ result: 'done', sentence: null });
    expect(bench.book.choice()).toEqual({
      main: {
        readerId: deskReader,
        label: 'Front desk',
        integration: 'server_driven',
        isShared: true,
      },
      spare: null,
      using: 'main',
    });
    expect(bench.timesChosen()).toBe(1);
  });

  it('asks for a name, and without one changes nothing', async () => {
    const answer = await bench.keeping.choose({
      ...ledBySdk,
      role: 'main',
      readerId: deskReader,
      by: '   ',
    });

    expect(answer.result).toBe('no_name');
    expect(bench.book.choice()).toBeNull();
    expect(bench.timesChosen()).toBe(0);
  });

  it('keeps names out of the log', async () => {
    await bench.keeping.choose({ ...ledByMain, role: 'main', readerId: deskReader });

    expect(bench.lines.map(({ event }) => event)).toEqual(['reader.chosen']);
    expect(JSON.stringify(bench.lines)).not.toContain('Mara');
  });

  it('refuses one reader in both roles', async () => {
    bench.choose();

    const answer = await bench.keeping.choose({
      ...ledByMain,
      role: 'spare',
      readerId: deskReader,
    });

    expect(answer).toMatchObject({ result: 'refused' });
    expect(bench.book.choice()?.spare?.readerId).toBe(doorReader);
  });

  it('refuses to be led by Stripe’s servers where the reader is no smart one', async () => {
    bench.readers.readers.set(deskReader, aReader({ deviceType: 'stripe_m2' }));

    const answer = await bench.keeping.choose({ ...ledByMain, role: 'main', readerId: deskReader });

    expect(answer.sentence).toContain('smart reader');
    expect(bench.book.choice()).toBeNull();
  });

  it('takes a kind of reader that Stripe has added since', async () => {
    bench.readers.readers.set(deskReader, aReader({ deviceType: 'stripe_s900' }));

    const answer = await bench.keeping.choose({ ...ledByMain, role: 'main', readerId: deskReader });

    expect(answer.result).toBe('done');
  });

  it('does not ask whether the reader is online: that is a hint and no gate', async () => {
    bench.readers.readers.set(deskReader, aReader({ status: 'offline' }));

    const answer = await bench.keeping.choose({ ...ledByMain, role: 'main', readerId: deskReader });

    expect(answer.result).toBe('done');
  });

  it('is refused with the way out when Stripe does not answer', async () => {
    bench.readers.next('read', unanswered);

    const answer = await bench.keeping.choose({ ...ledByMain, role: 'main', readerId: deskReader });

    expect(answer).toMatchObject({ result: 'refused' });
    expect(answer.sentence).toContain('Check that the reader has power');
  });

  it('is refused with the right that is missing when the key may not look at readers', async () => {
    bench.readers.next('read', denied);

    const answer = await bench.keeping.choose({ ...ledByMain, role: 'main', readerId: deskReader });

    expect(answer.sentence).toContain('the right to read and write Terminal readers');
  });

  it('keeps a main reader, and gives up a spare that is not in use', async () => {
    bench.choose();

    const main = await bench.keeping.choose({ ...ledByMain, role: 'main', readerId: null });
    const spare = await bench.keeping.choose({ ...ledByMain, role: 'spare', readerId: null });

    expect([main.result, spare.result]).toEqual(['refused', 'done']);
    expect(bench.book.choice()).toMatchObject({ main: { readerId: deskReader }, spare: null });
  });

  it('does not give up the spare that is in use', async () => {
    bench.choose('server_driven', 'spare');

    const answer = await bench.keeping.choose({ ...ledByMain, role: 'spare', readerId: null });

    expect(answer.result).toBe('refused');
    expect(bench.book.choice()?.spare?.readerId).toBe(doorReader);
  });

  it('waits while a payment is under way on the reader in use', async () => {
    bench.choose();
    const sale = liveSale(bench.ledger, 1, 'presenting');

    const answer = await bench.keeping.choose({ ...ledBySdk, role: 'main', readerId: deskReader });

    expect(answer.sentence).toMatch(/^Sale [A-Z2-9]{4} is being paid on the reader\./);
    expect(sale.state).toBe('presenting');
    expect(bench.book.choice()?.main.integration).toBe('server_driven');
  });

  it('is of no matter to a payment when it is about the other reader', async () => {
    bench.choose();
    liveSale(bench.ledger, 1, 'presenting');

    const answer = await bench.keeping.choose({ ...ledBySdk, role: 'spare', readerId: doorReader });

    expect(answer.result).toBe('done');
  });

  it('is refused when the payment began while Stripe was asked about the reader', async () => {
    bench.choose();
    bench.readers.afterRead = () => {
      liveSale(bench.ledger, 1, 'presenting');
    };

    const answer = await bench.keeping.choose({ ...ledBySdk, role: 'main', readerId: deskReader });

    expect(answer.result).toBe('refused');
    expect(bench.timesChosen()).toBe(0);
  });
});

describe('the reader in use', () => {
  it('is the spare once staff say so, and the main one again', () => {
    bench.choose();

    expect(bench.keeping.use('spare', 'Mara').result).toBe('done');
    expect(bench.book.choice()?.using).toBe('spare');
    expect(bench.keeping.use('main', 'Mara').result).toBe('done');
    expect(bench.book.choice()?.using).toBe('main');
    expect(bench.timesChosen()).toBe(2);
  });

  it('needs a name, and a spare that was chosen', () => {
    expect(bench.keeping.use('spare', '').result).toBe('no_name');
    expect(bench.keeping.use('spare', 'Mara').result).toBe('refused');
    expect(bench.book.choice()).toBeNull();
  });

  it('stays while a payment is under way', () => {
    bench.choose();
    liveSale(bench.ledger, 1, 'presenting');

    expect(bench.keeping.use('spare', 'Mara').result).toBe('refused');
    expect(bench.book.choice()?.using).toBe('main');
  });

  it('stays while an authorisation may still be running on it, and staff are told to wait', () => {
    bench.choose();
    let sale = liveSale(bench.ledger, 1, 'presenting');
    for (const event of [collected(sale), { kind: 'restarted' }] as const) {
      const next = after(sale, event);
      bench.ledger.saveStep(sale, next, event, 2_000_000);
      sale = next;
    }

    expect(sale.state).toBe('finding_out');
    expect(bench.keeping.use('spare', 'Mara').sentence).toContain('is being found out');
  });

  it('may change once the payment is authorised: the reader has done its part', () => {
    bench.choose();
    liveSale(bench.ledger, 1, 'authorized');

    expect(bench.keeping.use('spare', 'Mara').result).toBe('done');
  });

  it('is told of to nobody when it is the one in use already', () => {
    bench.choose();

    expect(bench.keeping.use('main', 'Mara').result).toBe('done');
    expect(bench.timesChosen()).toBe(0);
  });
});

describe('a kiosk behind a system without readers', () => {
  beforeEach(() => {
    bench.close();
    bench = keepingBench(tempFolder(), { hasReaders: false });
  });

  it('can only choose the SDK', async () => {
    const main = { role: 'main', readerId: deskReader } as const;

    expect(await bench.keeping.choose({ ...ledByMain, ...main })).toMatchObject({
      result: 'refused',
    });
    expect(await bench.keeping.choose({ ...ledBySdk, ...main })).toMatchObject({ result: 'done' });
    expect(bench.book.choice()?.main).toMatchObject({ readerId: deskReader, integration: 'sdk' });
  });

  it('does not go back to a reader that only Stripe’s servers can lead', () => {
    bench.choose('server_driven', 'main');

    expect(bench.keeping.use('spare', 'Mara').sentence).toContain('JS SDK only');
  });
});

describe('a kiosk whose SDK sees one location', () => {
  it('refuses a reader elsewhere for the SDK, and takes it server-driven', async () => {
    bench.close();
    bench = keepingBench(tempFolder(), { locationOfSdk: 'tml_quarter' });
    const main = { role: 'main', readerId: deskReader } as const;

    expect((await bench.keeping.choose({ ...ledBySdk, ...main })).sentence).toContain(
      'tml_quarter',
    );
    expect(await bench.keeping.choose({ ...ledByMain, ...main })).toMatchObject({ result: 'done' });
  });
});

describe('until staff have chosen', () => {
  it('the reader of the settings is the main one, led as they say', () => {
    const choice = readerChoice(bench.book, { readerId: deskReader, integration: 'sdk' });

    expect(choice).toEqual({
      main: { readerId: deskReader, label: '', integration: 'sdk', isShared: false },
      spare: null,
      using: 'main',
    });
  });
});
