import type { ConsentView } from '../../../preload/contract/cards.ts';
import type { Say } from '../../text/text.ts';
import type { Fact } from '../fact.ts';
import { moment } from '../moment.ts';
import { whoWords } from './who-words.ts';

/** What proves one consent, line by line; its text stands apart. */
export function consentFacts(t: Say, consent: ConsentView, locale: string): readonly Fact[] {
  const { givenAtMs, kioskId, actedBy, intentId, version, language, intact } = consent;
  return [
    { label: t('desk.members.consent.given'), value: moment(givenAtMs, locale), tone: null },
    { label: t('desk.members.consent.who'), value: whoWords(t, actedBy), tone: null },
    { label: t('desk.members.consent.where'), value: kioskId, tone: null },
    {
      label: t('desk.members.consent.version'),
      value: t('desk.members.consent.version.in', { version, language }),
      tone: null,
    },
    {
      label: t('desk.members.consent.intent'),
      value: intentId ?? t('desk.members.consent.intent.none'),
      tone: null,
    },
    {
      label: t('desk.members.consent.record'),
      value: t(intact ? 'desk.members.consent.intact' : 'desk.members.consent.changed'),
      tone: intact ? 'good' : 'bad',
    },
    {
      label: t('desk.members.consent.revoked'),
      value: revokedWords(t, consent, locale),
      tone: null,
    },
  ];
}

function revokedWords(t: Say, { revokedAtMs, revokedBy }: ConsentView, locale: string): string {
  if (revokedAtMs === null) return t('desk.members.consent.stands');
  const time = moment(revokedAtMs, locale);
  if (revokedBy === null) return time;
  return t('desk.members.consent.revoked.by', { time, name: whoWords(t, revokedBy) });
}
