import type { StaffPinAnswer } from '../../preload/contract/staff.ts';
import type { Say } from '../text/text.ts';

/** What is to be said about the last PIN; empty when it was right or none was tried. */
export function pinSentence(t: Say, answer: StaffPinAnswer | null): string {
  if (answer === null) return '';
  if (answer.result === 'wrong') {
    const count = answer.triesLeft ?? 0;
    return count === 1 ? t('desk.pin.wrong.one') : t('desk.pin.wrong.many', { count });
  }
  if (answer.result === 'locked_out') return t('desk.pin.lockedOut');
  return answer.result === 'right' || answer.result === 'set' ? '' : (answer.sentence ?? '');
}
