/** What staff read of the system behind the kiosk. */
export const enSystem = {
  'desk.system': 'Behind this kiosk: {system}',
  'desk.system.hint': 'What it does not let the kiosk do, and where to do it instead.',
  'desk.system.all': 'The kiosk can do everything it offers.',
  'desk.cannot.orders':
    'Orders made elsewhere: {system} knows none, the kiosk sells from its own list.',
  'desk.cannot.account_balance': 'Paying from a member’s account: {system} tells of none.',
  'desk.cannot.cancel':
    'Cancelling or taking a payment by hand: {system} does both by itself. Look at the order there.',
  'desk.cannot.refunds': 'Giving money back: do that in {system}.',
  'desk.cannot.receipt_email':
    'Receipts by e-mail: {system} sends its own, or the member takes a picture.',
  'desk.cannot.sweep':
    'Comparing the account with this kiosk’s records: {system} lists no payments. Compare the day with its reports.',
  'desk.cannot.events':
    'Hearing of changes made elsewhere: what somebody does in {system} is seen at the next look at the sale.',
  'desk.cannot.keep_with_sale': 'Keeping the card of a payment: {system} does not offer it.',
  'desk.cannot.keep_alone': 'Keeping a card without a payment: {system} does not offer it.',
  'desk.cannot.charge_card': 'Charging a card on file: do that in {system}.',
  'desk.cannot.lead_readers':
    'Leading the reader from this computer: the kiosk’s screen does it, with Stripe’s JS SDK.',
} as const;
