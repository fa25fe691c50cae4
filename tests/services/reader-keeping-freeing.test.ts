import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { paymentIntentId } from '../../main/domain/ids.ts';
import { codeOf } from '../../main/domain/sale.ts';
import type { PaymentIntentStatus } from '../../main/domain/payment-intent.ts';
import { refused, unanswered } from '../support/fakes/fake-payments.ts';
import { aReader, anAction, deskReader, doorReader } from '../support/fakes/fake-readers.ts';
import { canceledFacts } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { liveSale } from '../support/lived-sales.ts';
import { foreignPayment, type KeepingBench, keepingBench } from './reader-keeping-bench.ts';

const tempFolder = tempFolders();
let bench: KeepingBench;

beforeEach(() => {
  bench = keepingBench(tempFolder());
});

afterEach(() => {
  bench.close();
});

const by = 'Mara';
const foreign = { readerId: deskReader, paymentIntentId: foreignPayment, by };

describe('what is freed', () => {
  it('is what staff were shown and what is still there', async () => {
    bench.readers.put(deskReader, anAction(bench.foreign()));

    expect(await bench.keeping.free(foreign)).toEqual({ result: 'done', sentence: null });

    expect(bench.readers.calls()).toEqual(['read', 'cancelAction']);
    expect(bench.readers.readers.get(deskReader)?.action).toBeNull();
  });

  it('is nothing when another payment has taken its place', async () => {
    bench.readers.put(deskReader, anAction(paymentIntentId('pi_newer')));

    const answer = await bench.keeping.free(foreign);

    expect(answer.sentence).toContain('Something else is on the reader');
    expect(bench.readers.calls()).toEqual(['read']);
  });

  it.each([
    ['a payment', anAction(foreignPayment), null],
    ['a display', anAction(null, { kind: 'set_reader_display' }), foreignPayment],
  ])('is nothing when %s is there instead of what was shown', async (_, action, shown) => {
    bench.readers.put(deskReader, action);

    const answer = await bench.keeping.free({ ...foreign, paymentIntentId: shown });

    expect(answer.result).toBe('refused');
    expect(bench.readers.calls()).toEqual(['read']);
  });

  it('is a card that was read and never charged, whether Stripe tells of the card or not', async () => {
    const paymentIntent = bench.foreign();
    const collected = { kind: 'collect_payment_method', status: 'succeeded' } as const;
    bench.readers.put(deskReader, anAction(paymentIntent, collected));

    expect((await bench.keeping.check(deskReader)).use?.what).toBe('payment');
    expect((await bench.keeping.free(foreign)).result).toBe('done');
  });

  it('is nothing when nothing is there any more', async () => {
    const answer = await bench.keeping.free(foreign);

    expect(answer.sentence).toContain('nothing to end');
    expect(bench.readers.calls()).toEqual(['read']);
  });

  it('is a cart left on the display, which is about no payment', async () => {
    bench.readers.put(
      deskReader,
      anAction(null, { kind: 'set_reader_display', status: 'succeeded' }),
    );

    expect((await bench.keeping.free({ ...foreign, paymentIntentId: null })).result).toBe('done');
  });

  it('is a card that was collected and never charged', async () => {
    bench.readers.put(
      deskReader,
      anAction(bench.foreign(), {
        kind: 'collect_payment_method',
        status: 'succeeded',
        hasCard: true,
      }),
    );

    expect((await bench.keeping.free(foreign)).result).toBe('done');
  });

  it('is never a payment that a customer of this kiosk is paying', async () => {
    const sale = liveSale(bench.ledger, 1, 'presenting');
    const paymentIntent = bench.intentOf(sale);
    bench.promptFor(sale);
    bench.readers.put(deskReader, anAction(paymentIntent));

    const answer = await bench.keeping.free({ ...foreign, paymentIntentId: paymentIntent });

    expect(answer.sentence).toContain('Cancel it on the customer’s screen');
    expect(bench.readers.calls()).toEqual(['read']);
    expect(bench.book.openPrompts()).toHaveLength(1);
  });

  it('is a prompt of ours whose sale has ended, in our own book too', async () => {
    const sale = liveSale(bench.ledger, 1, 'paid');
    const paymentIntent = bench.intentOf(sale);
    bench.promptFor(sale);
    bench.readers.put(deskReader, anAction(paymentIntent));

    const answer = await bench.keeping.free({ ...foreign, paymentIntentId: paymentIntent });

    expect(answer.result).toBe('done');
    expect(bench.book.openPrompts()).toEqual([]);
    expect(bench.looked).toEqual([sale.id]);
  });

  it('is not a card that is being charged: staff are told to wait', async () => {
    bench.readers.put(deskReader, anAction(bench.foreign()));
    bench.readers.next('cancelAction', refused('terminal_reader_busy'));

    const answer = await bench.keeping.free(foreign);

    expect(answer.sentence).toContain('A card is being charged right now');
  });

  it('is not known when nobody answers, and our book forgets nothing', async () => {
    const sale = liveSale(bench.ledger, 1, 'paid');
    const paymentIntent = bench.intentOf(sale);
    bench.promptFor(sale);
    bench.readers.put(deskReader, anAction(paymentIntent));
    bench.readers.next('cancelAction', unanswered);

    const answer = await bench.keeping.free({ ...foreign, paymentIntentId: paymentIntent });

    expect(answer.sentence).toContain('may or may not have been done');
    expect(bench.book.openPrompts()).toHaveLength(1);
  });

  it('needs somebody’s name, which stays out of the log', async () => {
    bench.readers.put(deskReader, anAction(bench.foreign()));

    expect((await bench.keeping.free({ ...foreign, by: '' })).result).toBe('no_name');
    expect(bench.readers.calls()).toEqual([]);
    await bench.keeping.free(foreign);
    expect(bench.lines).toEqual([
      { level: 'info', event: 'reader.free', fields: { reader: deskReader, outcome: 'done' } },
    ]);
  });
});

