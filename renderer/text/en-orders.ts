/** The words of orders that a platform made: naming one, what of it the member's account pays, and how it ends. */
export const enOrders = {
  'order.have': 'I have an order',
  'order.heading': "What's the code of your order?",
  'order.label': 'Code of the order',
  'order.hint': 'Scan it, or type it here.',
  'order.empty': 'Please scan or type the code.',
  'order.not_a_code': 'That is not the code of an order. Please check it and try again.',
  'order.no_orders_here': 'This kiosk takes no orders. Please ask at the desk.',
  'order.no_total':
    "This code doesn't say what the order costs. Go back, choose it here, and scan the code then.",
  'order.other_total':
    'This order costs something else than what you chose. Go back and change it, or ask at the desk.',
  'order.spent': 'This order was paid or tried before. Please ask the studio for a new one.',
  'order.not_now': 'That did not work just now. Please try again, or ask at the desk.',

  'order.name': 'Enter order code',
  'order.name.hint': 'Before you pay, scan or type the code of your order.',

  'balance.order': 'Order total',
  'balance.account': 'From your account',
  'balance.card': 'By card',
  'balance.use': 'Use my account: {amount} available',
  'balance.dont_use': "Don't use my account",
  'balance.part': '{amount} of {total} comes from your account.',
  'balance.part.was': '{amount} of {total} came from your account.',

  'receipt.order': 'Order',
  'receipt.by_card': 'Paid by card',

  'finishing.order': 'Finishing your order',
  'finishing.order.hint': 'Your card was accepted. Your order is being finished.',
  'finishing.order.lingering':
    'Your card was accepted. Your order is being finished in the background.',

  'staff.order':
    "Your order could not be finished, and your card may have been charged. Please don't pay again. Staff have been told.",
  'staff.order.charged':
    'Your card was charged, but your order could not be finished. Please don’t pay again. Staff have been told.',
  'staff.order.not_charged':
    'Your order is marked as paid already, and this kiosk has not charged your card. Staff have been told.',
} as const satisfies Readonly<Record<string, string>>;
