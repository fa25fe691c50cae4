import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ReaderFault } from '../../main/training/reader/reader-fault.ts';
import { ErrorTable, type Row } from '../support/studio/error-table.ts';
import { ReaderSession } from '../support/studio/reader-session.ts';
import { StudioKiosk } from '../support/studio/studio-kiosk.ts';
import { backReader, frontReader, TestStudio } from '../support/studio/test-studio.ts';

/*
 * Every error that Stripe's guide to the server-driven integration names, and those that a counter adds to it: what
 * the customer reads, what staff are told, and what became of the one PaymentIntent. The rows of the table are what was
 * observed; it is printed at the end of the run.
 * https://docs.stripe.com/terminal/payments/collect-card-payment?terminal-sdk-platform=server-driven#handle-errors
 */

const table = new ErrorTable();
let studio: TestStudio;
let kiosk: StudioKiosk;

async function openKiosk(settings: object): Promise<void> {
  kiosk = await StudioKiosk.open(studio, { integration: 'server_driven', settings });
  await kiosk.page.ask('staff:set-pin', { pin: '4711', current: null });
}

beforeEach(async () => {
  studio = await TestStudio.open();
  await openKiosk({});
});

afterEach(async () => {
  await kiosk.close();
  await studio.close();
});

afterAll(() => {
  // Each row begins a line of its own, so that the whole run of checks can find it.
  process.stdout.write(['', ...table.lines(), ''].join('\n'));
});

const approved = 'Approved / $24.00 paid with Visa ending 4242 / Thank you.';
const nothing = 'Nothing was charged.';
const askedToPay = 'Ask for a card at the reader';

function cancelled(why: string): string {
  return `Payment cancelled / ${why} / ${nothing}`;
}

function arm(...faults: ReaderFault[]): void {
  for (const fault of faults) studio.server.readers.arm(fault, frontReader);
}

type Told = Omit<Row, 'ended'>;

/** What is told as soon as the screen shows one of these. */
async function toldAt(...states: string[]): Promise<Told> {
  return table.told(kiosk, await kiosk.untilState(...states));
}

/** What is told of the end of a sale, once the reader has come to rest. */
async function toldAtTheEnd(state: 'paid' | 'canceled'): Promise<Told> {
  await kiosk.untilState(state);
  await kiosk.pass(5_000);
  return toldAt(state);
}

/** Compares the row, as it was observed, with what it should be; `staff` must all be told, in this order. */
async function row(
  error: string,
  told: Told,
  { staff, ...expected }: Omit<Row, 'staff'> & { readonly staff: readonly string[] },
): Promise<void> {
  const { staff: toldStaff, ...kept } = await table.keep(error, told, studio);
  expect(kept).toEqual(expected);
  let from = 0;
  for (const part of staff) {
    expect(toldStaff.slice(from)).toContain(part);
    from = toldStaff.indexOf(part, from) + part.length;
  }
}

/** The customer has chosen and confirms; from now on the reader meets these. */
async function confirmBefore(...faults: ReaderFault[]): Promise<void> {
  const lines = [{ itemId: 'evening-flow', quantity: 1 }];
  const { saleId } = await kiosk.page.ask('sale:start', { lines });
  // The order comes on the reader's display first, and that call is not the one they are for.
  await kiosk.pass(0);
  arm(...faults);
  await kiosk.page.ask('sale:confirm', { saleId });
}

async function payWith(card: string, readerId: string = frontReader): Promise<void> {
  kiosk.present(card, readerId);
  await kiosk.untilState('paid');
}

/** The customer tries once more, on the same PaymentIntent, and pays. */
async function payAtTheNextTry(saleId: string): Promise<void> {
  await kiosk.page.ask('payment:retry', { saleId });
  await kiosk.untilState('awaiting_card');
  await payWith('visa');
}

async function declined(): Promise<{ readonly saleId: string; readonly intent: string }> {
  const saleId = await kiosk.buy();
  kiosk.present('charge_declined');
  await kiosk.untilState('declined');
  const [intent] = (await studio.stripe.paymentIntents.list()).data;
  return { saleId, intent: intent?.id ?? '' };
}

async function onFrontReader(): Promise<unknown> {
  const reader = await studio.stripe.terminal.readers.retrieve(frontReader);
  return 'action' in reader ? reader.action?.process_payment_intent?.payment_intent : null;
}

