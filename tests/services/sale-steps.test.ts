import { describe, expect, it } from 'vitest';
import { clientSecret, FakePayments } from '../support/fakes/fake-payments.ts';
import { openDesk, storeLife } from '../support/fakes/desk.ts';
import {
  aSale,
  answered,
  attemptOf,
  canceledFacts,
  collected,
  facts,
  held,
  ourSale,
  read,
} from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
const created = { kind: 'payment_intent_created', paymentIntent: facts() } as const;

describe('a step of a sale', () => {
  it('is on disk before the reader is commanded', async () => {
    const desk = openDesk(tempFolder(), new FakePayments());
    storeLife(desk.ledger, aSale(), [{ kind: 'confirmed' }]);

    desk.steps.apply(ourSale, created);

    expect(desk.commanded).toHaveLength(1);
    expect(desk.commanded[0]?.stored?.state).toBe('presenting');
    await desk.close();
  });

  it('leaves nothing behind when what is written with it fails', async () => {
    const desk = openDesk(tempFolder(), new FakePayments());
    desk.ledger.addSale(aSale(), 1_000);

    expect(() =>
      desk.steps.apply(ourSale, { kind: 'confirmed' }, () => {
        throw new Error('the disk is full');
      }),
    ).toThrow('the disk is full');

    expect(desk.stored()).toEqual(aSale());
    expect(desk.ledger.backlog().count).toBe(0);
    await desk.close();
  });

  it('commands no reader when it could not be stored', async () => {
    const desk = openDesk(tempFolder(), new FakePayments());
    storeLife(desk.ledger, aSale(), [{ kind: 'confirmed' }]);
    desk.database.db.exec(
      "create trigger full before insert on sale_events begin select raise(abort, 'disk full'); end",
    );

    expect(() => desk.steps.apply(ourSale, created)).toThrow('disk full');

    expect(desk.stored().state).toBe('creating');
    expect(desk.commanded).toEqual([]);
    await desk.close();
  });

  it('that means nothing changes nothing, but what comes with it is written', async () => {
    const desk = openDesk(tempFolder(), new FakePayments());
    desk.ledger.addSale(aSale(), 1_000);
    let written = false;

    const stepped = desk.steps.apply(ourSale, { kind: 'extended' }, () => {
      written = true;
    });

    expect(stepped).toBeNull();
    expect(written).toBe(true);
    expect(desk.stored()).toEqual(aSale());
    await desk.close();
  });

  it('hands the client secret to the reader, and to nothing that is kept', async () => {
    const desk = openDesk(tempFolder(), new FakePayments());
    storeLife(desk.ledger, aSale(), [{ kind: 'confirmed' }]);
    desk.clientSecrets.keep(desk.stored(), clientSecret);

    desk.steps.apply(ourSale, created);

    expect(desk.commanded[0]?.clientSecret).toBe(clientSecret);
    expect(JSON.stringify([desk.stored(), desk.lines])).not.toContain('_secret_');
    await desk.close();
  });

  it('forgets the client secret as soon as no card can be collected any more', async () => {
    const desk = openDesk(tempFolder(), new FakePayments());
    let sale = storeLife(desk.ledger, aSale(), [{ kind: 'confirmed' }, created]);
    desk.clientSecrets.keep(desk.stored(), clientSecret);

    sale = desk.steps.apply(ourSale, collected(sale)) ?? sale;
    expect(desk.clientSecrets.of(ourSale)).toBe(clientSecret);
    desk.steps.apply(ourSale, answered(sale, { kind: 'processed' }));
    desk.steps.apply(ourSale, read(held));

    expect(desk.stored().state).toBe('authorized');
    expect(desk.clientSecrets.of(ourSale)).toBeNull();
    await desk.close();
  });

  it('forgets the client secret of a cancelled sale', async () => {
    const desk = openDesk(tempFolder(), new FakePayments());
    storeLife(desk.ledger, aSale(), [{ kind: 'confirmed' }, created]);
    desk.clientSecrets.keep(desk.stored(), clientSecret);

    desk.steps.apply(ourSale, { kind: 'customer_canceled' });

    expect(desk.clientSecrets.of(ourSale)).toBeNull();
    desk.steps.apply(ourSale, read(canceledFacts));
    expect(desk.stored().state).toBe('canceled');
    await desk.close();
  });

  it('tells the log which sale it was and never what it held', async () => {
    const desk = openDesk(tempFolder(), new FakePayments());
    const sale = storeLife(desk.ledger, aSale(), [{ kind: 'confirmed' }, created]);
    desk.steps.apply(ourSale, { kind: 'reader_prompted', attemptId: attemptOf(sale).id });

    expect(desk.lines.at(-1)).toMatchObject({
      event: 'sale.stepped',
      fields: { sale: ourSale, state: 'presenting', why: 'reader_prompted' },
    });
    await desk.close();
  });
});
