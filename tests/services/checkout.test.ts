import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../main/domain/catalogue.ts';
import { money } from '../../main/domain/money.ts';
import type { Sale } from '../../main/domain/sale.ts';
import { Checkout } from '../../main/services/checkout.ts';
import { Receipts } from '../../main/services/receipts.ts';
import { countedIds } from '../support/fakes/counted-ids.ts';
import { openDesk } from '../support/fakes/desk.ts';
import { FakePayments } from '../support/fakes/fake-payments.ts';
import { facts, ourKiosk } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();

const catalogue: Catalogue = {
  currency: 'usd',
  taxes: [],
  categories: [
    {
      id: 'classes',
      name: 'Classes',
      items: [
        {
          id: 'drop-in',
          name: 'Drop-in class',
          description: null,
          note: null,
          featured: false,
          price: 2_800,
          taxId: null,
          limit: 9,
        },
      ],
    },
  ],
};

const oneClass = [{ itemId: 'drop-in', quantity: 1 }];

function openCheckout(askBeforeCharging = false, maySell = true) {
  const desk = openDesk(tempFolder(), new FakePayments());
  const checkout = new Checkout({
    ledger: desk.ledger,
    steps: desk.steps,
    clock: desk.clock,
    ids: countedIds(),
    kioskId: ourKiosk,
    catalogue,
    askBeforeCharging,
    maySell: () => maySell,
    onChange: () => undefined,
  });
  /** The sale on the screen as it is on disk, which is what the screen shows. */
  const onScreen = (): Sale => {
    const id = checkout.sale?.id;
    const stored = id === undefined ? null : desk.ledger.findSale(id);
    if (stored === null) throw new Error('the screen is free');
    checkout.stepped(stored);
    return stored;
  };
  const startSale = (): string => {
    const started = checkout.start(oneClass);
    if (started.kind !== 'started') throw new Error(started.why);
    return started.sale.id;
  };
  const toAwaitingCard = (): { id: string; attempt: string } => {
    const id = startSale();
    checkout.confirm(id);
    const sale = onScreen();
    const paymentIntent = facts({ saleId: sale.id });
    desk.steps.apply(sale.id, { kind: 'payment_intent_created', paymentIntent });
    return { id, attempt: onScreen().attempt?.id ?? '' };
  };
  return { desk, checkout, onScreen, startSale, toAwaitingCard };
}

describe('starting', () => {
  it('is refused while the records must be looked at first, and stores nothing', async () => {
    const { desk, checkout } = openCheckout(false, false);

    expect(checkout.start(oneClass).kind).toBe('not_now');

    expect(desk.ledger.unfinishedSales()).toEqual([]);
    await desk.close();
  });

  it('prices the sale from the catalogue and puts it on disk before anything leaves', async () => {
    const { desk, onScreen, startSale } = openCheckout();

    startSale();

    expect(onScreen()).toMatchObject({ state: 'open', order: { total: money(2_800, 'usd') } });
    expect(desk.ledger.backlog().count).toBe(0);
    await desk.close();
  });

  it('refuses a second sale while one is on the screen', async () => {
    const { desk, checkout, startSale } = openCheckout();
    startSale();

    expect(checkout.start(oneClass).kind).toBe('not_now');
    expect(desk.ledger.unfinishedSales()).toHaveLength(1);
    await desk.close();
  });

  it('refuses what the catalogue does not have, and stores nothing', async () => {
    const { desk, checkout } = openCheckout();

    expect(checkout.start([{ itemId: 'yacht', quantity: 1 }]).kind).toBe('refused');
    expect(desk.ledger.unfinishedSales()).toEqual([]);
    await desk.close();
  });
});