describe('a PaymentIntent that takes no card any more', () => {
  test('was cancelled elsewhere: that is read and said, and no other is made', async () => {
    const { saleId, intent } = await declined();
    await studio.stripe.paymentIntents.cancel(intent);
    await kiosk.page.ask('payment:retry', { saleId });

    await row('intent_invalid_state, cancelled elsewhere', await toldAtTheEnd('canceled'), {
      customer: cancelled('It was cancelled somewhere else.'),
      staff: [`${askedToPay}: Refused: the payment was past this step.`, 'it is cancelled'],
      ended: 'canceled, failed',
    });
  });

  test('was paid on another reader: that is read, and the money is taken once', async () => {
    const { saleId, intent } = await declined();
    await kiosk.line.cut();
    await studio.stripe.terminal.readers.processPaymentIntent(backReader, {
      payment_intent: intent,
    });
    kiosk.present('visa', backReader);
    await kiosk.pass(3_000);
    await kiosk.line.mend();
    await kiosk.page.ask('payment:retry', { saleId });

    await row('intent_invalid_state, authorised elsewhere', await toldAtTheEnd('paid'), {
      customer: approved,
      staff: [`${askedToPay}: Refused: the payment was past this step.`],
      ended: 'succeeded, failed, captured',
    });
  });
});

describe('a card that was not charged', () => {
  test('was declined: the reason is said, and another card pays the same PaymentIntent', async () => {
    const saleId = await kiosk.buy();
    kiosk.present('charge_declined_insufficient_funds');
    const told = await toldAt('declined');
    await payAtTheNextTry(saleId);

    await row('card_declined, then another card', told, {
      customer: `Card declined / There is not enough available on that card. / ${nothing}`,
      staff: ['nothing is charged yet', '(card_declined): Your card has insufficient funds.'],
      ended: 'succeeded, failed, captured',
    });
  });

  test('could not be read, however often: that is said, and the same PaymentIntent is paid at the next try', async () => {
    const saleId = await kiosk.buy();
    arm({ kind: 'card_unreadable' });
    kiosk.present('visa');
    const told = await toldAt('declined');
    await payAtTheNextTry(saleId);

    await row('retries on the reader exhausted, then paid', told, {
      customer:
        'Please try again / The card reader could not finish with that card. It may work now.',
      staff: ['nothing is charged yet', '(card_read_error)'],
      ended: 'succeeded, captured',
    });
  });
});

describe('the reader loses Stripe while it charges', () => {
  test('and the bank had approved: a read finds the money, and it is paid once', async () => {
    await kiosk.buy();
    arm({ kind: 'connection_error', authorized: true });
    kiosk.present('visa');

    await row('connection_error, authorised', await toldAtTheEnd('paid'), {
      customer: approved,
      staff: ['it is paid', '(connection_error)', 'not the reader', 'good connection'],
      ended: 'succeeded, captured',
    });
  });

  test('and the bank was not asked: until that is known nothing is said, then the card may try again', async () => {
    const saleId = await kiosk.buy();
    arm({ kind: 'connection_error', authorized: false });
    kiosk.present('visa');
    const meanwhile = await toldAt('finding_out');
    await row('connection_error, until it is known', meanwhile, {
      customer:
        "We're checking with the bank / Please don't pay again. / The answer appears here by itself. There is nothing for you to do.",
      staff: ['nothing is charged yet', '(connection_error)', 'not the reader', 'good connection'],
      ended: 'requires_payment_method, no charge',
    });
    const told = await toldAt('declined');
    await payAtTheNextTry(saleId);

    await row('connection_error, not authorised, then the same card', told, {
      customer:
        'Please try again / The card reader lost its connection. The same card may work now.',
      staff: ['nothing is charged yet', '(connection_error)'],
      ended: 'succeeded, captured',
    });
  });
});

