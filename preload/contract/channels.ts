/**
 * The names of every message between the window and main. This page is the whole surface:
 * a name that is not here does not exist. No zod in this file, so the sandboxed preload may import it.
 */

/** Asked by the window, answered by main with an envelope. */
export const commandNames = [
  'kiosk:attach',
  'catalogue:read',
  'sale:start',
  'sale:confirm',
  'sale:extend',
  'sale:cancel',
  'sale:dismiss',
  'payment:accept',
  'payment:retry',
  'payment:capture',
  'reader:report',
  'reader:status',
  'connection-token:create',
  'receipt:email',
  'window:report',
  'training:call',
  'staff:status',
  'staff:set-pin',
  'staff:unlock',
  'staff:lock',
  'staff:touch',
  'money:overview',
  'money:sales',
  'money:history',
  'money:decide',
  'money:tender',
  'money:check',
  'money:retry',
  'money:sweep',
  'day:report',
  'day:close',
  'day:export',
  'support:bundle',
  'readers:list',
  'readers:register',
  'readers:rename',
  'readers:deregister',
  'readers:choose',
  'readers:use',
  'readers:check',
  'readers:free',
  'locations:create',
] as const;

/** Told by main, in the past tense. */
export const eventNames = ['kiosk:changed', 'reader:commanded', 'training:happened'] as const;

export type CommandName = (typeof commandNames)[number];
export type EventName = (typeof eventNames)[number];
