/** The requests of the kiosk to Stripe, by what they are for. */
export const callNames = [
  'create',
  'read',
  'capture',
  'cancel',
  'look_up',
  'receipt_email',
  'connection_token',
  'events',
  'reader_look',
  'reader_process',
  'reader_collect',
  'reader_confirm',
  'reader_cancel',
  'reader_display',
  'other',
] as const;

export type CallName = (typeof callNames)[number];

/** What a request is for. `url` may have a query. */
export function callName(method: string, url: string): CallName {
  const [path = ''] = url.split('?', 1);
  const isPost = method === 'POST';
  if (path === '/v1/payment_intents') return isPost ? 'create' : 'look_up';
  if (/^\/v1\/payment_intents\/\w+$/.test(path)) return isPost ? 'other' : 'read';
  if (/^\/v1\/payment_intents\/\w+\/capture$/.test(path)) return 'capture';
  if (/^\/v1\/payment_intents\/\w+\/cancel$/.test(path)) return 'cancel';
  if (/^\/v1\/charges\/\w+$/.test(path)) return isPost ? 'receipt_email' : 'other';
  if (path === '/v1/terminal/connection_tokens') return 'connection_token';
  if (path === '/v1/events') return 'events';
  const ofReader = /^\/v1\/terminal\/readers\/tmr_\w+(?:\/(\w+))?$/.exec(path);
  if (ofReader === null) return 'other';
  const command = ofReader.at(1);
  return command === undefined ? 'reader_look' : (commands.get(command) ?? 'other');
}

/** What a reader is told to do, by the last word of the path. */
const commands: ReadonlyMap<string, CallName> = new Map([
  ['process_payment_intent', 'reader_process'],
  ['collect_payment_method', 'reader_collect'],
  ['confirm_payment_intent', 'reader_confirm'],
  ['cancel_action', 'reader_cancel'],
  ['set_reader_display', 'reader_display'],
]);