describe('a payment is cancelled', () => {
  test('by the customer on the reader', async () => {
    await kiosk.buy();
    kiosk.cancelOnReader();

    await row('customer_canceled', await toldAtTheEnd('canceled'), {
      customer: cancelled('It was cancelled on the card reader.'),
      staff: ['it is cancelled', '(customer_canceled)'],
      ended: 'canceled, no charge',
    });
  });

  test('by the customer on the kiosk, and the reader is cleared', async () => {
    const saleId = await kiosk.buy();
    await kiosk.page.ask('sale:cancel', { saleId });

    await row('cancelled on the kiosk', await toldAtTheEnd('canceled'), {
      customer: cancelled('You cancelled it here.'),
      staff: ['Stripe shows nothing on the reader.'],
      ended: 'canceled, no charge',
    });
  });

  test('while the card is charged: the reader can’t be stopped, and its money is not kept', async () => {
    const saleId = await kiosk.buy();
    kiosk.present('visa');
    await kiosk.pass(700);
    await kiosk.page.ask('sale:cancel', { saleId });

    const told = await toldAtTheEnd('canceled');
    expect(kiosk.screens.slice(-2)).toEqual(['canceling', 'canceled']);
    await row('cancelled while the card is charged', told, {
      customer: cancelled('You cancelled it here.'),
      staff: [
        'Clear the reader: Refused: the reader is busy: it charges a card',
        'it is cancelled',
      ],
      ended: 'canceled, no charge',
    });
  });

  test('after the bank approved: the hold is released', async () => {
    const saleId = await kiosk.buy();
    kiosk.present('visa');
    await kiosk.pass(1_800);
    const held = await studio.ledger();
    await kiosk.page.ask('sale:cancel', { saleId });

    const told = await toldAtTheEnd('canceled');
    expect(held).toMatchObject([{ charges: ['held'] }]);
    await row('cancelled after the bank approved', told, {
      customer: cancelled('You cancelled it here.'),
      staff: ['it is cancelled'],
      ended: 'canceled, released',
    });
  });
});

describe('with a question before the card is charged', () => {
  beforeEach(async () => {
    await kiosk.close();
    await openKiosk({ askBeforeCharging: true });
  });

  async function cardRead(): Promise<Parameters<typeof accept>[0]> {
    const saleId = await kiosk.buy();
    kiosk.present('visa');
    const { sale } = await kiosk.untilState('card_read');
    return { saleId, attemptId: sale?.attemptId ?? '' };
  }

  function accept(asked: { saleId: string; attemptId: string }): Promise<null> {
    return kiosk.page.ask('payment:accept', asked);
  }

  test('another till takes the reader: the card that was read is not charged', async () => {
    const asked = await cardRead();
    const theirs = await studio.otherTillAsks();
    await accept(asked);
    const told = await toldAt('declined', 'canceled');

    expect(await onFrontReader()).toBe(theirs);
    await kiosk.page.ask('sale:cancel', { saleId: asked.saleId });
    await kiosk.untilState('canceled');
    expect(await onFrontReader()).toBe(theirs);
    await row('card read, then the reader taken by another till, then cancelled', told, {
      customer:
        "Let's start that again / Another till took over the card reader. You can try again here.",
      staff: ['for a payment that no kiosk of this kind began', 'nothing is charged yet'],
      ended: 'canceled, no charge',
    });
  });

  test('the reader loses Stripe before the bank is asked: the card is not charged, and the payment given up', async () => {
    const asked = await cardRead();
    arm({ kind: 'connection_error', authorized: false });
    await accept(asked);

    await row('confirm: connection_error, not authorised', await toldAtTheEnd('canceled'), {
      customer: cancelled('The card was not confirmed in time.'),
      staff: ['it is cancelled'],
      ended: 'canceled, no charge',
    });
  });

  test('the reader loses Stripe after the bank approved: a read finds the money', async () => {
    const asked = await cardRead();
    arm({ kind: 'connection_error', authorized: true });
    await accept(asked);

    await row('confirm: connection_error, authorised', await toldAtTheEnd('paid'), {
      customer: approved,
      staff: ['it is paid'],
      ended: 'succeeded, captured',
    });
  });

  test('the confirmation is not acknowledged, but heard all the same: charged once', async () => {
    const asked = await cardRead();
    arm({ kind: 'command_times_out', arrives: true });
    await accept(asked);

    await row('confirm: terminal_reader_timeout, a false negative', await toldAtTheEnd('paid'), {
      customer: approved,
      staff: [
        'Charge the card that was read: Refused: the reader did not answer in time. If this comes often, put reader and kiosk on a steadier network',
        'it is paid',
      ],
      ended: 'succeeded, captured',
    });
  });
});

