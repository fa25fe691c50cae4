import { afterEach, describe, expect, it } from 'vitest';
import type { AttemptId, SetupId } from '../../../main/domain/ids.ts';
import { memberSheet, setupView } from '../../../main/ipc/card-views.ts';
import type { Answer } from '../../../main/ports/payments-api.ts';
import { busy, denied, refused, uncertain, unanswered } from '../../support/fakes/fake-payments.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { type BenchOptions, type CardBench, mia, openCardBench, sha256 } from './card-bench.ts';
import { visa } from './fake-cards.ts';
import { FakeSetupStore, keepsAlone, tapped } from './fake-store.ts';

const tempFolder = tempFolders();
const opened: CardBench[] = [];

afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close();
});

const order = { id: '123', fromBalance: 0, balance: 0, userId: '1001', partnerId: '72341' };
const terms = { userId: '1001', partnerId: '72341', postalCode: '02138', order };

function kiosk(store: FakeSetupStore, options: BenchOptions = {}, folder = tempFolder()) {
  const system = { store: { fromPayment: null, setups: store }, abilities: keepsAlone };
  const bench = openCardBench(folder, null, { ...system, ...options });
  opened.push(bench);
  return bench;
}

/** Mia agrees that a card is kept without a sale. */
function begin(bench: CardBench): SetupId {
  const member = bench.addMia();
  const { hash: wordingHash } = bench.desk.consents.offer();
  const agreement = { member, saleId: null, wordingHash, copyByEmail: false, terms };
  const agreed = bench.desk.consents.agree(agreement);
  if (agreed.kind !== 'setup_started') throw new Error(`no setup was started: ${agreed.kind}`);
  return agreed.setupId;
}

function attemptOf(bench: CardBench, id: SetupId): AttemptId {
  const { attempt } = bench.setup(id);
  if (attempt === null) throw new Error('no card is asked for');
  return attempt.id;
}

/** The reader has read the card, and says that it is done. */
function tap(bench: CardBench, id: SetupId): void {
  const attemptId = attemptOf(bench, id);
  const { setups } = bench.desk;
  setups.told(id, { kind: 'reader_prompted', attemptId });
  setups.told(id, { kind: 'card_collected', attemptId, askFirst: false });
  const hint = { kind: 'processed' } as const;
  setups.told(id, { kind: 'process_answered', attemptId, count: 1, hint });
}

/** All the way to the request that keeps the card, and its answer. */
async function kept(bench: CardBench, store: FakeSetupStore): Promise<SetupId> {
  const id = begin(bench);
  await bench.work();
  store.bankAgrees();
  tap(bench, id);
  await bench.work();
  return id;
}

function sheetOf(bench: CardBench) {
  const { ledger, book, time } = bench;
  const sources = { ledger, book, hash: sha256, nowMs: time.nowMs(), charges: [] };
  return memberSheet(bench.member, sources);
}

describe('a card kept alone, behind a system with users of its own', () => {
  it('is kept there for the user and partner of the order, with the postal code as it was typed', async () => {
    const store = new FakeSetupStore();
    const bench = kiosk(store);
    const id = await kept(bench, store);

    expect(store.users).toEqual(['1001']);
    expect(store.stored).toEqual([
      {
        name: mia.name,
        partner: '72341',
        paymentMethod: tapped,
        postalCode: '02138',
        user: '1001',
      },
    ]);
    expect(bench.setup(id)).toMatchObject({ state: 'kept', cardId: tapped });
    expect(bench.book.keepingOf(id)).toEqual({ kind: 'kept', cardId: tapped });
  });

  it('is the reusable card where that can be seen', async () => {
    const store = new FakeSetupStore();
    const bench = kiosk(store);
    const id = begin(bench);
    await bench.work();
    store.bankAgrees(visa);
    tap(bench, id);
    await bench.work();

    expect(store.stored).toMatchObject([{ paymentMethod: visa }]);
  });

  it('is linked to its consent, of which the digits are not known', async () => {
    const store = new FakeSetupStore();
    const bench = kiosk(store);
    await kept(bench, store);

    expect(sheetOf(bench).consents).toMatchObject([
      { intentId: 'seti_0001', last4: null, intact: true, revokedAtMs: null },
    ]);
    expect(bench.desk.consents.exportOf(bench.member.key)).toContain('its last digits not known');
  });

  it('leaves neither the postal code nor the secret in the file or the log', async () => {
    const store = new FakeSetupStore();
    const bench = kiosk(store);
    const id = begin(bench);
    await bench.work();
    const secret = bench.commanded[0]?.clientSecret ?? '';
    store.bankAgrees();
    tap(bench, id);
    await bench.work();
    const file = bench.database.db.serialize();

    expect(secret).toBe('seti_0001_secret_abcdefghijkl');
    expect(file.includes(secret)).toBe(false);
    expect(file.includes('02138')).toBe(false);
    expect(JSON.stringify(bench.lines)).not.toContain('02138');
    expect(bench.desk.terms.of(id)).toBeNull();
    expect(bench.desk.secrets.of(id)).toBeNull();
  });

  it('tells by which order the reader is reached, as long as a card may be asked for', async () => {
    const store = new FakeSetupStore();
    const bench = kiosk(store);
    const before = bench.desk.orderOfSetup;
    const id = begin(bench);
    await bench.work();
    const meanwhile = bench.desk.orderOfSetup;
    store.bankAgrees();
    tap(bench, id);
    await bench.work();

    expect(before).toBeNull();
    expect(meanwhile).toEqual(order);
    expect(bench.desk.orderOfSetup).toBeNull();
  });

  it('is asked for anew after a declined card, on the same SetupIntent', async () => {
    const store = new FakeSetupStore();
    const bench = kiosk(store);
    const id = begin(bench);
    await bench.work();
    const [first] = [...store.setupIntents.values()];
    if (first === undefined) throw new Error('there is no SetupIntent');
    const lastError = { code: 'card_declined', declineCode: 'insufficient_funds' };
    store.setupIntents.set(first.id, { ...first, lastError, latestAttemptId: 'pm_first' });
    tap(bench, id);
    await bench.work();
    const declined = bench.setup(id);
    bench.desk.setups.retry(id);
    store.bankAgrees();
    tap(bench, id);
    await bench.work();

    expect(declined).toMatchObject({ state: 'presenting', decline: 'insufficient_funds' });
    expect(bench.setup(id).state).toBe('kept');
    expect(store.users).toHaveLength(1);
  });
});

