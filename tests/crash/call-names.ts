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
  return 'other';
}
