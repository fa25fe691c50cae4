import { createHash } from 'node:crypto';
import path from 'node:path';
import type { SetupId } from '../../../main/domain/ids.ts';
import type { MemberDetails } from '../../../main/domain/member.ts';
import type { Sale } from '../../../main/domain/sale.ts';
import type { Approval } from '../../../main/ports/approval.ts';
import type { CardAbilities } from '../../../main/ports/abilities.ts';
import type { CardsApi } from '../../../main/ports/cards-api.ts';
import type { CardStore } from '../../../main/ports/card-store.ts';
import type { Letter, MailAnswer } from '../../../main/ports/mailer.ts';
import type { PaymentsApi } from '../../../main/ports/payments-api.ts';
import type { Errand } from '../../../main/ports/reader-driver.ts';
import { CardDesk } from '../../../main/services/cards/card-desk.ts';
import type { CardSettings } from '../../../main/services/cards/card-settings.ts';
import { newMember } from '../../../main/services/cards/new-member.ts';
import type { TextHash } from '../../../main/services/cards/text-hash.ts';
import { ClientSecrets } from '../../../main/services/client-secrets.ts';
import { OutboxWorker } from '../../../main/services/outbox-worker.ts';
import { SaleSteps } from '../../../main/services/sale-steps.ts';
import { ServerTime } from '../../../main/services/server-time.ts';
import { StripeReach } from '../../../main/services/stripe-reach.ts';
import { openDatabase } from '../../../main/storage/open.ts';
import { sqliteCardBook } from '../../../main/storage/sqlite-card-book.ts';
import { sqliteLedger } from '../../../main/storage/sqlite-ledger.ts';
import { FakePayments } from '../../support/fakes/fake-payments.ts';
import { keptLog } from '../../support/fakes/kept-log.ts';
import { ourKiosk } from '../../support/fakes/sales.ts';
import { settle, VirtualClock } from '../../support/fakes/virtual-clock.ts';
import { anOrderCatalogue } from './a-catalogue.ts';

export const sha256: TextHash = (text) => createHash('sha256').update(text).digest('hex');

export const mia: MemberDetails = {
  memberId: '1001',
  name: 'Mia Sample',
  email: 'mia@example.com',
  phone: '+15550100001',
};
export const noor: MemberDetails = {
  memberId: '1002',
  name: 'Noor Example',
  email: null,
  phone: '+15550100002',
};

export interface BenchOptions {
  readonly boot?: string;
  readonly clock?: VirtualClock;
  readonly settings?: CardSettings;
  readonly approval?: Approval;
  /** False: nothing has told the time yet. */
  readonly isTimeKnown?: boolean;
  readonly firstId?: number;
  readonly payments?: PaymentsApi;
  /** Of a system with customers of its own. */
  readonly store?: CardStore;
  readonly abilities?: CardAbilities;
}

/** The services of cards around one real SQLite file, with a Stripe of cards alone and everything else played. */
export function openCardBench(folder: string, cards: CardsApi | null, options: BenchOptions = {}) {
  const database = openDatabase(path.join(folder, 'foyer.db'));
  const ledger = sqliteLedger(database, { boot: options.boot ?? 'boot_0000000001' });
  const book = sqliteCardBook(database);
  const clock = options.clock ?? new VirtualClock();
  const time = new ServerTime(clock);
  if (options.isTimeKnown ?? true) time.heard(clock.nowMs());
  const { log, lines } = keptLog();
  const letters: Letter[] = [];
  const mailAnswers: MailAnswer[] = [];
  const commanded: { readonly errand: Errand; readonly clientSecret: string | null }[] = [];
  const reach = new StripeReach(() => undefined);
  const driver = {
    command: (errand: Errand, _effect: unknown, clientSecret: string | null) => {
      commanded.push({ errand, clientSecret });
    },
  };
  let onScreen: Sale | null = null;
  let ids = options.firstId ?? 0;
  const wake = (): void => {
    worker.wake();
  };
  const sales = new SaleSteps({
    ledger,
    clock: time,
    log,
    clientSecrets: new ClientSecrets(),
    driver,
    onStep: (sale) => {
      if (onScreen?.id === sale.id) onScreen = sale;
      wake();
    },
  });
  const desk = new CardDesk({
    ledger,
    book,
    cards,
    store: options.store ?? null,
    ...(options.abilities === undefined ? {} : { abilities: options.abilities }),
    payments: options.payments ?? new FakePayments(),
    mailer: {
      send: (letter) => {
        letters.push(letter);
        return Promise.resolve(mailAnswers.shift() ?? { kind: 'sent' });
      },
    },
    approval: options.approval ?? { ask: ({ by }) => Promise.resolve({ kind: 'approved', by }) },
    driver,
    sales,
    reach,
    time,
    log,
    ids: {
      next: (prefix) => {
        ids += 1;
        return `${prefix}_${String(ids).padStart(12, '0')}`;
      },
    },
    hash: sha256,
    kioskId: ourKiosk,
    merchant: 'Linden Yoga',
    settings: options.settings ?? { keep: true, waiting: null },
    catalogue: anOrderCatalogue,
    maySell: () => true,
    saleOnScreen: () => onScreen,
    wake,
    onChange: () => undefined,
  });
  const worker: OutboxWorker = new OutboxWorker({
    ledger,
    clock: time,
    log,
    // A sale's own work belongs to another bench: here it waits.
    carryOut: (row, signal) =>
      desk.work.takes(row)
        ? desk.work.carryOut(row, signal)
        : Promise.resolve({
            answer: { kind: 'unanswered', code: 'not_here' },
            isOver: false,
            store: (settleRow) => {
              settleRow();
            },
          }),
    onDamaged: () => undefined,
    onFileFault: () => undefined,
  });
  const member = newMember(mia, sha256);
  return {
    database,
    ledger,
    book,
    clock,
    time,
    lines,
    letters,
    mailAnswers,
    commanded,
    sales,
    desk,
    worker,
    /** Mia, as she is before anybody saved her. */
    member,
    /** Stores Mia. */
    addMia: () => {
      book.saveMember(member, time.nowMs());
      return member;
    },
    /** The sale becomes the one on the screen; it is stored when it is not. */
    show: (sale: Sale | null) => {
      onScreen = sale;
      if (sale !== null && ledger.findSale(sale.id) === null) ledger.addSale(sale, time.nowMs());
    },
    onScreen: () => onScreen,
    setup: (id: SetupId) => {
      const setup = book.findSetup(id);
      if (setup === null) throw new Error('the setup is not stored');
      return setup;
    },
    /** Lets the outbox do what is due. */
    work: async () => {
      worker.start();
      worker.wake();
      for (let round = 0; round < 10; round += 1) await settle();
    },
    /** Does what is due one row after the other, however long each call takes. */
    drain: async () => {
      const nobody: ReadonlySet<never> = new Set();
      const call = {
        outcome: 'done',
        status: null,
        code: null,
        requestId: null,
        durationMs: 0,
      } as const;
      for (;;) {
        const row = ledger.nextDue(time.nowMs(), nobody);
        if (row === null) return;
        const settled = await desk.work.carryOut(row, new AbortController().signal);
        settled.store(() => {
          if (settled.isOver) ledger.finish(row, 'done', call, time.nowMs());
          else ledger.postpone(row, time.nowMs() + 1_000, call, time.nowMs());
        });
      }
    },
    close: async () => {
      desk.close();
      await worker.close();
      database.close();
    },
  };
}

export type CardBench = ReturnType<typeof openCardBench>;
