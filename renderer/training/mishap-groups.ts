import type { ReaderIntegration } from '../../preload/contract/readers.ts';
import type { MishapName } from '../../preload/contract/training.ts';

/** With which integration each mishap can happen; null for both. */
const happensWith: Readonly<Record<MishapName, ReaderIntegration | null>> = {
  reader_offline: null,
  reader_online: null,
  slow_bank: null,
  lost_awaiting: 'sdk',
  lost_before_bank: 'sdk',
  lost_after_bank: 'sdk',
  reply_lost_before_bank: 'sdk',
  reply_lost_after_bank: 'sdk',
  no_connection: 'sdk',
  updating: 'server_driven',
  command_unheard: 'server_driven',
  command_heard: 'server_driven',
  hardware_fault: 'server_driven',
  card_unreadable: 'server_driven',
  customer_cancels: 'server_driven',
  connection_before_bank: 'server_driven',
  connection_after_bank: 'server_driven',
  gone_before_bank: 'server_driven',
  gone_after_bank: 'server_driven',
  event_missing: 'server_driven',
  event_late: 'server_driven',
  event_twice: 'server_driven',
};

const groups = [
  {
    title: 'mishaps.reader',
    mishaps: [
      'reader_offline',
      'reader_online',
      'updating',
      'hardware_fault',
      'command_unheard',
      'command_heard',
      'lost_awaiting',
      'customer_cancels',
    ],
  },
  {
    title: 'mishaps.payment',
    mishaps: [
      'slow_bank',
      'card_unreadable',
      'no_connection',
      'lost_before_bank',
      'lost_after_bank',
      'reply_lost_before_bank',
      'reply_lost_after_bank',
      'connection_before_bank',
      'connection_after_bank',
      'gone_before_bank',
      'gone_after_bank',
    ],
  },
  { title: 'mishaps.events', mishaps: ['event_missing', 'event_late', 'event_twice'] },
] as const satisfies readonly { title: string; mishaps: readonly MishapName[] }[];

/** Mishaps that belong together. */
export interface MishapGroup {
  readonly title: (typeof groups)[number]['title'];
  readonly mishaps: readonly MishapName[];
}

/** What can happen to a reader that is led this way. A group with nothing in it is left out. */
export function mishapGroups(integration: ReaderIntegration): readonly MishapGroup[] {
  const fits = (name: MishapName): boolean =>
    happensWith[name] === null || happensWith[name] === integration;
  return groups
    .map(({ title, mishaps }) => ({ title, mishaps: mishaps.filter(fits) }))
    .filter(({ mishaps }) => mishaps.length > 0);
}

/** True for a name of a mishap; main sends them as plain strings. */
export function isMishap(name: unknown): name is MishapName {
  return typeof name === 'string' && Object.hasOwn(happensWith, name);
}
