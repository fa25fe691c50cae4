import type { MemberSheet, StaffCardView } from '../../../preload/contract/cards.ts';

/** The cards of a member that may be charged, as far as the page knows; main looks once more. */
export function chargeable(sheet: MemberSheet | null): readonly StaffCardView[] {
  const cards = sheet?.cards ?? [];
  return cards.filter(({ removedAtMs, expired }) => removedAtMs === null && !expired);
}
