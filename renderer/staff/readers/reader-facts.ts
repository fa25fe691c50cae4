import type { ChosenReaderView, ReaderRow } from '../../../preload/contract/readers.ts';
import type { Say } from '../../text/text.ts';
import type { Fact } from '../fact.ts';
import type { Speech } from '../health-facts.ts';
import { agoWords } from '../span-words.ts';
import { readerModel } from './reader-model.ts';

/** A model in the page's words. */
export function modelWords(t: Say, deviceType: string): string {
  const { name, isSimulated } = readerModel(deviceType);
  return isSimulated ? t('desk.readers.model.simulated', { model: name }) : name;
}

/** What is known of a reader; what Stripe does not tell of its kind is left out. */
export function readerFacts(row: ReaderRow, speech: Speech): readonly Fact[] {
  const { t, locale } = speech;
  const { software, battery, serialNumber } = row;
  return [
    plain(t('desk.readers.model'), modelWords(t, row.deviceType)),
    plain(t('desk.readers.location'), row.locationName ?? t('desk.readers.location.none')),
    seenFact(row, speech),
    ...(battery === null ? [] : [batteryFact(t, locale, battery)]),
    ...(software === null ? [] : [plain(t('desk.readers.software'), software)]),
    ...(serialNumber === null ? [] : [plain(t('desk.readers.serial'), serialNumber)]),
    ...failureFact(t, row),
  ];
}

/** How a reader of this kiosk is led, and who else uses it. */
export function chosenFacts(
  t: Say,
  chosen: ChosenReaderView,
  row: ReaderRow | undefined,
): readonly Fact[] {
  return [
    ...(row === undefined ? [] : [plain(t('desk.readers.model'), modelWords(t, row.deviceType))]),
    plain(t('desk.readers.led'), t(`desk.readers.led.${chosen.integration}`)),
    plain(
      t('desk.readers.used'),
      t(chosen.isShared ? 'desk.readers.used.shared' : 'desk.readers.used.own'),
    ),
  ];
}

function plain(label: string, value: string): Fact {
  return { label, value, tone: null };
}

function seenFact({ status, lastSeenAtMs }: ReaderRow, { t, nowMs }: Speech): Fact {
  const label = t('desk.readers.seen');
  if (lastSeenAtMs === null) {
    return {
      label,
      value: t(`desk.readers.seen.${status ?? 'unknown'}`),
      tone: status === 'offline' ? 'watch' : 'idle',
    };
  }
  const ago = agoWords(t, lastSeenAtMs, nowMs);
  return status === 'offline'
    ? { label, value: t('desk.readers.seen.offline.ago', { ago }), tone: 'watch' }
    : { label, value: ago, tone: status === 'online' ? 'good' : 'idle' };
}

/** A reader below this lasts no evening. */
const batteryLow = 0.2;

function batteryFact(t: Say, locale: string, battery: number): Fact {
  const value = new Intl.NumberFormat(locale, { style: 'percent' }).format(battery);
  return { label: t('desk.readers.battery'), value, tone: battery < batteryLow ? 'watch' : null };
}

function failureFact(t: Say, { lastFailure }: ReaderRow): readonly Fact[] {
  if (lastFailure === null) return [];
  const { code, message } = lastFailure;
  const value = message === null ? code : `${message} (${code})`;
  return [{ label: t('desk.readers.failure'), value, tone: 'watch' }];
}
