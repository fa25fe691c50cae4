import type { Say } from '../../text/text.ts';

/** Whoever acted, as main stores it: the member themselves, or the name that staff typed. */
export function whoWords(t: Say, by: string): string {
  return by === 'member' ? t('desk.members.who.member') : by;
}
