import type { Endpoint } from '../api/endpoint.ts';
import type { Ledger } from '../ledger.ts';
import { comeDue } from '../moves/come-due.ts';
import { find } from '../moves/find.ts';
import { cancelAction } from '../terminal/cancel-action.ts';
import { confirmCollected } from '../terminal/confirm-collected.ts';
import { promptForCard } from '../terminal/prompt-for-card.ts';
import { refundOnReader } from '../terminal/refund-on-reader.ts';
import { setReaderDisplay } from '../terminal/set-reader-display.ts';
import { readReaderDisplay } from './read-cart.ts';
import { readCollectOrder, readConfirmOrder, readProcessOrder } from './read-reader-orders.ts';
import { readRefundOrder } from './read-reader-refund.ts';
import { readSetupOrder } from './read-reader-setup.ts';

function action(name: string, prepare: Endpoint['prepare']): Endpoint {
  return {
    method: 'POST',
    path: `/v1/terminal/readers/:id/${name}`,
    returns: { object: 'terminal.reader', list: false },
    prepare: (input) => {
      const command = prepare(input);
      return (ledger) => {
        command(ledger);
        return afterwards(ledger, input.id);
      };
    },
  };
}

/** What takes no time has happened already when the answer leaves: it may show the final state. */
function afterwards(ledger: Ledger, id: string): object {
  comeDue(ledger);
  return find(ledger.readers, 'reader', id);
}

/** https://docs.stripe.com/api/terminal/readers */
export const readerActionEndpoints: readonly Endpoint[] = [
  action('process_payment_intent', ({ params, id }) => {
    const order = readProcessOrder(params);
    return (ledger) => promptForCard(ledger, id, order);
  }),
  action('collect_payment_method', ({ params, id }) => {
    const order = readCollectOrder(params);
    return (ledger) => promptForCard(ledger, id, order);
  }),
  action('confirm_payment_intent', ({ params, id }) => {
    const order = readConfirmOrder(params);
    return (ledger) => confirmCollected(ledger, id, order);
  }),
  action('process_setup_intent', ({ params, id }) => {
    const order = readSetupOrder(params);
    return (ledger) => promptForCard(ledger, id, order);
  }),
  action('refund_payment', ({ params, id }) => {
    const order = readRefundOrder(params);
    return (ledger) => refundOnReader(ledger, id, order);
  }),
  action('set_reader_display', ({ params, id }) => {
    const shown = readReaderDisplay(params);
    return (ledger) => setReaderDisplay(ledger, id, shown);
  }),
  action(
    'cancel_action',
    ({ id }) =>
      (ledger) =>
        cancelAction(ledger, id),
  ),
];
