import type { CatalogueView } from '../../../preload/contract/catalogue.ts';
import type { Snapshot } from '../../../preload/contract/kiosk.ts';
import type { MoneyView } from '../../../preload/contract/money.ts';
import type { StaffAnswers } from './staff-answers.ts';
import { evening, longName } from './catalogues.ts';

const longMember = 'Maximiliane-Theodora Oberhofer-Lindqvist';
const currency = { code: 'jpy', exponent: 0 };

function yen(money: MoneyView): MoneyView {
  return { amount: money.amount * 150, currency: currency.code };
}

/** The same moment in a studio with long names, whose currency has no decimals and large numbers. */
export function stressed(snapshot: Snapshot): Snapshot {
  const { sale } = snapshot;
  return {
    ...snapshot,
    currency,
    member: snapshot.member && { ...snapshot.member, name: longMember },
    setup: snapshot.setup && { ...snapshot.setup, memberName: longMember },
    studio: { name: 'The Slow Breath House of Yoga & Pilates, Harbour District East' },
    sale: sale && {
      ...sale,
      keeping: sale.keeping && { ...sale.keeping, memberName: longMember },
      lines: sale.lines.map((line) => ({
        ...line,
        name: longName,
        unitPrice: yen(line.unitPrice),
        total: yen(line.total),
      })),
      subtotal: yen(sale.subtotal),
      taxes: sale.taxes.map((tax) => ({
        ...tax,
        label: 'Consumption tax and city wellbeing levy 10.25 %',
        amount: yen(tax.amount),
      })),
      total: yen(sale.total),
      orderTotal: yen(sale.orderTotal),
      platformOrder: sale.platformOrder && {
        ...sale.platformOrder,
        balance: yen(sale.platformOrder.balance),
        fromBalance: yen(sale.platformOrder.fromBalance),
      },
    },
  };
}

/** Main's answers to staff in the same studio: every amount in yen, every name as long as it may be. */
export function stressedAnswers(answers: StaffAnswers | undefined): StaffAnswers | undefined {
  if (answers === undefined) return undefined;
  const longer = JSON.stringify(answers, (key, value: unknown) => {
    if (isMoney(value)) return yen(value);
    if (key === 'name' || key === 'by') return value === null ? null : longName;
    return value;
  });
  return JSON.parse(longer) as StaffAnswers;
}

function isMoney(value: unknown): value is MoneyView {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && 'amount' in value && 'currency' in value && value.currency === 'usd';
}

/** The same offer under the longest names. */
export function stressedCatalogue(catalogue: CatalogueView = evening): CatalogueView {
  return {
    categories: catalogue.categories.map((category) => ({
      ...category,
      items: category.items.map((item) => ({ ...item, name: longName, price: item.price * 150 })),
    })),
  };
}