describe('the reader is busy', () => {
  test('with another till’s payment: that is left alone, and nobody is charged here', async () => {
    const theirs = await studio.otherTillAsks();
    await kiosk.page.buy();

    const told = await toldAtTheEnd('canceled');
    expect(await onFrontReader()).toBe(theirs);
    await row('busy with another till’s payment', told, {
      customer: cancelled(
        'Another till is using the card reader. Please wait a moment, then try again.',
      ),
      staff: ['for a payment that no kiosk of this kind began', 'nothing is charged yet'],
      ended: 'canceled, no charge',
    });
  });

  test('with an update: it is asked again for a while, and then that is said', async () => {
    await confirmBefore({ kind: 'reader_updating', forMs: 60_000 });

    await row('terminal_reader_busy, updating', await toldAtTheEnd('canceled'), {
      customer: cancelled('The card reader is busy with itself, perhaps with an update.'),
      staff: [`${askedToPay}: Refused: the reader is busy: it charges a card`],
      ended: 'canceled, no charge',
    });
  });

  test('for three seconds: the customer waits that long and pays', async () => {
    await confirmBefore({ kind: 'reader_updating', forMs: 3_000 });
    await kiosk.untilState('awaiting_card');
    await payWith('visa');

    await row('terminal_reader_busy, for three seconds', await toldAtTheEnd('paid'), {
      customer: approved,
      staff: [`${askedToPay}: Refused: the reader is busy: it charges a card`, 'it is paid'],
      ended: 'succeeded, captured',
    });
  });

  test('because another till has taken the prompt’s place: noticed within five seconds, and said', async () => {
    const saleId = await kiosk.buy();
    const theirs = await studio.otherTillAsks();
    const sinceMs = studio.clock.monotonicMs();
    const told = await toldAt('declined');
    const noticedMs = studio.clock.monotonicMs() - sinceMs;
    const stillTheirs = await onFrontReader();
    await studio.stripe.terminal.readers.cancelAction(frontReader);
    await payAtTheNextTry(saleId);

    expect(noticedMs).toBeLessThanOrEqual(5_000);
    expect(stillTheirs).toBe(theirs);
    await row('prompt replaced by another till, then paid', told, {
      customer:
        "Let's start that again / Another till took over the card reader. You can try again here.",
      staff: ['for a payment that no kiosk of this kind began'],
      ended: 'succeeded, captured',
    });
  });
});

describe('the reader does not answer', () => {
  const timesOut = { kind: 'command_times_out', arrives: false } as const;
  const refusedByTime = `${askedToPay}: Refused: the reader did not answer in time. If this comes often, put reader and kiosk on a steadier network`;

  test('once: it is asked again, and the customer pays', async () => {
    await confirmBefore(timesOut);
    await kiosk.untilState('awaiting_card');
    await payWith('visa');

    await row('terminal_reader_timeout, once', await toldAtTheEnd('paid'), {
      customer: approved,
      staff: [refusedByTime, 'it is paid'],
      ended: 'succeeded, captured',
    });
  });

  test('but has heard all the same: a look finds the prompt, and it is not placed twice', async () => {
    await confirmBefore({ kind: 'command_times_out', arrives: true });
    await kiosk.untilState('awaiting_card');
    await payWith('visa');

    const told = await toldAtTheEnd('paid');
    expect(told.staff.split(refusedByTime)).toHaveLength(2);
    await row('terminal_reader_timeout, a false negative', told, {
      customer: approved,
      staff: [refusedByTime, 'it is paid'],
      ended: 'succeeded, captured',
    });
  });

  test('twice: the payment is given up', async () => {
    await confirmBefore(timesOut, timesOut);

    await row('terminal_reader_timeout, twice', await toldAtTheEnd('canceled'), {
      customer: cancelled("The card reader isn't responding."),
      staff: [`${refusedByTime}. (2 times)`],
      ended: 'canceled, no charge',
    });
  });

  test('because it is offline: the payment is given up, and staff get advice', async () => {
    await confirmBefore({ kind: 'reader_offline' });

    await row('terminal_reader_offline', await toldAtTheEnd('canceled'), {
      customer: cancelled("The card reader isn't responding."),
      staff: [
        `${askedToPay}: Refused: the reader is offline: check its power and its network`,
        'good connection',
      ],
      ended: 'canceled, no charge',
    });
  });

  test('because it is offline, and there is a spare: the same PaymentIntent is paid there', async () => {
    const chosen = { integration: 'server_driven', isShared: false, by: 'Mara' } as const;
    await kiosk.page.ask('readers:choose', { role: 'main', readerId: frontReader, ...chosen });
    await kiosk.page.ask('readers:choose', { role: 'spare', readerId: backReader, ...chosen });
    await confirmBefore({ kind: 'reader_offline' });
    await kiosk.untilState('awaiting_card');
    await payWith('visa', backReader);

    await row('terminal_reader_offline, with a spare', await toldAtTheEnd('paid'), {
      customer: approved,
      staff: [
        `${askedToPay}: Refused: the reader is offline: check its power and its network`,
        'good connection',
      ],
      ended: 'succeeded, captured',
    });
  });

  test('because it is broken: the payment is given up', async () => {
    await confirmBefore({ kind: 'hardware_fault' });

    await row('terminal_reader_hardware_fault', await toldAtTheEnd('canceled'), {
      customer: cancelled("The card reader isn't responding."),
      staff: [`${askedToPay}: Refused: the reader is broken: use another`],
      ended: 'canceled, no charge',
    });
  });
});

