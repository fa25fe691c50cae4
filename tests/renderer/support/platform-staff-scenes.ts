import type { SystemLimit } from '../../../preload/contract/staff.ts';
import { accountCards } from './cards.ts';
import { ordering } from './order-scenes.ts';
import { aReader, readersView } from './readers-answers.ts';
import type { Scene } from './scenes.ts';
import { anOverview, type StaffAnswers, staffAnswers } from './staff-answers.ts';
import { adasSheet } from './staff-member-answers.ts';
import { staffNowMs } from './staff-now.ts';
import { toMember, toSection } from './staff-walks.ts';

const hourMs = 3_600_000;

/** What a system does not do that takes its orders' payments by itself and lists none of them. */
const cannot: readonly SystemLimit[] = [
  'cancel',
  'refunds',
  'receipt_email',
  'sweep',
  'events',
  'keep_with_sale',
  'charge_card',
  'lead_readers',
];

/** What main says to staff in front of such a system. */
export const platformAnswers: StaffAnswers = staffAnswers({
  'money:overview': anOverview({ system: { name: 'Mariana Tek', cannot } }),
  'readers:list': {
    ...readersView,
    serverDrivenOffered: false,
    spare: null,
    locations: [],
    readers: [aReader({ role: 'main', status: null, lastSeenAtMs: null })],
  },
  'members:read': {
    ...adasSheet,
    unsure: [{ consentId: 'consent_01k9z3m8q2vt', atMs: staffNowMs - 2 * hourMs }],
  },
});

const snapshot = ordering({ cards: accountCards });
const answers = platformAnswers;

/** What staff see of a kiosk whose system keeps much to itself. */
export const platformStaffScenes: readonly Scene[] = [
  { name: 'staff-platform-day', snapshot, answers, walk: toSection('day') },
  { name: 'staff-platform-member', snapshot, answers, walk: toMember },
  { name: 'staff-platform-readers', snapshot, answers, walk: toSection('readers') },
  { name: 'staff-platform-kiosk', snapshot, answers, walk: toSection('kiosk') },
];
