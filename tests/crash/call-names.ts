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
  'reader_setup',
  'reader_refund',
  'confirm',
  'customer_create',
  'customer_look',
  'customer_update',
  'card_read',
  'card_attach',
  'card_detach',
  'setup_create',
  'setup_read',
  'setup_cancel',
  'refund_create',
  'refund_look',
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
  if (/^\/v1\/payment_intents\/\w+\/confirm$/.test(path)) return 'confirm';
  if (path === '/v1/terminal/connection_tokens') return 'connection_token';
  if (path === '/v1/events') return 'events';
  const ofCards = ofCardsOrRefunds(path, isPost);
  if (ofCards !== null) return ofCards;
  const ofReader = /^\/v1\/terminal\/readers\/tmr_\w+(?:\/(\w+))?$/.exec(path);
  if (ofReader === null) return 'other';
  const command = ofReader.at(1);
  return command === undefined ? 'reader_look' : (commands.get(command) ?? 'other');
}

/** By what stands after the version: the noun, and what is done to it. */
function ofCardsOrRefunds(path: string, isPost: boolean): CallName | null {
  const [noun = '', id, deed] = path.split('/').slice(2);
  switch (noun) {
    case 'customers':
      if (!isPost) return 'customer_look';
      return id === undefined ? 'customer_create' : 'customer_update';
    case 'payment_methods':
      if (deed === 'attach') return 'card_attach';
      return deed === 'detach' ? 'card_detach' : 'card_read';
    case 'setup_intents':
      if (deed === 'cancel') return 'setup_cancel';
      return isPost && id === undefined ? 'setup_create' : 'setup_read';
    case 'refunds':
      return isPost ? 'refund_create' : 'refund_look';
    default:
      return null;
  }
}

/** What a reader is told to do, by the last word of the path. */
const commands: ReadonlyMap<string, CallName> = new Map([
  ['process_payment_intent', 'reader_process'],
  ['collect_payment_method', 'reader_collect'],
  ['confirm_payment_intent', 'reader_confirm'],
  ['cancel_action', 'reader_cancel'],
  ['set_reader_display', 'reader_display'],
  ['process_setup_intent', 'reader_setup'],
  ['refund_payment', 'reader_refund'],
]);
