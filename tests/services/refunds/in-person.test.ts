import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attemptIdOf } from '../../../main/domain/ids.ts';
import type { CardDetails, PaymentIntentFacts } from '../../../main/domain/payment-intent.ts';
import type { ProcessHint } from '../../../main/domain/sale-event.ts';
import type { StoredRefund } from '../../../main/ports/refund-book.ts';
import { captured, ourSale } from '../../support/fakes/sales.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { KnownClock, minuteMs } from '../reconciler-bench.ts';
import {
  openRefunds,
  ourRefund,
  type RefundBench,
  request,
  sentenceOf,
  storedRefund,
  storedSale,
  storePaid,
} from './refund-bench.ts';
import { RefundingStripe } from './refunding-stripe.ts';

const interac: CardDetails = {
  brand: 'interac',
  last4: '1933',
  readMethod: 'contact_emv',
  applicationPreferredName: null,
  dedicatedFileName: null,
  authorizationCode: null,
  authorizationResponseCode: null,
  applicationCryptogram: null,
  terminalVerificationResults: null,
  transactionStatusInformation: null,
  cardholderVerificationMethod: null,
  accountType: null,
};
const paidByInterac: PaymentIntentFacts = { ...captured, card: interac };
const firstTry = attemptIdOf(ourRefund, 1);
const processed: ProcessHint = { kind: 'processed' };
const declined: ProcessHint = {
  kind: 'failed',
  code: 'card_declined',
  declineCode: 'generic_decline',
  paymentIntentStatus: 'succeeded',
};
const noAnswer: ProcessHint = {
  kind: 'failed',
  code: 'network_timeout',
  declineCode: null,
  paymentIntentStatus: null,
};

const tempFolder = tempFolders();
let folder: string;
let clock: KnownClock;
let stripe: RefundingStripe;
let bench: RefundBench;

function open(boot = 'boot_0000000001'): RefundBench {
  return openRefunds(folder, { clock, payments: stripe, api: stripe.api, boot });
}

beforeEach(async () => {
  folder = tempFolder();
  clock = new KnownClock();
  stripe = new RefundingStripe(paidByInterac, clock);
  bench = open();
  storePaid(bench, paidByInterac);
  // The same amount was refunded before, elsewhere: ours is told from it by being new.
  stripe.addForeign(500, captured.id);
  await bench.refunds.ask(request);
  await bench.run();
});

afterEach(async () => {
  await bench.stop();
});

/** The page leads: it was asked to collect, and the card was read. */
function collected(): void {
  bench.steps.apply(ourRefund, { kind: 'reader_prompted', attemptId: firstTry });
  bench.steps.apply(ourRefund, { kind: 'card_collected', attemptId: firstTry, askFirst: false });
}

/** Main leads: the reader gives back by itself, in one step. */
function called(): void {
  bench.steps.apply(ourRefund, { kind: 'reader_called', attemptId: firstTry, steps: 'one_step' });
  bench.steps.apply(ourRefund, { kind: 'reader_prompted', attemptId: firstTry });
}

function finished(hint: ProcessHint): void {
  bench.steps.apply(ourRefund, { kind: 'reader_finished', attemptId: firstTry, hint });
}

const stateOf = ({ refund }: StoredRefund): string => refund.state;

describe('money paid by Interac', () => {
  it('is given back to the card at the reader, after the refunds that were there are known', () => {
    expect(stripe.keys).toEqual([]);
    expect(storedRefund(bench)).toMatchObject({ state: 'presenting', before: ['re_0001'] });
    expect(bench.commanded).toEqual([{ kind: 'reader.collect', attemptId: firstTry }]);
  });

  it('is not asked for while another card may be asked for at the reader', async () => {
    const other = { ...request, requestId: 'request00002' };
    expect(sentenceOf(await bench.refunds.ask(other))).toContain('in use');

    bench.refunds.stop(ourRefund);
    bench.bench.isReaderFree = false;
    expect(sentenceOf(await bench.refunds.ask(other))).toContain('in use');

    bench.bench.isReaderFree = true;
    expect((await bench.refunds.ask(other)).kind).toBe('asked');
  });
});

