import type { MoneyOverview } from '../../preload/contract/staff.ts';
import type { Say } from '../text/text.ts';
import type { Fact } from './fact.ts';
import { agoWords, spanWords } from './span-words.ts';
import { timeOfDay } from './time-of-day.ts';

type Health = MoneyOverview['health'];
type System = MoneyOverview['system'];

/** What the sentences are said with: the words, the locale, and main's time. */
export interface Speech {
  readonly t: Say;
  readonly locale: string;
  readonly nowMs: number;
}

/** Beyond this, times on receipts and in this page mislead. Milliseconds. */
const driftMaxMs = 60_000;
const driftSeenMs = 2_000;

/** How the system behind the kiosk is reached, its events followed where it has some, and how the clocks agree. */
export function systemFacts(
  health: Health,
  { name: system, cannot }: System,
  { t, nowMs }: Speech,
): readonly Fact[] {
  const { state, lastSuccessAtMs } = health.events;
  const ago = lastSuccessAtMs === null ? t('desk.never') : agoWords(t, lastSuccessAtMs, nowMs);
  return [
    {
      label: t('desk.health.reach', { system }),
      value: t(`desk.health.reach.${health.reach}`),
      tone: health.reach === 'reached' ? 'good' : health.reach === 'not_tried' ? 'idle' : 'bad',
    },
    ...(cannot.includes('events')
      ? []
      : [
          {
            label: t('desk.health.events'),
            value:
              state === 'not_tried'
                ? t('desk.health.events.not_tried')
                : t(`desk.health.events.${state}`, { ago }),
            tone: state === 'following' ? 'good' : state === 'away' ? 'watch' : 'idle',
          } as const,
        ]),
    clockFact(health.driftMs, system, t),
  ];
}

function clockFact(driftMs: number | null, system: string, t: Say): Fact {
  const label = t('desk.health.clock');
  if (driftMs === null) return { label, value: t('desk.health.clock.unknown'), tone: 'idle' };
  const offMs = Math.abs(driftMs);
  if (offMs < driftSeenMs)
    return { label, value: t('desk.health.clock.right', { system }), tone: 'good' };
  const side = driftMs > 0 ? 'ahead' : 'behind';
  const span = spanWords(t, offMs);
  return offMs > driftMaxMs
    ? { label, value: t(`desk.health.clock.wrong.${side}`, { span, system }), tone: 'watch' }
    : { label, value: t(`desk.health.clock.${side}`, { span, system }), tone: 'good' };
}

/** How the file that remembers is: its room, its last check and copy, and what was lost. */
export function recordFacts(health: Health, speech: Speech): readonly Fact[] {
  const { t, nowMs } = speech;
  const { hasRoom, check, backupAtMs, fault } = health.storage;
  const { quarantined, recordsLost } = health;
  return [
    {
      label: t('desk.health.room'),
      value: t(hasRoom ? 'desk.health.room.yes' : 'desk.health.room.no'),
      tone: hasRoom ? 'good' : 'bad',
    },
    checkFact(check, speech),
    {
      label: t('desk.health.backup'),
      value: backupAtMs === null ? t('desk.never') : agoWords(t, backupAtMs, nowMs),
      tone: backupAtMs === null ? 'idle' : 'good',
    },
    ...(fault === null
      ? []
      : [{ label: t('desk.health.fault'), value: fault, tone: 'bad' as const }]),
    ...(recordsLost === null ? [] : [lostFact(recordsLost, speech)]),
    ...(quarantined.length === 0
      ? []
      : [
          {
            label: t('desk.health.quarantined'),
            value: quarantined.join(', '),
            tone: 'watch' as const,
          },
        ]),
  ];
}

function checkFact(check: Health['storage']['check'], { t, nowMs }: Speech): Fact {
  const label = t('desk.health.check');
  if (check === null) return { label, value: t('desk.never'), tone: 'idle' };
  const ago = agoWords(t, check.atMs, nowMs);
  if (check.damaged > 0) {
    const value = t('desk.health.check.damaged', { count: check.damaged, ago });
    return { label, value, tone: 'bad' };
  }
  return check.sound
    ? { label, value: t('desk.health.check.sound', { ago }), tone: 'good' }
    : { label, value: t('desk.health.check.unsound', { ago }), tone: 'bad' };
}

function lostFact(
  { aside, restoredFromMs }: NonNullable<Health['recordsLost']>,
  { t, locale, nowMs }: Speech,
): Fact {
  const first =
    aside === null ? t('desk.health.lost.none') : t('desk.health.lost.aside', { file: aside });
  const then =
    restoredFromMs === null
      ? t('desk.health.lost.empty')
      : t('desk.health.lost.restored', { time: timeOfDay(restoredFromMs, nowMs, locale) });
  return { label: t('desk.health.lost'), value: `${first} ${then}`, tone: 'watch' };
}
