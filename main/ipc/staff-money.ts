import type {
  DayReportView,
  MoneyOverview,
  MoneyRow,
  QueueRow,
  SaleHistoryView,
} from '../../preload/contract/staff.ts';
import type { RefundView } from '../../preload/contract/refunds.ts';
import { refundId, type SaleId, saleId } from '../domain/ids.ts';
import { exponentOf } from '../domain/money.ts';
import { codeOf } from '../domain/sale.ts';
import { type Abilities, directAbilities } from '../ports/abilities.ts';
import type { Books } from '../ports/books.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger, WorkOwner } from '../ports/ledger.ts';
import type { RefundBook } from '../ports/refund-book.ts';
import type { Desk } from '../services/desk.ts';
import type { StorageHealth } from '../services/housekeeping.ts';
import type { ReconcileRow } from '../services/reconciler.ts';
import { refundHistories } from '../services/refunds/refund-history.ts';
import type { RefundRow } from '../services/refunds/refunds-of-day.ts';
import { historyLines } from './history-view.ts';
import { moneyRow } from './money-row.ts';
import { refundView } from './refund-views.ts';
import { systemLimits } from './system-limits.ts';

/** The queue's front is shown; the rest is counted. */
const queueShownMax = 50;
const salesShownMax = 200;
const searchedMax = 5_000;

export interface StaffMoneyOptions {
  readonly desk: Pick<Desk, 'reach' | 'poller' | 'sweep' | 'reconciler'>;
  readonly ledger: Ledger;
  readonly books: Books;
  /** Absent where this kiosk gives nothing back. */
  readonly refunds?: RefundBook;
  readonly time: Clock & { readonly driftMs: number | null };
  readonly storage: () => StorageHealth;
  readonly recordsLost: MoneyOverview['health']['recordsLost'];
  readonly versions: Readonly<Record<string, string>>;
  /** Direct Stripe's, unless given. */
  readonly abilities?: Abilities;
}

/** What the staff page is shown of the money. Reads only. */
export class StaffMoney {
  readonly #options: StaffMoneyOptions;

  constructor(options: StaffMoneyOptions) {
    this.#options = options;
  }

  overview(): MoneyOverview {
    const { time, abilities = directAbilities } = this.#options;
    const { reconciler } = this.#options.desk;
    const rows = reconciler.rows();
    return {
      nowMs: time.nowMs(),
      system: { name: abilities.system, cannot: systemLimits(abilities) },
      toSettle: reconciler.overview(rows).map(moneyRow),
      queue: this.#queue(),
      day: this.#day(rows),
      health: this.#health(),
    };
  }

  /** Sales of the running day, newest first; a search looks further back, by code, last four digits or amount. */
  sales(search: string | null): readonly MoneyRow[] {
    const { books } = this.#options;
    const { reconciler } = this.#options.desk;
    const words = (search ?? '').trim().toLowerCase();
    const fromMs = words === '' ? reconciler.dayFromMs() : 0;
    return books
      .salesSince(fromMs, words === '' ? salesShownMax : searchedMax)
      .map(({ sale, addedAtMs }) => moneyRow(reconciler.judge({ sale, addedAtMs, sighting: null })))
      .filter((row) => words === '' || matches(row, words))
      .slice(0, salesShownMax);
  }

  /** Null when no such sale is stored. */
  history(id: string): SaleHistoryView | null {
    const { ledger, desk, refunds } = this.#options;
    const known: SaleId = saleId(id);
    const sale = ledger.findSale(known);
    if (sale === null) return null;
    const pair = { sale, addedAtMs: ledger.saleAddedAtMs(known), sighting: null };
    return {
      row: moneyRow(desk.reconciler.judge(pair)),
      lines: historyLines(
        ledger.historyOf(known),
        refunds === undefined ? [] : refundHistories(ledger, refunds, known),
      ),
    };
  }

