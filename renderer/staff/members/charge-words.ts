import type { MemberChargeRow } from '../../../preload/contract/cards.ts';
import type { Say } from '../../text/text.ts';
import { timeOfDay } from '../time-of-day.ts';

/** How a charge to a card on file stands, for staff. */
export interface ChargeWords {
  readonly state: string;
  /** Until when it waits, or why it was not paid; empty where the state says it all. */
  readonly more: string;
  readonly tone: 'good' | 'watch' | 'bad' | 'idle';
}

const tones = {
  pending: 'watch',
  under_way: 'idle',
  paid: 'good',
  not_paid: 'bad',
  needs_staff: 'watch',
} as const;

/** Nothing is called paid before main has read it so. */
export function chargeWords(
  t: Say,
  row: MemberChargeRow,
  { nowMs, locale }: { readonly nowMs: number; readonly locale: string },
): ChargeWords {
  const state = t(`desk.members.charge.${row.state}`);
  return { state, more: more(t, row, nowMs, locale), tone: tones[row.state] };
}

function more(t: Say, row: MemberChargeRow, nowMs: number, locale: string): string {
  switch (row.state) {
    case 'pending':
      return row.mayWaitUntilMs === null
        ? t('desk.members.charge.pending.open')
        : t('desk.members.charge.pending.until', {
            time: timeOfDay(row.mayWaitUntilMs, nowMs, locale),
          });
    case 'not_paid':
      if (row.decline !== null) return t(`desk.members.decline.${row.decline}`);
      return row.cancelReason === null ? '' : t(`desk.members.why.${row.cancelReason}`);
    case 'needs_staff':
      return t('desk.members.charge.needs_staff.hint');
    case 'under_way':
    case 'paid':
      return '';
  }
}