describe('the one request that keeps the card', () => {
  it.each([
    ['lost', unanswered],
    ['a server error', uncertain],
  ])('is never repeated when its answer is %s, and staff are told', async (_what, answer) => {
    const store = new FakeSetupStore();
    store.nextStore = answer;
    const bench = kiosk(store);
    const id = await kept(bench, store);
    await bench.clock.advance(3_600_000);
    bench.desk.setups.findStuck();
    await bench.work();

    expect(store.stored).toHaveLength(1);
    expect(bench.setup(id)).toMatchObject({ state: 'not_kept', failure: null });
    expect(setupView(bench.setup(id), bench.book)).toMatchObject({ unsure: true });
    expect(bench.book.keepingOf(id)).toBeNull();
    expect(bench.ledger.waitingWork(10)).toMatchObject([
      { owner: id, kind: 'card.save', setAside: true },
    ]);
    expect(sheetOf(bench).unsure).toMatchObject([{ consentId: bench.setup(id).consentId }]);
    expect(sheetOf(bench).consents).toMatchObject([{ revokedAtMs: null }]);
  });

  it.each<[string, Answer<never>]>([
    ['refused', refused('http_422')],
    ['denied', denied],
    ['put off', busy],
    ['not even sent', { kind: 'unanswered', code: 'no_connection' }],
  ])('keeps nothing when it is %s', async (_what, answer) => {
    const store = new FakeSetupStore();
    store.nextStore = answer;
    const bench = kiosk(store);
    const id = await kept(bench, store);

    expect(bench.setup(id)).toMatchObject({ state: 'not_kept', failure: 'refused' });
    expect(store.stored).toHaveLength(1);
    expect(bench.ledger.waitingWork(10)).toEqual([]);
    expect(sheetOf(bench).unsure).toEqual([]);
  });

  it('does not leave a second time although its row is lost and made anew', async () => {
    const store = new FakeSetupStore();
    const bench = kiosk(store);
    const id = begin(bench);
    await bench.work();
    store.bankAgrees();
    store.nextStore = unanswered;
    // Its outcome can't be stored while the file refuses that one table.
    bench.database.db.exec(`
      create trigger no_room before insert on setup_events when new.state in ('kept', 'not_kept')
      begin select raise(abort, 'no room'); end`);
    tap(bench, id);
    await bench.work();
    const was = bench.setup(id).state;
    bench.database.db.exec(`delete from outbox where kind = 'card.save'; drop trigger no_room`);
    bench.desk.setups.findStuck();
    await bench.clock.advance(3_600_000);
    await bench.work();

    expect(was).toBe('saving');
    expect(store.stored).toHaveLength(1);
    expect(bench.setup(id)).toMatchObject({ state: 'not_kept', failure: null });
  });

  it('is told as done once the file takes it, without another request', async () => {
    const store = new FakeSetupStore();
    const bench = kiosk(store);
    const id = begin(bench);
    await bench.work();
    store.bankAgrees();
    bench.database.db.exec(`
      create trigger no_room before insert on setup_events when new.state in ('kept', 'not_kept')
      begin select raise(abort, 'no room'); end`);
    tap(bench, id);
    await bench.work();
    bench.database.db.exec('drop trigger no_room');
    await bench.clock.advance(60_000);
    await bench.work();

    expect(store.stored).toHaveLength(1);
    expect(bench.setup(id).state).toBe('kept');
  });

  it('does not leave where the consent was taken back', async () => {
    const store = new FakeSetupStore();
    const bench = kiosk(store);
    const id = begin(bench);
    await bench.work();
    store.bankAgrees();
    bench.book.revokeConsent(bench.setup(id).consentId, 'member', bench.time.nowMs());
    tap(bench, id);
    await bench.work();

    expect(store.stored).toEqual([]);
    expect(bench.setup(id)).toMatchObject({ state: 'not_kept', failure: 'consent_revoked' });
  });
});

