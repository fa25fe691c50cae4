import type { MoneyRow } from '../../preload/contract/staff.ts';
import type { Deed } from './decision.svelte.ts';

/** True where main may want the PIN once more: held money is released, or less of it is taken. */
export function mayWantProof(deed: Deed, { deadlineMs }: Pick<MoneyRow, 'deadlineMs'>): boolean {
  return deed === 'capture_part' || (deed === 'cancel' && deadlineMs !== null);
}
