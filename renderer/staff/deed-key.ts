import type { MoneyRow } from '../../preload/contract/staff.ts';
import type { Deed } from './decision.svelte.ts';

/** A deed as its button names it: what holds nothing has no hold to release. */
export function deedKey(deed: Deed, row: Pick<MoneyRow, 'deadlineMs'>): Deed | 'end' {
  return deed === 'cancel' && row.deadlineMs === null ? 'end' : deed;
}

/** The sentence of what will happen to the money. */
export function moneyKey(
  deed: Deed,
  row: Pick<MoneyRow, 'deadlineMs'>,
): Deed | 'end' | 'cash.held' | 'other.held' {
  if ((deed === 'cash' || deed === 'other') && row.deadlineMs !== null) return `${deed}.held`;
  return deedKey(deed, row);
}
