import { describe, expect, it } from 'vitest';
import { readerHandlers } from '../../main/ipc/reader-handlers.ts';
import { SdkReaderDriver } from '../../main/ipc/sdk-reader-driver.ts';
import type { CardSetup } from '../../main/domain/card-setup.ts';
import { setupTransition } from '../../main/domain/card-setup-transition.ts';
import { attemptIdOf } from '../../main/domain/ids.ts';
import type { Refund } from '../../main/domain/refund.ts';
import { refundTransition } from '../../main/domain/refund-transition.ts';
import type { Heard } from '../../main/services/checkout.ts';
import { Errands } from '../../main/services/errands.ts';
import { ReaderReports } from '../../main/services/reader-reports.ts';
import type { ReaderCommand, ReaderReport } from '../../preload/contract/reader.ts';
import { aRefund, aSetup, setupFacts } from '../support/fakes/card-records.ts';

const noSale = (): Heard => ({ kind: 'heard' });

/** The page reports to a kiosk that keeps a card and gives money back, with both records in memory. */
function desk(lead: ConstructorParameters<typeof ReaderReports>[0]['lead'] = null) {
  let setup: CardSetup = aSetup();
  let refund: Refund = aRefund({ way: 'in_person' }).refund;
  const tellSetup = (event: Parameters<typeof setupTransition>[1]): CardSetup | null => {
    const result = setupTransition(setup, event);
    if (result.kind === 'moved') setup = result.setup;
    return result.kind === 'moved' ? setup : null;
  };
  const tellRefund = (event: Parameters<typeof refundTransition>[1]): Refund | null => {
    const result = refundTransition(refund, event);
    if (result.kind === 'moved') refund = result.refund;
    return result.kind === 'moved' ? refund : null;
  };
  tellSetup({ kind: 'setup_intent_created', setupIntent: setupFacts() });
  tellRefund({ kind: 'refunds_listed', refunds: [] });
  const errands = new Errands({
    sales: { apply: () => null },
    ledger: { findSale: () => null },
    setups: { find: () => setup, apply: (_id, event) => tellSetup(event) },
    refunds: { find: () => refund, apply: (_id, event) => tellRefund(event) },
    cardBook: { unfinishedSetups: () => [setup] },
    refundBook: { unfinishedRefunds: () => [refund] },
  });
  const sent: ReaderCommand[] = [];
  const driver = new SdkReaderDriver((command) => sent.push(command));
  driver.told({ connection: 'connected', payment: 'ready', label: null, problem: null });
  const handlers = readerHandlers({
    checkout: {
      readerPrompted: noSale,
      cardCollected: noSale,
      collectFailed: noSale,
      processAnswered: noSale,
    },
    reports: new ReaderReports({ errands, lead }),
    driver,
    createConnectionToken: () => Promise.resolve(null),
    onChange: () => undefined,
  });
  const report = (owner: 'setup' | 'refund', what: ReaderReport, count = 0) => {
    const ownerId = owner === 'setup' ? setup.id : refund.id;
    const attemptId = attemptIdOf(ownerId, 1);
    const commandId = count === 0 ? `${attemptId}/collect` : `${attemptId}/process/${count}`;
    return handlers['reader:report']({ ownerId, attemptId, commandId, report: what });
  };
  return { report, driver, sent, errands, handlers, setup: () => setup, refund: () => refund };
}

describe('what the page says of a card that is to be kept', () => {
  it('moves the setup from prompt to confirmation, and its end asks for a read', () => {
    const { report, setup } = desk();

    expect(report('setup', { kind: 'awaiting_card' })).toMatchObject({ ok: true });
    expect(setup().attempt?.stage).toBe('awaiting_card');
    expect(report('setup', { kind: 'collected' })).toMatchObject({ ok: true });
    expect(setup().state).toBe('confirming');
    expect(report('setup', { kind: 'processed' }, 1)).toMatchObject({ ok: true });

    expect(setup()).toMatchObject({
      state: 'confirming',
      attempt: { hint: { kind: 'processed' } },
    });
  });

  it('is refused once its attempt is over', () => {
    const { report } = desk();
    void report('setup', { kind: 'collect_failed', code: 'canceled_by_customer' });

    expect(report('setup', { kind: 'collected' })).toMatchObject({ ok: false });
  });

  it('is refused while main leads the reader', () => {
    const { report, setup } = desk({ isLedByPage: () => false, moveToSpare: () => false });

    expect(report('setup', { kind: 'collected' })).toMatchObject({ ok: false });
    expect(setup().state).toBe('presenting');
  });

  it('leaves the setup as it is where it goes on at the spare', () => {
    const { report, setup } = desk({ isLedByPage: () => true, moveToSpare: () => true });

    expect(report('setup', { kind: 'collect_failed', code: 'no_reader_found' })).toMatchObject({
      ok: true,
    });
    expect(setup().state).toBe('presenting');
  });
});

describe('what the page says of the card that is given back to', () => {
  it('moves the refund, and an unknown end is found out', () => {
    const { report, refund } = desk();

    void report('refund', { kind: 'collected' });
    expect(refund().state).toBe('processing');
    void report(
      'refund',
      { kind: 'process_failed', code: 'sdk_fault', declineCode: null, paymentIntentStatus: null },
      1,
    );

    expect(refund().state).toBe('finding_out');
  });

  it('can’t be told as a payment', () => {
    const { handlers, refund } = desk();
    const attemptId = attemptIdOf(refund().id, 1);
    const commandId = `${attemptId}/process/1`;

    expect(
      handlers['payment:capture']({ ownerId: refund().id, attemptId, commandId }),
    ).toMatchObject({ ok: false });
  });
});

describe('what the page is told to collect', () => {
  it('is a card to keep, with the secret of its SetupIntent', () => {
    const { driver, sent, setup } = desk();
    const attemptId = attemptIdOf(setup().id, 1);

    driver.command({ kind: 'setup', setup: setup() }, { kind: 'reader.collect', attemptId }, 's_1');

    expect(sent).toMatchObject([
      { ownerId: setup().id, collect: { for: 'setup', clientSecret: 's_1' } },
    ]);
  });

  it('is the card that paid, by its Charge and the amount, without any secret', () => {
    const { driver, sent, refund } = desk();
    const attemptId = attemptIdOf(refund().id, 1);

    driver.command(
      { kind: 'refund', refund: refund() },
      { kind: 'reader.collect', attemptId },
      null,
    );

    expect(sent).toMatchObject([
      { collect: { for: 'refund', chargeId: 'ch_0001', amount: 500, currency: 'usd' } },
    ]);
  });

  it('is nothing without a secret', () => {
    const { driver, sent, setup } = desk();
    const attemptId = attemptIdOf(setup().id, 1);

    driver.command({ kind: 'setup', setup: setup() }, { kind: 'reader.collect', attemptId }, null);

    expect(sent).toEqual([]);
  });
});

describe('what asks for a card', () => {
  it('are the setups and refunds with a live attempt', () => {
    const { errands, report } = desk();
    expect(errands.asking().map(({ kind }) => kind)).toEqual(['setup', 'refund']);

    void report('setup', { kind: 'collect_failed', code: 'canceled_by_customer' });

    expect(errands.asking().map(({ kind }) => kind)).toEqual(['refund']);
  });
});
