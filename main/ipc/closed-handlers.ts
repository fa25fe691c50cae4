import type { Envelope } from '../../preload/contract/envelope.ts';
import { type Handlers, refused } from './router.ts';
import type { MembersHandlers } from './members-handlers.ts';
import type { ReadersHandlers } from './readers-handlers.ts';
import type { RefundsHandlers } from './refunds-handlers.ts';
import type { StaffHandlers } from './staff-handlers.ts';

type SellingHandlers = Omit<
  Handlers,
  'kiosk:attach' | 'window:report' | 'training:call' | 'catalogue:read' | keyof AllStaffHandlers
>;

/** Everything that staff can ask. */
export type AllStaffHandlers = StaffHandlers & ReadersHandlers & MembersHandlers & RefundsHandlers;

/** Of a kiosk that can't sell: everything to do with a sale is refused, and nothing changes. */
export function closedHandlers(): SellingHandlers {
  const closed = (): Envelope<never> => refused('closed');
  return {
    'sale:start': closed,
    'order:open': closed,
    'order:attach': closed,
    'order:balance': closed,
    'sale:confirm': closed,
    'sale:extend': closed,
    'sale:cancel': closed,
    'sale:dismiss': closed,
    'payment:accept': closed,
    'payment:retry': closed,
    'payment:capture': closed,
    'reader:report': closed,
    'reader:status': closed,
    'connection-token:create': closed,
    'receipt:email': closed,
    'member:identify': closed,
    'member:leave': closed,
    'card:offer': closed,
    'card:save': closed,
    'card:dont-save': closed,
    'card:pay': closed,
    'card:remove': closed,
    'setup:cancel': closed,
    'setup:retry': closed,
    'setup:dismiss': closed,
  };
}

/** Of a kiosk without a file: there is nothing for staff to look at but why it is closed. */
export function closedStaffHandlers(): AllStaffHandlers {
  const closed = (): Envelope<never> => refused('closed');
  return {
    'staff:status': closed,
    'staff:set-pin': closed,
    'staff:unlock': closed,
    'staff:lock': closed,
    'staff:touch': closed,
    'money:overview': closed,
    'money:sales': closed,
    'money:history': closed,
    'money:decide': closed,
    'money:tender': closed,
    'money:check': closed,
    'money:retry': closed,
    'money:sweep': closed,
    'day:report': closed,
    'day:close': closed,
    'day:export': closed,
    'support:bundle': closed,
    'readers:list': closed,
    'readers:register': closed,
    'readers:rename': closed,
    'readers:deregister': closed,
    'readers:choose': closed,
    'readers:use': closed,
    'readers:check': closed,
    'readers:free': closed,
    'locations:create': closed,
    'members:search': closed,
    'members:read': closed,
    'members:save': closed,
    'members:remove-card': closed,
    'members:charge': closed,
    'members:export-consents': closed,
    'refunds:offer': closed,
    'refunds:ask': closed,
    'refunds:list': closed,
    'refunds:check': closed,
    'refunds:stop': closed,
    'refunds:acknowledge': closed,
  };
}
