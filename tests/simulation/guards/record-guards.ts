import type { Guard } from './guard.ts';

/** Storage moves no money, amounts agree, secrets stay put, and others' PaymentIntents are left alone (P7 to P10). */
export const recordGuards: readonly Guard[] = [
  {
    name: 'a new sale begins on a full disk',
    promise: 'P7',
    file: 'main/services/checkout.ts',
    find: "if (!this.#options.maySell()) return { kind: 'not_now', why: 'no new sale may begin' };",
    replacement: '',
  },
  {
    name: 'the seal of a row is not checked',
    promise: 'P8',
    file: 'main/storage/verified-sales.ts',
    find: "if (rowSeal(row) !== row.seal) throw new DamagedSale(row.id, 'its seal does not fit');",
    replacement: '',
  },
  {
    name: 'an order is guessed from a broken entry',
    promise: 'P8',
    file: 'main/storage/mend-sale.ts',
    find: 'const sound = soundEntries(this.#entries);',
    replacement: 'const sound = [...this.#entries];\n    void soundEntries;',
  },
  {
    name: 'a step and the work it asks for are two transactions',
    promise: 'P2',
    file: 'main/services/sale-steps.ts',
    find: 'const step = ledger.atomically(() => {',
    replacement: 'const step = (<Value>(work: () => Value): Value => work())(() => {',
  },
  {
    name: 'the held amount is not compared with the order',
    promise: 'P8',
    file: 'main/domain/judge-read.ts',
    find: 'return equal(read, totalOf(sale)) && read.amountCapturable === read.amount;',
    replacement: 'return read.amountCapturable === read.amount;',
  },
  {
    name: 'the received amount is not compared with the order',
    promise: 'P4',
    file: 'main/domain/judge-read.ts',
    find: "if (!equal({ amount, currency }, dueOf(sale))) return handToStaff(sale, 'amounts_disagree');",
    replacement: 'void equal({ amount, currency }, dueOf(sale));',
  },
  {
    name: 'a client secret is logged',
    promise: 'P9',
    file: 'main/services/sale-steps.ts',
    find: 'why: event.kind,\n      stateBefore',
    replacement: 'why: this.#options.clientSecrets.of(sale.id) ?? event.kind,\n      stateBefore',
  },
  {
    name: 'a PaymentIntent that was given to another kiosk is still ours',
    promise: 'P10',
    file: 'main/domain/judge-read.ts',
    find: "  if (read.saleId !== before.id || read.kioskId !== before.kioskId) {\n    return handToStaff(before, 'not_ours');",
    replacement: "  if (read.saleId !== before.id) {\n    return handToStaff(before, 'not_ours');",
  },
  {
    name: "another kiosk's PaymentIntent is taken by its sale's id",
    promise: 'P10',
    file: 'main/domain/judge-read.ts',
    find: '  if (created.saleId !== sale.id || created.kioskId !== sale.kioskId) {',
    replacement: '  if (created.saleId !== sale.id) {',
  },
];
