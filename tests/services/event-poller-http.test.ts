import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stripeClient } from '../../main/backends/stripe/stripe-client.ts';
import { stripePaymentsApi } from '../../main/backends/stripe/stripe-payments-api.ts';
import { attemptIdOf, paymentIntentId, type SaleId } from '../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../main/domain/payment-intent.ts';
import type { Clock } from '../../main/ports/clock.ts';
import type { PaymentsApi } from '../../main/ports/payments-api.ts';
import { ClientSecrets } from '../../main/services/client-secrets.ts';
import { EventStream } from '../../main/services/event-stream.ts';
import { StripeReach } from '../../main/services/stripe-reach.ts';
import { StripeWork } from '../../main/services/stripe-work.ts';
import { Sweep } from '../../main/services/sweep.ts';
import { ApiError } from '../../main/training/model/api-error.ts';
import { aSale, otherSale, ourKiosk, ourSale, totalAmount } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { connectedPage, type Page } from '../training/support/page.ts';
import { pay } from '../training/support/pay.ts';
import { hourMs } from '../training/support/test-clock.ts';
import { openTraining, saleParams, type Training } from '../training/support/training.ts';
import { openBooks } from './reconciler-bench.ts';

/* The stream and the sweep on the simulated Stripe's HTTP, with a real file and the real calls between. */

const tempFolder = tempFolders();
const never = new AbortController().signal;

let training: Training;
let page: Page;
let clock: Clock & { readonly isKnown: boolean };
let books: ReturnType<typeof openBooks>;
let api: PaymentsApi;
let stream: EventStream;
let sweep: Sweep;
let limits: number;
let heardMs: number | null;

async function openAccount(): Promise<void> {
  limits = 0;
  training = await openTraining({
    intercept: (request, proceed) => {
      if (limits === 0 || request.path !== '/v1/events') return proceed();
      limits -= 1;
      const type = 'invalid_request_error';
      throw new ApiError(429, { type, code: 'rate_limit', message: 'Slow down.' });
    },
  });
  page = await connectedPage(training);
  clock = {
    isKnown: true,
    nowMs: () => training.clock.nowMs(),
    monotonicMs: () => training.clock.nowMs(),
    sleep: (ms) => {
      training.clock.advance(ms);
      return Promise.resolve();
    },
  };
}

function openKiosk(folder: string): void {
  heardMs = null;
  books = openBooks(folder, clock);
  const secretKey = training.secretKey;
  api = stripePaymentsApi({
    stripe: stripeClient({ secretKey, apiBase: training.url, timeoutMs: 5_000 }),
    location: null,
    onDate: (atMs) => {
      heardMs = atMs;
    },
  });
  const around = {
    ledger: books.ledger,
    books: books.books,
    payments: api,
    steps: books.steps,
    clock,
    log: books.log,
    kioskId: ourKiosk,
    mend: () => undefined,
  };
  stream = new EventStream({ ...around, onSweepAsked: () => undefined });
  sweep = new Sweep(around);
}

beforeEach(async () => {
  await openAccount();
  openKiosk(tempFolder());
});

afterEach(async () => {
  await sweep.close();
  books.close();
  await training.close();
});

/** Makes the calls that wait, as the outbox would, until none is due. */
async function workOff(): Promise<readonly string[]> {
  const { ledger, steps } = books;
  const work = new StripeWork({
    ledger,
    clock,
    payments: api,
    steps,
    clientSecrets: new ClientSecrets(),
    reach: new StripeReach(() => undefined),
    orderHash: () => 'hash',
    cards: null,
    onSettled: () => undefined,
  });
  const made: string[] = [];
  for (;;) {
    const row = ledger.nextDue(clock.nowMs(), new Set());
    if (row === null) return made;
    made.push(row.work.kind);
    const { answer, store } = await work.carryOut(row, never);
    store(() => {
      const call = {
        outcome: answer.kind,
        status: null,
        code: null,
        requestId: null,
        durationMs: 1,
      };
      ledger.finish(row, answer.kind === 'done' ? 'done' : 'refused', call, clock.nowMs());
    });
  }
}