describe('the reader goes away with the card in it', () => {
  test('after the bank approved: a read finds the money, and the reader is cleared', async () => {
    await kiosk.buy();
    arm({ kind: 'reader_lost_during_action', authorized: true });
    kiosk.present('visa');

    await row('reader lost mid-payment, authorised', await toldAtTheEnd('paid'), {
      customer: approved,
      staff: ['Stripe shows nothing on the reader.'],
      ended: 'succeeded, captured',
    });
  });

  test('before the bank was asked: the payment is given up in time, and the reader is cleared', async () => {
    await kiosk.buy();
    arm({ kind: 'reader_lost_during_action', authorized: false });
    kiosk.present('visa');

    await row('reader lost mid-payment, not authorised', await toldAtTheEnd('canceled'), {
      customer: cancelled('No card was presented in time.'),
      staff: ['Stripe shows nothing on the reader.'],
      ended: 'canceled, no charge',
    });
  });
});

describe('Stripe’s event of the reader', () => {
  test.each<ReaderFault>([
    { kind: 'event_missing' },
    { kind: 'event_late', byMs: 60_000 },
    { kind: 'event_twice' },
  ])('does not decide: $kind, and the sale is paid once', async (fault) => {
    await kiosk.buy();
    arm(fault);
    await payWith('visa');

    await row(fault.kind.replace('_', ' '), await toldAtTheEnd('paid'), {
      customer: approved,
      staff: ['it is paid'],
      ended: 'succeeded, captured',
    });
  });
});

test('a kiosk without network learns of the card when the network is back', async () => {
  await kiosk.buy();
  await kiosk.line.cut();
  kiosk.present('visa');
  await kiosk.pass(20_000);
  const told = await table.told(kiosk, kiosk.page.snapshot);
  await kiosk.line.mend();
  await kiosk.untilState('paid');

  await row('kiosk without network while the card is charged', told, {
    customer: 'Tap, insert or swipe your card / The card reader is on your right. / To pay $24.00',
    staff: ['How the reader stands is not known. Stripe did not answer.', 'good connection'],
    ended: 'succeeded, captured',
  });
});

test('by the SDK, a reader that another till uses is not taken from it', async () => {
  const other = new ReaderSession(studio.server.readers);
  const { secret: connectionToken } = await studio.stripe.terminal.connectionTokens.create();
  await other.call('connectReader', { connectionToken, reader: frontReader, failIfInUse: true });
  const lost: unknown[] = [];
  other.onEvent((event) => lost.push(event));
  await kiosk.page.ask('readers:choose', {
    role: 'main',
    readerId: frontReader,
    integration: 'sdk',
    isShared: true,
    by: 'Mara',
  });

  const { cardPayment } = await kiosk.until(
    (snapshot) => snapshot.cardPayment.state === 'unavailable',
  );

  expect(cardPayment.sentence).toContain('reader');
  expect(lost).toEqual([]);
  other.end();
});