  /** The running day as it would be signed. */
  report(): DayReportView {
    const { reconciler } = this.#options.desk;
    const judged = reconciler.rows();
    const { kioskId, fromMs, toMs, totals, unresolved, quarantined, refunds } =
      reconciler.report(judged);
    const rows = judged.map(moneyRow).sort((left, right) => (left.atMs ?? 0) - (right.atMs ?? 0));
    const { givenBack, cameBack } = refunds;
    return {
      kioskId,
      fromMs,
      toMs,
      totals,
      rows,
      givenBack,
      cameBack,
      refunds: this.#refundViews(refunds.rows),
      unresolved,
      quarantined,
    };
  }

  #refundViews(rows: readonly RefundRow[]): readonly RefundView[] {
    const { ledger, refunds } = this.#options;
    if (refunds === undefined) return [];
    return rows.flatMap((row): readonly RefundView[] => {
      const id = saleId(row.saleId);
      const stored = refunds.refundsOf(id).find(({ refund }) => refund.id === row.refundId);
      return stored === undefined ? [] : [refundView(stored, ledger.findSale(id))];
    });
  }

  #queue(): MoneyOverview['queue'] {
    const { ledger } = this.#options;
    const rows = ledger.waitingWork(queueShownMax).map(({ owner, ...row }): QueueRow => {
      const id = this.#saleOf(owner);
      return { ...row, saleId: id, code: id === null ? null : codeOf({ id }) };
    });
    return { ...ledger.backlog(), rows };
  }

  /** The sale that work belongs to, by itself or through a refund; null for work of a setup, a card or a member. */
  #saleOf(owner: WorkOwner): SaleId | null {
    if (owner.startsWith('sale_')) return saleId(owner);
    if (!owner.startsWith('refund_')) return null;
    try {
      return this.#options.refunds?.findRefund(refundId(owner))?.saleId ?? null;
    } catch {
      // Its record can't be believed: the work is shown all the same, as nobody's.
      return null;
    }
  }

  #day(rows: readonly ReconcileRow[]): MoneyOverview['day'] {
    const { books, desk } = this.#options;
    const { fromMs, totals, unresolved, refunds } = desk.reconciler.report(rows);
    const { givenBack, cameBack } = refunds;
    const last = fromMs === 0 ? null : books.lastDayClose();
    return {
      fromMs,
      lastClose: last === null ? null : { atMs: last.atMs, by: last.by },
      totals,
      givenBack,
      cameBack,
      unresolved,
    };
  }

  #health(): MoneyOverview['health'] {
    const { desk, books, time, storage, recordsLost, versions } = this.#options;
    const { hasRoom, check, backup, fault } = storage();
    return {
      reach: desk.reach.now,
      driftMs: time.driftMs,
      events: { state: desk.poller.state, lastSuccessAtMs: desk.poller.lastSuccessAtMs },
      sweep: {
        running: desk.sweep.isRunning,
        lastDoneAtMs: books.lastSweep()?.doneAtMs ?? null,
        // Only a complete one is stored.
        lastComplete: (desk.sweep.lastOutcome?.kind ?? 'complete') === 'complete',
      },
      storage: { hasRoom, check, backupAtMs: backup?.atMs ?? null, fault },
      recordsLost,
      quarantined: books.quarantined().map(({ saleId: id }) => id),
      versions,
    };
  }
}

function matches(row: MoneyRow, words: string): boolean {
  return (
    row.code?.toLowerCase() === words ||
    row.last4 === words ||
    row.paymentIntentId?.toLowerCase() === words ||
    isAmount(row, words)
  );
}

/** As people write it: 26, 26.00, 26,00, with or without a sign. */
function isAmount({ total }: MoneyRow, words: string): boolean {
  const [, whole = '', part = ''] = /^\D*(\d+)(?:[.,](\d+))?\D*$/.exec(words) ?? [];
  if (total === null || whole === '') return false;
  const digits = exponentOf(total.currency) ?? 0;
  if (part.length > digits) return false;
  return total.amount === Number(whole + part.padEnd(digits, '0'));
}