const ofSale = (sale: SaleId, kiosk: string = ourKiosk) => ({
  amount: totalAmount,
  metadata: { sale, kiosk, order: 'hash' },
});

async function factsOf(id: string): Promise<PaymentIntentFacts> {
  const answer = await api.read(paymentIntentId(id), never);
  if (answer.kind !== 'done') throw new Error(`not read: ${answer.kind}`);
  return answer.value.paymentIntent;
}

/** A sale whose card was authorised and that the file knows as such; its capture is taken out of the outbox. */
async function heldSale(): Promise<string> {
  const { created } = await pay(training, page, 'visa', ofSale(ourSale));
  const paymentIntent = await factsOf(created.id);
  const fresh = {
    ...paymentIntent,
    status: 'requires_payment_method',
    amountCapturable: 0,
  } as const;
  const attemptId = attemptIdOf(ourSale, 1);
  books.store(aSale(), [
    { kind: 'confirmed' },
    { kind: 'payment_intent_created', paymentIntent: fresh },
    { kind: 'card_collected', attemptId, askFirst: false },
    { kind: 'process_answered', attemptId, count: 1, hint: { kind: 'processed' } },
    { kind: 'payment_intent_read', paymentIntent, leftAt: Number.MAX_SAFE_INTEGER },
  ]);
  books.drain();
  await stream.follow(never);
  await workOff();
  return created.id;
}

describe('what somebody else does on Stripe’s pages', () => {
  it('with a hold between two steps, a capture, is read and believed only then', async () => {
    const id = await heldSale();
    await training.stripe.paymentIntents.capture(id);

    await stream.follow(never);

    expect(books.stored().state).toBe('authorized');
    expect(await workOff()).toEqual(['payment_intent.read']);
    expect(books.stored()).toMatchObject({ state: 'paid', paymentIntent: { status: 'succeeded' } });
  });

  it('with a hold, a cancellation, leaves the order without its money, and staff hear of it', async () => {
    const id = await heldSale();
    await training.stripe.paymentIntents.cancel(id);

    await stream.follow(never);
    await workOff();

    expect(books.stored().state).toBe('expired');
  });

  it('with a hold, nothing, until it lapses, is told as well', async () => {
    await heldSale();
    const lapsesAtMs = books.stored().paymentIntent?.captureBeforeMs ?? 0;
    training.clock.advance(lapsesAtMs - clock.nowMs() + hourMs);

    await stream.follow(never);
    await workOff();

    expect(books.stored()).toMatchObject({
      state: 'expired',
      paymentIntent: { cancellationReason: 'automatic' },
    });
  });

  it('with a hold, a capture of less, is a person’s to decide', async () => {
    const id = await heldSale();
    await training.stripe.paymentIntents.capture(id, { amount_to_capture: 1_000 });

    await stream.follow(never);
    await workOff();

    expect(books.stored()).toMatchObject({
      state: 'needs_staff',
      staffReason: 'amounts_disagree',
      paymentIntent: { amountReceived: 1_000 },
    });
  });

  it('with an amount before the card was read has no event, and the sweep sees it', async () => {
    const created = await training.stripe.paymentIntents.create(saleParams(ofSale(ourSale)));
    books.store(aSale(), [
      { kind: 'confirmed' },
      { kind: 'payment_intent_created', paymentIntent: await factsOf(created.id) },
    ]);
    books.drain();
    await training.stripe.paymentIntents.update(created.id, { amount: 99_900 });
    await stream.follow(never);
    expect(books.waiting()).toEqual([]);

    expect(await sweep.sweepNow()).toMatchObject({ kind: 'complete' });
    await workOff();

    expect(books.stored().paymentIntent?.amount).toBe(99_900);
  });

  it('with another kiosk’s PaymentIntent is none of this one’s business', async () => {
    const { created } = await pay(
      training,
      page,
      'visa',
      ofSale(otherSale, 'kiosk_somebodyelse000'),
    );
    await training.stripe.paymentIntents.cancel(created.id);

    await stream.follow(never);

    expect(books.ledger.waitingWork(10)).toEqual([]);
    expect(books.books.isSweepAsked()).toBe(false);
    expect(books.books.eventCursor()).not.toBeNull();
  });
});

