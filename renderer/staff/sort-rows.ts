import type { MoneyRow } from '../../preload/contract/staff.ts';

/** What a table of sales can be sorted by. */
export type SortKey = 'time' | 'code' | 'state' | 'card' | 'amount';

export interface SortOrder {
  readonly by: SortKey;
  readonly down: boolean;
}

function valueOf(row: MoneyRow, by: SortKey): number | string {
  switch (by) {
    case 'time':
      return row.atMs ?? 0;
    case 'code':
      return row.code ?? '';
    case 'state':
      return row.class;
    case 'card':
      return row.last4 ?? '';
    case 'amount':
      return (row.total ?? row.amount).amount;
  }
}

/** The rows in another order; those that are alike stay as they were. */
export function sortedRows(
  rows: readonly MoneyRow[],
  { by, down }: SortOrder,
): readonly MoneyRow[] {
  const sign = down ? -1 : 1;
  return rows.toSorted((left, right) => {
    const [one, other] = [valueOf(left, by), valueOf(right, by)];
    if (one === other) return 0;
    return one < other ? -sign : sign;
  });
}
