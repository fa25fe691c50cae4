import { afterEach, beforeEach, expect, it } from 'vitest';
import { chargeId, shortCode } from '../../main/domain/ids.ts';
import { aRefund } from '../support/fakes/card-records.ts';
import { anAction, deskReader } from '../support/fakes/fake-readers.ts';
import { ourSale } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { type KeepingBench, keepingBench } from './reader-keeping-bench.ts';

const tempFolder = tempFolders();
let bench: KeepingBench;

beforeEach(() => {
  bench = keepingBench(tempFolder());
});

afterEach(() => {
  bench.close();
});

const refund = { kind: 'refund', refund: aRefund({ way: 'in_person' }).refund } as const;

function givesBack(): void {
  bench.readers.put(deskReader, anAction(chargeId('ch_0001'), { kind: 'refund_payment' }));
}

it('tells staff of this kiosk’s own refund by the code of its sale', async () => {
  givesBack();
  bench.asking.push(refund);

  const { use, sentence } = await bench.keeping.check(deskReader);

  expect(use).toMatchObject({ what: 'other', whose: 'this_kiosk', code: shortCode(ourSale) });
  expect(sentence).toContain(`for sale ${shortCode(ourSale)} of this kiosk`);
});

it('does not free a reader that gives back for this kiosk now', async () => {
  givesBack();
  bench.asking.push(refund);

  const answer = await bench.keeping.free({
    readerId: deskReader,
    paymentIntentId: null,
    by: 'Mo',
  });

  expect(answer.sentence).toContain('gives money back');
  expect(bench.readers.calls()).toEqual(['read']);
});

it('says of somebody else’s refund that it is somebody else’s, and frees the reader of it', async () => {
  givesBack();

  expect((await bench.keeping.check(deskReader)).use).toMatchObject({ whose: 'unknown' });
  const answer = await bench.keeping.free({
    readerId: deskReader,
    paymentIntentId: null,
    by: 'Mo',
  });

  expect(answer.result).toBe('done');
});

it('lets nobody change readers while a card is asked for beside a sale', () => {
  bench.choose();
  bench.asking.push(refund);

  const { result, sentence } = bench.keeping.use('spare', 'Mo');

  expect(result).toBe('refused');
  expect(sentence).toContain('gives money back');
});
