import type { CommandName } from '../../preload/contract/channels.ts';
import type { Requests } from '../../preload/contract/contract.ts';

const saleId = 'sale_0000000001';
const attemptId = 'att_0000000001_1';
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
};