describe('a setup behind a system that cancels nothing', () => {
  it('ends when the member stops it, and keeps nothing of a card tapped at that moment', async () => {
    const store = new FakeSetupStore();
    const bench = kiosk(store);
    const id = begin(bench);
    await bench.work();
    store.bankAgrees();
    bench.desk.setups.cancel(id);
    await bench.work();

    expect(bench.setup(id)).toMatchObject({ state: 'canceled', cancelReason: 'customer' });
    expect(store.stored).toEqual([]);
    expect(bench.desk.terms.of(id)).toBeNull();
  });

  it('ends with a restart while the card is awaited, and says so', async () => {
    const store = new FakeSetupStore();
    const folder = tempFolder();
    const before = kiosk(store, {}, folder);
    const id = begin(before);
    await before.work();
    await opened.splice(0)[0]?.close();

    const after = kiosk(store, { boot: 'boot_0000000002', firstId: 50 }, folder);
    after.desk.start();
    await after.work();

    expect(after.setup(id)).toMatchObject({ state: 'canceled', cancelReason: 'kiosk_restarted' });
    expect(store.users).toHaveLength(1);
  });

  it('asks for no second SetupIntent after a restart that lost the first one’s answer', async () => {
    const store = new FakeSetupStore();
    const folder = tempFolder();
    const before = kiosk(store, {}, folder);
    const id = begin(before);
    await opened.splice(0)[0]?.close();

    const after = kiosk(store, { boot: 'boot_0000000002', firstId: 50 }, folder);
    after.desk.start();
    await after.work();

    expect(after.setup(id)).toMatchObject({ state: 'canceled', cancelReason: 'kiosk_restarted' });
    expect(store.users).toEqual([]);
  });

  it('is not known to have kept its card when the kiosk restarts before that was answered', async () => {
    const store = new FakeSetupStore();
    const folder = tempFolder();
    const before = kiosk(store, {}, folder);
    const id = begin(before);
    await before.work();
    store.bankAgrees();
    before.database.db.exec(`
      create trigger no_room before insert on setup_events when new.state in ('kept', 'not_kept')
      begin select raise(abort, 'no room'); end`);
    tap(before, id);
    await before.work();
    before.database.db.exec('drop trigger no_room');
    await opened.splice(0)[0]?.close();

    const after = kiosk(store, { boot: 'boot_0000000002', firstId: 50 }, folder);
    after.desk.start();
    await after.clock.advance(60_000);
    await after.work();

    expect(store.stored).toHaveLength(1);
    expect(after.setup(id)).toMatchObject({ state: 'not_kept', failure: null });
    expect(sheetOf(after).unsure).toHaveLength(1);
  });

  it.each<[string, Answer<never>, string]>([
    ['refused', refused('http_422'), 'stripe_refused'],
    ['denied', denied, 'stripe_refused'],
    ['lost', unanswered, 'stripe_unavailable'],
    ['a server error', uncertain, 'stripe_unavailable'],
  ])('is over when the answer to its one create is %s', async (_what, answer, cancelReason) => {
    const store = new FakeSetupStore();
    store.nextCreate = answer;
    const bench = kiosk(store);
    const id = begin(bench);
    await bench.work();
    await bench.clock.advance(3_600_000);
    await bench.work();

    expect(store.users).toHaveLength(1);
    expect(bench.setup(id)).toMatchObject({ state: 'canceled', cancelReason });
  });

  it('is given up when nobody taps', async () => {
    const store = new FakeSetupStore();
    const bench = kiosk(store);
    const id = begin(bench);
    await bench.work();
    bench.desk.setups.told(id, { kind: 'reader_prompted', attemptId: attemptOf(bench, id) });
    await bench.clock.advance(75_000);
    await bench.work();

    expect(bench.setup(id)).toMatchObject({ state: 'canceled', cancelReason: 'timeout' });
  });
});