describe('a page that leads the reader', () => {
  it('collects, processes, and what came of it is read from Stripe', async () => {
    collected();
    expect(bench.commanded.at(-1)).toEqual({
      kind: 'reader.process',
      attemptId: firstTry,
      count: 1,
    });
    stripe.addForeign(500, captured.id);
    bench.steps.apply(ourRefund, {
      kind: 'process_answered',
      attemptId: firstTry,
      count: 1,
      hint: processed,
    });
    await bench.run(minuteMs);

    expect(storedRefund(bench)).toMatchObject({
      state: 'succeeded',
      stripeRefund: { id: 're_0002' },
    });
    expect(storedSale(bench).givenBack).toBe(500);
  });

  it('that is loaded anew while a card is processed leaves it to be found out', async () => {
    collected();
    stripe.addForeign(500, captured.id);

    bench.refunds.windowLoaded();
    await bench.run();

    expect(storedRefund(bench).stripeRefund?.id).toBe('re_0002');
  });

  it('that is loaded anew while a card is waited for asks for it again', () => {
    bench.refunds.windowLoaded();

    expect(bench.commanded.at(-1)).toEqual({
      kind: 'reader.collect',
      attemptId: attemptIdOf(ourRefund, 2),
    });
  });

  it('that reads no card gives nothing back', () => {
    bench.steps.apply(ourRefund, {
      kind: 'collect_failed',
      attemptId: firstTry,
      code: 'canceled',
    });

    expect(storedRefund(bench)).toMatchObject({ state: 'canceled', problem: 'canceled' });
    expect(storedSale(bench).givenBack).toBe(0);
  });
});

describe('a reader that main leads', () => {
  it('gives back by itself, and what came of it is read from Stripe', async () => {
    called();
    stripe.addForeign(500, captured.id);
    finished(processed);
    await bench.run(minuteMs);

    expect(storedRefund(bench)).toMatchObject({
      state: 'succeeded',
      stripeRefund: { id: 're_0002' },
    });
  });

  it('that says the card was declined has given nothing back once a list shows it', async () => {
    called();
    finished(declined);
    expect(storedRefund(bench).state).toBe('finding_out');
    await bench.run();

    expect(storedRefund(bench)).toMatchObject({ state: 'canceled', problem: 'card_declined' });
    expect(storedSale(bench).givenBack).toBe(0);
  });

  it('that gave no answer is looked after until the refund shows', async () => {
    called();
    finished(noAnswer);
    await bench.run(10_000);
    expect(storedRefund(bench).state).toBe('finding_out');
    expect(storedSale(bench).givenBack).toBe(500);

    stripe.addForeign(500, captured.id);
    await bench.run(10_000);

    expect(storedRefund(bench).state).toBe('succeeded');
  });

  it('that was stopped in the very moment of giving back is not taken to have given nothing', async () => {
    called();
    stripe.addForeign(500, captured.id);

    expect(bench.refunds.stop(ourRefund)).toMatchObject({ kind: 'asked' });
    await bench.run(10_000);

    expect(bench.commanded.at(-1)).toEqual({ kind: 'reader.cancel', attemptId: firstTry });
    expect(storedRefund(bench).state).toBe('succeeded');
  });
});

describe('a wait', () => {
  it('for a reader that does not wake comes to an end', async () => {
    await bench.run(16_000);

    expect(storedRefund(bench)).toMatchObject({ state: 'canceled', problem: 'reader_unavailable' });
    expect(bench.commanded.at(-1)?.kind).toBe('reader.cancel');
  });

  it('for a card that nobody shows comes to an end', async () => {
    bench.steps.apply(ourRefund, { kind: 'reader_prompted', attemptId: firstTry });
    await bench.run(76_000);

    expect(storedRefund(bench)).toMatchObject({ state: 'canceled', problem: 'timeout' });
    expect(bench.refunds.offer(ourSale)?.most.amount).toBe(2_300);
  });

  it('for a card to be processed ends in a look, not in a guess', async () => {
    collected();
    await bench.run(91_000);

    expect(storedRefund(bench).state).toBe('finding_out');
    expect(storedSale(bench).givenBack).toBe(500);
  });
});

describe('a kiosk that dies', () => {
  async function restart(): Promise<void> {
    await bench.stop();
    bench = open('boot_0000000002');
    bench.refunds.start();
    await bench.run(minuteMs);
  }

  it('while its page waits for a card has given nothing back', async () => {
    await restart();

    expect(bench.book.refundsOf(ourSale).map(stateOf)).toEqual(['canceled']);
    expect(storedSale(bench).givenBack).toBe(0);
  });

  it('while the card is processed finds out what became of it', async () => {
    collected();
    stripe.addForeign(500, captured.id);

    await restart();

    expect(storedRefund(bench).state).toBe('succeeded');
    expect(storedSale(bench).givenBack).toBe(500);
  });

  it('while a reader gives back by itself finds out what became of it', async () => {
    called();
    stripe.addForeign(500, captured.id);

    await restart();

    expect(bench.commanded).toContainEqual({ kind: 'reader.cancel', attemptId: firstTry });
    expect(storedRefund(bench).state).toBe('succeeded');
  });
});
