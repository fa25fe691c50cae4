import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import { parseCurrency } from '../currencies.ts';
import { Params } from '../form/params.ts';

type Shown = Stripe.Terminal.Reader.Action.SetReaderDisplay;
type Cart = NonNullable<Shown['cart']>;

/** Reads the parameters of `set_reader_display`. */
export function readReaderDisplay(params: Params): Shown {
  params.required('type', params.oneOf('type', ['cart']));
  const cart = params.required('cart', params.group('cart'));
  const shown: Cart = {
    currency: parseCurrency(cart.required('currency', cart.text('currency'))),
    line_items: readLineItems(cart),
    tax: cart.integer('tax') ?? null,
    total: cart.required('total', cart.integer('total')),
  };
  cart.done();
  return { type: 'cart', cart: shown };
}

function readLineItems(cart: Params): Cart['line_items'] {
  const items = cart.required('line_items', cart.members('line_items'));
  if (typeof items === 'string') {
    throw invalidRequest(`Invalid array: ${items}`, { param: cart.fullName('line_items') });
  }
  return [...items].map(([index, item]) => {
    const name = `${cart.fullName('line_items')}[${index}]`;
    if (typeof item === 'string') {
      throw invalidRequest(`Invalid object: ${item}`, { param: name });
    }
    const line = new Params(item, name);
    const read = {
      amount: line.required('amount', line.integer('amount')),
      description: line.required('description', line.text('description')),
      quantity: line.required('quantity', line.positiveInteger('quantity')),
    };
    line.done();
    return read;
  });
}