describe('what the customer says', () => {
  it('is not heard when it names another sale than the one on the screen', async () => {
    const { desk, checkout, startSale, onScreen } = openCheckout();
    startSale();

    for (const heard of [
      checkout.confirm('sale_9999999999'),
      checkout.cancel('sale_9999999999'),
      checkout.dismiss('sale_9999999999'),
      checkout.retry('sale_9999999999'),
      checkout.extend('sale_9999999999'),
    ]) {
      expect(heard.kind).toBe('not_now');
    }
    expect(onScreen().state).toBe('open');
    await desk.close();
  });

  it('frees the screen at once when they leave the review', async () => {
    const { desk, checkout, startSale } = openCheckout();
    const id = startSale();

    expect(checkout.cancel(id).kind).toBe('heard');

    expect(checkout.sale).toBeNull();
    expect(checkout.start(oneClass).kind).toBe('started');
    await desk.close();
  });

  it('can not dismiss a payment that is under way', async () => {
    const { desk, checkout, toAwaitingCard } = openCheckout();
    const { id } = toAwaitingCard();

    expect(checkout.dismiss(id).kind).toBe('not_now');
    expect(checkout.sale?.id).toBe(id);
    await desk.close();
  });

  it('can not cancel once a card may be charged', async () => {
    const { desk, checkout, toAwaitingCard, onScreen } = openCheckout();
    const { id, attempt } = toAwaitingCard();
    checkout.cardCollected(id, attempt);
    expect(onScreen().state).toBe('authorizing');

    expect(checkout.cancel(id).kind).toBe('not_now');
    expect(onScreen().state).toBe('authorizing');
    await desk.close();
  });

  it('is asked once more before the card is charged, where the studio wants it', async () => {
    const { desk, checkout, toAwaitingCard, onScreen } = openCheckout(true);
    const { id, attempt } = toAwaitingCard();
    checkout.cardCollected(id, attempt);
    expect(onScreen().attempt?.stage).toBe('card_read');

    checkout.accept(id, attempt);

    expect(onScreen().state).toBe('authorizing');
    await desk.close();
  });
});

describe('what the reader says', () => {
  it('is not heard when it names an older attempt', async () => {
    const { desk, checkout, toAwaitingCard, onScreen } = openCheckout();
    const { id, attempt } = toAwaitingCard();
    checkout.windowLoaded();
    const revision = onScreen().revision;

    expect(checkout.cardCollected(id, attempt).kind).toBe('not_now');
    expect(checkout.processAnswered(id, attempt, 1, { kind: 'processed' }).kind).toBe('not_now');
    expect(onScreen().revision).toBe(revision);
    await desk.close();
  });

  it('never makes a sale paid, whatever it says', async () => {
    const { desk, checkout, toAwaitingCard, onScreen } = openCheckout();
    const { id, attempt } = toAwaitingCard();
    checkout.cardCollected(id, attempt);
    onScreen();

    checkout.processAnswered(id, attempt, 1, { kind: 'processed' });

    expect(onScreen().state).toBe('authorizing');
    await desk.close();
  });
});

describe('a page that was loaded anew', () => {
  it('gives up a sale at review', async () => {
    const { desk, checkout, startSale } = openCheckout();
    startSale();

    checkout.windowLoaded();

    expect(checkout.sale).toBeNull();
    await desk.close();
  });

  it('finds out what became of a card that was being charged', async () => {
    const { desk, checkout, toAwaitingCard, onScreen } = openCheckout();
    const { id, attempt } = toAwaitingCard();
    checkout.cardCollected(id, attempt);
    onScreen();

    checkout.windowLoaded();

    expect(onScreen().state).toBe('finding_out');
    await desk.close();
  });
});

describe('a receipt', () => {
  it('is refused for a sale that is not paid', async () => {
    const { desk, startSale } = openCheckout();
    const id = startSale();
    const receipts = new Receipts(desk.ledger, desk.clock, () => undefined);

    expect(receipts.email(id, 'mara@example.com').kind).toBe('not_now');
    expect(receipts.email('sale_9999999999', 'mara@example.com').kind).toBe('not_now');
    expect(desk.ledger.backlog().count).toBe(0);
    await desk.close();
  });

  it('goes to five addresses at most, each in the outbox on return', async () => {
    const { desk, checkout, toAwaitingCard, onScreen } = openCheckout();
    const { id, attempt } = toAwaitingCard();
    checkout.cardCollected(id, attempt);
    const sale = onScreen();
    desk.steps.apply(sale.id, {
      kind: 'payment_intent_read',
      paymentIntent: facts({ saleId: sale.id, status: 'succeeded', amountReceived: 2_800 }),
      leftAt: sale.revision,
    });
    let queued = 0;
    const receipts = new Receipts(desk.ledger, desk.clock, () => {
      queued += 1;
    });

    const asked = Array.from({ length: 6 }, (_, index) =>
      receipts.email(id, `mara${index}@example.com`),
    );

    expect(asked.map(({ kind }) => kind)).toEqual([...Array<string>(5).fill('queued'), 'not_now']);
    expect(queued).toBe(5);
    expect(desk.ledger.receiptEmailsAsked(sale.id)).toBe(5);
    await desk.close();
  });
});
