import type { CatalogueView } from '../../../preload/contract/catalogue.ts';
import type { Snapshot } from '../../../preload/contract/kiosk.ts';
import type { MoneyView } from '../../../preload/contract/money.ts';
import { evening, longName } from './catalogues.ts';

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
    studio: { name: 'The Slow Breath House of Yoga & Pilates, Harbour District East' },
    sale: sale && {
      ...sale,
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
    },
  };
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