describe('a check of a reader', () => {
  it.each<[PaymentIntentStatus, string]>([
    ['requires_payment_method', 'nothing is charged yet'],
    ['requires_confirmation', 'a card was read, and nothing is charged yet'],
    ['requires_action', 'nothing is charged yet'],
    ['processing', 'it is being settled'],
    ['requires_capture', 'the money is held, but not taken yet'],
    ['succeeded', 'it is paid'],
    ['canceled', 'it is cancelled; nothing is taken and nothing is held'],
  ])('says what Stripe says of the money: %s', async (status, words) => {
    const sale = liveSale(bench.ledger, 1, 'presenting');
    bench.readers.put(deskReader, anAction(bench.intentOf(sale, { status })));

    const { result, use, sentence } = await bench.keeping.check(deskReader);

    expect(result).toBe('read');
    expect(use).toMatchObject({ whose: 'this_kiosk', paymentIntentStatus: status });
    expect(sentence).toContain(
      `The reader waits for a card or charges one for sale ${codeOf(sale)}. Stripe says: `,
    );
    expect(sentence).toContain(words);
    expect(sentence).toContain(`(${status})`);
    expect(bench.looked).toEqual([sale.id]);
  });

  it('names the other kiosk whose payment is there', async () => {
    bench.readers.put(deskReader, anAction(bench.foreign()));

    const { use, sentence } = await bench.keeping.check(deskReader);

    expect(use).toMatchObject({ whose: 'other_kiosk', kioskId: 'kiosk_0mi1kqbas00other0000002' });
    expect(sentence).toContain('for another kiosk (kiosk_0mi1kqbas00other0000002)');
    expect(bench.looked).toEqual([]);
  });

  it('names a payment that no kiosk began', async () => {
    bench.readers.put(deskReader, anAction(bench.foreign(null)));

    expect((await bench.keeping.check(deskReader)).sentence).toContain('no kiosk of this kind');
  });

  it('does not guess at a payment that can’t be read', async () => {
    bench.readers.put(deskReader, anAction(foreignPayment));

    const { use, sentence } = await bench.keeping.check(deskReader);

    expect(use).toMatchObject({ whose: 'unknown', paymentIntentStatus: null });
    expect(sentence).toContain('take it neither for paid nor for unpaid');
  });

  it('says why the last action failed, and what that does not mean', async () => {
    const sale = liveSale(bench.ledger, 1, 'presenting');
    bench.choose();
    bench.readers.put(
      deskReader,
      anAction(bench.intentOf(sale, { status: 'requires_capture' }), {
        status: 'failed',
        failureCode: 'connection_error',
        failureMessage: 'Could not connect to Stripe.',
      }),
    );

    const { use, sentence } = await bench.keeping.check(deskReader);

    expect(use).toMatchObject({ what: 'nothing', code: codeOf(sale) });
    expect(sentence).toContain('(connection_error): Could not connect to Stripe.');
    expect(sentence).toContain(`of sale ${codeOf(sale)}: the card was approved`);
    expect(sentence).toContain('what Stripe says of the payment, not the reader');
    expect(sentence).toContain('Check that the reader has power');
  });

  it('tells of a payment by the SDK, which Stripe does not show on the reader', async () => {
    const sale = liveSale(bench.ledger, 1, 'presenting');
    bench.choose('sdk');
    bench.intentOf(sale);

    const desk = await bench.keeping.check(deskReader);
    const door = await bench.keeping.check(doorReader);

    expect(desk.sentence).toContain(`for sale ${codeOf(sale)}, by the SDK`);
    expect(desk.use).toMatchObject({ what: 'payment', whose: 'this_kiosk' });
    expect(door.sentence).toBe('Stripe shows nothing on the reader.');
  });

  it('gives the network advice when Stripe does not answer', async () => {
    bench.readers.next('read', unanswered);

    const { result, use, sentence } = await bench.keeping.check(deskReader);

    expect([result, use]).toEqual(['not_reached', null]);
    expect(sentence).toContain('Check that the reader has power');
  });

  it('says that offline may be old news', async () => {
    bench.readers.readers.set(deskReader, aReader({ status: 'offline' }));

    expect((await bench.keeping.check(deskReader)).sentence).toContain('may be minutes old');
  });

  it('changes nothing', async () => {
    bench.readers.put(deskReader, anAction(bench.foreign()));

    await bench.keeping.check(deskReader);

    expect(bench.readers.calls()).toEqual(['read']);
  });
});