describe('the stream over HTTP', () => {
  it('is not listed anew: what was dealt with is passed over', async () => {
    const id = await heldSale();
    await training.stripe.paymentIntents.capture(id);
    await stream.follow(never);
    await workOff();

    await stream.follow(never);
    await stream.follow(never);

    expect(await workOff()).toEqual([]);
  });

  it('waits where it is while Stripe limits it, and goes on from there', async () => {
    const id = await heldSale();
    const before = books.books.eventCursor();
    await training.stripe.paymentIntents.capture(id);
    limits = 2;

    expect(await stream.follow(never)).toMatchObject({ kind: 'busy', code: 'rate_limit' });
    expect(await stream.follow(never)).toMatchObject({ kind: 'busy', code: 'rate_limit' });
    expect(books.books.eventCursor()).toEqual(before);

    await stream.follow(never);
    await workOff();
    expect(books.stored().state).toBe('paid');
  });

  it('is walked over several pages after a long absence', async () => {
    await heldSale();
    const { created } = await pay(
      training,
      page,
      'visa',
      ofSale(otherSale, 'kiosk_somebodyelse000'),
    );
    training.clock.advance(hourMs);
    await training.stripe.paymentIntents.cancel(created.id);
    for (let number = 0; number < 105; number += 1) {
      const { id } = await training.stripe.paymentIntents.create(saleParams());
      await training.stripe.paymentIntents.cancel(id);
    }

    await stream.follow(never);

    const newest = (await training.stripe.events.list({ limit: 1 })).data[0];
    expect(books.books.eventCursor()?.id).toBe(newest?.id);
    expect(await workOff()).toEqual([]);
  });

  it('of an account that begins anew has open sales read and the account swept', async () => {
    await heldSale();
    const folder = tempFolder();
    books.database.db.exec(`vacuum into '${folder}/foyer.db'`);
    books.close();
    await training.close();
    await openAccount();
    openKiosk(folder);
    books.ledger.hurry(clock.nowMs());

    await stream.follow(never);

    expect(books.books.isSweepAsked()).toBe(true);
    expect(books.waiting()).toContain('payment_intent.read');
  });

  it('tells Stripe’s time with every reply', async () => {
    await stream.follow(never);

    expect(heardMs).toBe(Math.floor(training.clock.nowMs() / 1_000) * 1_000);
  });
});

describe('a lost database', () => {
  it('is made up for by what Stripe remembers: holds of ours come back as staff’s', async () => {
    const { created } = await pay(training, page, 'visa', ofSale(ourSale));
    await pay(training, page, 'visa', ofSale(otherSale, 'kiosk_somebodyelse000'));

    await stream.follow(never);
    expect(books.books.isSweepAsked()).toBe(true);
    expect(await sweep.sweepNow()).toMatchObject({ kind: 'complete', found: 1 });

    expect(books.stored()).toMatchObject({
      state: 'needs_staff',
      staffReason: 'record_lost',
      paymentIntent: { id: created.id, status: 'requires_capture', amountCapturable: totalAmount },
    });
    expect(books.stored().paymentIntent?.captureBeforeMs).toBeGreaterThan(clock.nowMs());
    expect(books.ledger.findSale(otherSale)).toBeNull();
    expect(books.books.isSweepAsked()).toBe(false);
  });
});
