import type { Terminal } from '@stripe/terminal-js';
import type { CartView } from '../../preload/contract/reader.ts';
import { within } from './within.ts';

/** How long the reader may take to show the cart, in milliseconds. */
const showLimitMs = 5_000;

/**
 * Shows on the reader what is being paid before it asks for the card. It charges what the PaymentIntent says, so a
 * cart that is not shown is no harm.
 */
export async function showCart(terminal: Terminal, cart: CartView): Promise<void> {
  const { lineItems, tax, total, currency } = cart;
  const request = {
    type: 'cart',
    cart: { line_items: lineItems.map((line) => ({ ...line })), tax, total, currency },
  };
  try {
    await within(showLimitMs, () => terminal.setReaderDisplay(request));
  } catch {
    // The prompt that follows replaces whatever is there.
  }
}
