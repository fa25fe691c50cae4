import type { ReaderUse } from '../../../preload/contract/readers.ts';
import type { Say } from '../../text/text.ts';
import { plainWord } from '../plain-words.ts';

/** What a reader does now, and for whom, in plain words. */
export function useWords(t: Say, use: ReaderUse): string {
  if (use.what !== 'payment') return t(`desk.readers.does.${use.what}`);
  const status = use.paymentIntentStatus;
  return [
    `${paymentWords(t, use)}.`,
    ...(status === null ? [] : [t('desk.readers.money', { status: statusWords(t, status) })]),
  ].join(' ');
}

function paymentWords(t: Say, { whose, code, kioskId }: ReaderUse): string {
  if (whose === 'this_kiosk' && code !== null) {
    return t('desk.readers.does.payment.this_kiosk.code', { code });
  }
  if (whose === 'other_kiosk' && kioskId !== null) {
    return t('desk.readers.does.payment.other_kiosk.named', { kiosk: kioskId });
  }
  return t(`desk.readers.does.payment.${whose}`);
}

/** Stripe's word for a PaymentIntent's status, in plain words. */
export function statusWords(t: Say, status: string): string {
  return plainWord(t, 'desk.word', status);
}

/** Exactly whose prompt would be ended by freeing the reader. */
export function freeWords(
  t: Say,
  label: string,
  { what, whose, code, kioskId }: ReaderUse,
): string {
  if (what === 'display') return t('desk.readers.sure.free.display', { label });
  if (what !== 'payment') return t('desk.readers.sure.free.other', { label });
  switch (whose) {
    case 'this_kiosk':
      return code === null
        ? t('desk.readers.sure.free.this_kiosk.none', { label })
        : t('desk.readers.sure.free.this_kiosk', { label, code });
    case 'other_kiosk':
      return kioskId === null
        ? t('desk.readers.sure.free.other_kiosk', { label })
        : t('desk.readers.sure.free.other_kiosk.named', { label, kiosk: kioskId });
    case 'nobody':
    case 'unknown':
      return t('desk.readers.sure.free.unknown', { label });
  }
}
