import type { CommandName } from '../../preload/contract/channels.ts';
import type { Requests } from '../../preload/contract/contract.ts';

const saleId = 'sale_0000000001';
const attemptId = 'att_0000000001_1';
const readerId = 'tmr_nothing_of_ours';
const commandId = `${attemptId}/process/1`;

/** One request of each command that is of its form, about a sale that is not there. */
export const goodRequests: { readonly [Name in CommandName]: Requests[Name] } = {
  'kiosk:attach': {},
  'catalogue:read': {},
  'sale:start': { lines: [{ itemId: 'nothing-of-ours', quantity: 1 }] },
  'sale:confirm': { saleId },
  'sale:extend': { saleId },
  'sale:cancel': { saleId },
  'sale:dismiss': { saleId },
  'payment:accept': { saleId, attemptId },
  'payment:retry': { saleId },
  'payment:capture': { saleId, attemptId, commandId },
  'reader:report': { saleId, attemptId, commandId, report: { kind: 'collected' } },
  'reader:status': { connection: 'connected', payment: 'ready', label: null, problem: null },
  'connection-token:create': {},
  'receipt:email': { saleId, email: 'mara@example.com' },
  'window:report': { message: 'a fault', source: null },
  'training:call': { method: 'noSuchMethod', params: {} },
  'staff:status': {},
  'staff:set-pin': { pin: '', current: null },
  'staff:unlock': { pin: '294716' },
  'staff:lock': {},
  'staff:touch': {},
  'money:overview': {},
  'money:sales': { search: null },
  'money:history': { saleId },
  'money:decide': { saleId, decision: 'capture', by: 'Mara', why: 'The class was given.' },
  'money:tender': { saleId, tender: 'cash', by: 'Mara', why: 'The card did not work.' },
  'money:check': { saleId },
  'money:retry': {},
  'money:sweep': {},
  'day:report': {},
  'day:close': { by: 'Mara' },
  'day:export': {},
  'support:bundle': {},
  'readers:list': {},
  'readers:register': {
    code: 'sepia-cerulean-aqua',
    label: 'Front desk',
    locationId: 'tml_nothing_of_ours',
    by: 'Mara',
  },
  'readers:rename': { readerId, label: 'Front desk', by: 'Mara' },
  'readers:deregister': { readerId, by: 'Mara' },
  'readers:choose': { role: 'spare', readerId, integration: 'sdk', isShared: false, by: 'Mara' },
  'readers:use': { role: 'spare', by: 'Mara' },
  'readers:check': { readerId },
  'readers:free': { readerId, paymentIntentId: null, by: 'Mara' },
  'locations:create': {
    name: 'Harbour Street',
    country: 'US',
    line1: '1 Harbour Street',
    city: 'Portland',
    state: 'ME',
    postalCode: '04101',
    by: 'Mara',
  },
};