describe('the list of readers', () => {
  it('says whose each one is, where it is, and what role it has', async () => {
    bench.choose();
    bench.readers.put(deskReader, anAction(bench.foreign()));

    const list = await bench.keeping.list();

    expect(list).toMatchObject({ serverDrivenOffered: true, using: 'main', sentence: null });
    expect(list.readers).toMatchObject([
      {
        id: deskReader,
        role: 'main',
        isSmart: true,
        locationName: 'Harbour Street',
        battery: null,
        use: { what: 'payment', whose: 'other_kiosk' },
      },
      { id: doorReader, role: 'spare', use: { what: 'nothing', whose: 'nobody' } },
    ]);
  });

  it('takes the only reader there is for the main one where none is named', async () => {
    bench.readers.readers.delete(doorReader);

    expect((await bench.keeping.list()).readers[0]?.role).toBe('main');
  });

  it('shows why the last action failed', async () => {
    const failed = {
      status: 'failed',
      failureCode: 'card_declined',
      failureMessage: 'No.',
    } as const;
    bench.readers.put(deskReader, anAction(canceledFacts.id, failed));

    expect((await bench.keeping.list()).readers[0]).toMatchObject({
      lastFailure: { code: 'card_declined', message: 'No.' },
      use: { what: 'nothing' },
    });
  });

  it('is empty with the reason when Stripe does not answer, and the choice is still there', async () => {
    bench.choose();
    bench.readers.next('list', unanswered);

    const list = await bench.keeping.list();

    expect(list).toMatchObject({ readers: [], main: { readerId: deskReader } });
    expect(list.sentence).toContain('Stripe did not answer');
  });

  it('has readers without places when only the locations are not listed', async () => {
    bench.readers.next('listLocations', refused('rights'));

    const list = await bench.keeping.list();

    expect(list.readers).toHaveLength(2);
    expect(list.sentence).toContain('locations could not be listed');
  });

  it('offers the SDK only behind a system without readers', async () => {
    bench.close();
    bench = keepingBench(tempFolder(), { hasReaders: false });

    expect(await bench.keeping.list()).toMatchObject({ serverDrivenOffered: false, readers: [] });
    expect(await bench.keeping.free(foreign)).toMatchObject({ result: 'refused' });
    expect(await bench.keeping.check(deskReader)).toMatchObject({ result: 'not_reached' });
  });
});
