import type { Guard } from './guard.ts';

/** No hold is forgotten, and staff's word counts (P6). */
export const holdGuards: readonly Guard[] = [
  {
    name: 'a capture leaves although the sale is being cancelled',
    promise: 'P6',
    file: 'main/services/payment-work.ts',
    find: 'if (step !== null) return awaitsStep(sale, step);',
    replacement: "if (step !== null) return step === 'capture' || awaitsStep(sale, step);",
  },
  {
    name: 'a hold is forgotten when the sale is given up',
    promise: 'P4',
    file: 'main/domain/sale-moves.ts',
    find: "        state: 'canceling',\n        cancelReason,\n        attempt: null,\n        unsettledStep: null,",
    replacement:
      "        state: 'canceled',\n        cancelReason,\n        attempt: null,\n        unsettledStep: null,",
  },
  {
    name: 'nothing is taken up after a crash',
    promise: 'P6',
    file: 'main/services/recovery.ts',
    find: 'const unfinished = ledger.unfinishedSales();',
    replacement: 'const unfinished: readonly Sale[] = [];',
  },
  {
    name: 'a step is dropped after a few numbers',
    promise: 'P6',
    file: 'main/domain/sale-moves.ts',
    find: 'const ordinal = (sale.ordinals[step] ?? 0) + 1;',
    replacement:
      'const ordinal = (sale.ordinals[step] ?? 0) + 1;\n  if (ordinal > 2) return move(sale, { unsettledStep: null });',
  },
  {
    name: 'captures leave in the order they were asked for',
    promise: 'P6',
    file: 'main/storage/outbox-queue.ts',
    find: 'this.#nearest = db.prepare(`select id, next_at_ms ${captures} limit 1`);',
    replacement:
      'this.#nearest = db.prepare(`select id, next_at_ms ${captures.replace("deadline_ms", "deadline_ms desc")} limit 1`);',
  },
  {
    name: 'a recorded tender releases no hold',
    promise: 'P6',
    file: 'main/domain/staff-transition.ts',
    find: "return status === 'canceled' ? move(tendered, {}) : giveUp(tendered, 'paid_elsewhere');",
    replacement: "return status === '' ? giveUp(tendered, 'paid_elsewhere') : move(tendered, {});",
  },
  {
    name: 'a sale that was found is cancelled by itself',
    promise: 'P6',
    file: 'main/domain/found-sale.ts',
    find: "    state: 'needs_staff',\n    staffReason: 'record_lost',",
    replacement: "    state: 'canceling',\n    staffReason: null,",
  },
  {
    name: 'the day is closed with open money',
    promise: 'P6',
    file: 'main/services/reconciler.ts',
    find: "['unresolved_money', isMoneyOpen],",
    replacement: '',
  },
  {
    name: 'a hold that lapsed looks like any cancelled sale',
    promise: 'P6',
    file: 'main/domain/judge-read.ts',
    find: "return move(sale, { state: 'expired', attempt: null }, [",
    replacement: "return move(sale, { state: 'canceled', attempt: null }, [",
  },
  {
    name: 'a sale that was given up is captured after all',
    promise: 'P6',
    file: 'main/domain/judge-read.ts',
    find: "if (sale.state === 'canceling') return stillToCancel(sale);\n  if (sale.tender",
    replacement: 'if (sale.tender',
  },
];
