import { enDay } from './en-day.ts';
import { enHistory } from './en-history.ts';
import { enMembers } from './en-members.ts';
import { enReaders } from './en-readers.ts';
import { enRefunds } from './en-refunds.ts';
import { enSystem } from './en-system.ts';

/**
 * Every word of the staff page, by key. It names what is known, the time, and the next step, and
 * says of each decision what will happen to the money. `{name}` is a gap that the caller fills.
 */
export const enStaff = {
  ...enHistory,
  ...enDay,
  ...enMembers,
  ...enReaders,
  ...enRefunds,
  ...enSystem,

  'desk.open': 'Staff',

  'desk.title': 'Staff',

  'desk.sections': 'Sections of the staff page',

  'desk.leave': 'Leave',

  'desk.lock': 'Lock',

  'desk.locks': 'This page locks in {seconds} s. Touch it to stay.',

  'desk.loading': 'Asking the kiosk',

  'desk.stale': 'What you see may be old: the kiosk has not answered since {time}.',

  'desk.cancel': 'Back without doing it',

  'desk.pin.choose': 'Choose a PIN',
  'desk.pin.choose.hint': 'From 4 to 12 digits. You need it for everything behind this door.',
  'desk.pin.again': 'Type it once more',
  'desk.pin.again.hint': 'So that no slip of a finger locks you out.',
  'desk.pin.enter': 'Enter your PIN',
  'desk.pin.enter.hint': 'This page is for staff.',
  'desk.pin.current': 'Enter the present PIN',
  'desk.pin.current.hint': 'Then choose a new one.',
  'desk.pin.label': 'PIN',
  'desk.pin.pad': 'Number pad',
  'desk.pin.delete': 'Delete',
  'desk.pin.next': 'Next',
  'desk.pin.save': 'Save PIN',
  'desk.pin.unlock': 'Unlock',
  'desk.pin.checking': 'Checking the PIN',
  'desk.pin.differ': 'These two were not the same. Choose once more.',
  'desk.pin.form': 'A PIN has 4 to 12 digits.',
  'desk.pin.wrong.one': 'Wrong PIN. One try left, then a wait.',
  'desk.pin.wrong.many': 'Wrong PIN. {count} tries left, then a wait.',
  'desk.pin.lockedOut': 'Too many wrong PINs',
  'desk.pin.lockedOut.hint': 'Nobody can try again for {time}. Selling goes on.',
  'desk.pin.unusable': "The PIN can't be read",
  'desk.pin.locked': 'Locked, because nobody touched this page for a while.',
  'desk.pin.changed': 'The PIN is changed.',
  'desk.pin.closed': 'Nothing to open here yet',
  'desk.pin.closed.hint':
    'The kiosk is closed and has no records open. What to mend is on the screen before.',

  'desk.span.seconds': '{n} s',
  'desk.span.minutes': '{n} min',
  'desk.span.hours': '{n} h {rest} min',
  'desk.span.day': '1 day {rest} h',
  'desk.span.days': '{n} days {rest} h',

  'desk.ago': '{span} ago',

  'desk.now': 'just now',

  'desk.never': 'Never yet',

  'desk.settle': 'To settle',
  'desk.settle.none': 'Nothing to settle',
  'desk.settle.none.hint': 'All money of this kiosk is accounted for.',
  'desk.settle.count.one': '1 sale needs somebody. Nearest deadline first.',
  'desk.settle.count.many': '{count} sales need somebody. Nearest deadline first.',
  'desk.settle.deadline': 'Hold lapses in {span}',
  'desk.settle.deadline.over': 'Hold has lapsed',
  'desk.settle.deadline.none': 'No deadline',
  'desk.settle.wait': 'The kiosk is settling this by itself. There is nothing for you to do.',
  'desk.settle.stripe':
    "Settle it on Stripe's own pages, by its payment number. Then compare with Stripe here.",
  'desk.settle.nothing': 'Nothing is left to decide.',
  'desk.settle.lost': 'What was sold is not known.',
  'desk.settle.more': 'History',
  'desk.settle.open': 'History of {code}',

  'desk.code': 'Code',
  'desk.code.none': 'No code',

  'desk.time': 'Time',

  'desk.state': 'State',

  'desk.items': 'Items',

  'desk.card': 'Card',
  'desk.card.ending': 'ending {last4}',

  'desk.amount': 'Amount',

  'desk.total': 'Sale',

  'desk.payment': 'Payment',

  'desk.class.captured_ordered': 'Paid',
  'desk.class.authorised_ordered': 'Held, not taken yet',
  'desk.class.authorised_no_order': 'Held without an order',
  'desk.class.charged_order_failed': 'Charged, but the order failed',
  'desk.class.amount_mismatch': 'Amounts differ',
  'desk.class.paid_elsewhere': 'Paid another way',
  'desk.class.expired': 'Hold lapsed, nothing taken',
  'desk.class.unknown': 'Outcome not known yet',
  'desk.class.not_ours': 'Not from this kiosk',
  'desk.class.nothing_taken': 'Nothing taken',

  'desk.why.captured_ordered': 'The money is taken and the order is given.',
  'desk.why.authorised_ordered':
    'The customer confirmed and the card holds the money. It has not been taken.',
  'desk.why.authorised_no_order': 'The card holds money, but there is no finished order for it.',
  'desk.why.charged_order_failed':
    'The card was charged, but the sale did not end as paid. Give the order or refund it.',
  'desk.why.amount_mismatch': "Stripe's amount is not the amount of the sale.",
  'desk.why.paid_elsewhere': 'Staff recorded another payment for it.',
  'desk.why.expired': 'The hold ran out. If the order was given, it is not paid.',
  'desk.why.unknown': 'Stripe has not said yet what became of it.',
  'desk.why.not_ours': 'Another till or website made it. This kiosk leaves it alone.',
  'desk.why.nothing_taken': 'No money was taken.',

  'desk.reason.amounts_disagree': "Stripe's amount or currency is not the sale's.",
  'desk.reason.not_ours': "Stripe shows the payment as not this kiosk's, or no longer at all.",
  'desk.reason.capture_refused': 'Stripe refused to take the held money.',
  'desk.reason.paid_after_cancel': 'Money was taken although the sale is cancelled here.',
  'desk.reason.stripe_refused': 'Stripe does not let the kiosk read or cancel it.',
  'desk.reason.record_lost': 'Found at Stripe. The record of what was sold is lost.',
  'desk.reason.record_damaged': 'The record of this sale is damaged.',
  'desk.reason.order_failed':
    'The card was charged, or may have been, but the order failed at the platform. Look there, then give the money back or make the order good.',
  'desk.reason.order_not_finished':
    'The card was charged, but the platform has not finished the order. Look there; the kiosk goes on asking.',
  'desk.reason.outcome_unknown':
    'Whether the card was charged can’t be seen from this kiosk any more. Look at the order at the platform before anybody pays again.',
  'desk.reason.order_paid_otherwise':
    'The platform says the order is paid, and this kiosk has not charged a card for it.',

  'desk.sale.open': 'Being looked over',
  'desk.sale.creating': 'Starting',
  'desk.sale.presenting': 'Waiting for a card',
  'desk.sale.authorizing': 'Asking the bank',
  'desk.sale.authorized': 'Taking the money',
  'desk.sale.capturing': 'Taking the money',
  'desk.sale.paid': 'Paid',
  'desk.sale.finding_out': 'Finding out',
  'desk.sale.canceling': 'Cancelling',
  'desk.sale.canceled': 'Cancelled',
  'desk.sale.expired': 'Hold lapsed',
  'desk.sale.needs_staff': 'Needs a decision',
  'desk.sale.none': 'No sale',

  'desk.tender.cash': 'paid in cash',
  'desk.tender.other': 'paid another way',

  'desk.do.capture': 'Take the money',
  'desk.do.capture_part': 'Take a part',
  'desk.do.cancel': 'Release the hold',
  'desk.do.end': 'End the payment',
  'desk.do.accept': 'Keep the payment',
  'desk.do.close': 'Mark as dealt with',
  'desk.do.cash': 'Record cash',
  'desk.do.other': 'Record other payment',

  'desk.done.capture': 'decided to take the money',
  'desk.done.capture_part': 'decided to take a part',
  'desk.done.cancel': 'decided to release it',
  'desk.done.accept': 'decided to keep the payment',
  'desk.done.close': 'marked as dealt with',

  'desk.money.capture': '{amount} is taken from the card now. The order counts as given.',
  'desk.money.capture_part':
    'A part of the {amount} held is taken from the card now. The rest is released for good.',
  'desk.money.cancel':
    'The hold of {amount} is released now. Nothing is taken, and the customer has the money back.',
  'desk.money.end':
    'This payment is ended at Stripe now, so that no card can be charged for it any more.',
  'desk.money.accept': '{amount} stays charged. No money moves. The order counts as given.',
  'desk.money.close':
    'No money moves. You say that {amount} is dealt with outside the kiosk, such as refunded by you.',
  'desk.money.cash.held':
    'You say that {amount} was paid in cash. What the card still holds is released now.',
  'desk.money.cash': 'You say that {amount} was paid in cash. Nothing is taken from a card.',
  'desk.money.other.held':
    'You say that {amount} was paid another way. What the card still holds is released now.',
  'desk.money.other': 'You say that {amount} was paid another way. Nothing is taken from a card.',

  'desk.form.by': 'Your name',
  'desk.form.why': 'Reason',
  'desk.form.note': 'Both stand in the history of the sale for good.',
  'desk.form.recorded': 'Recorded for {code}. The kiosk carries it out and shows it here.',
  'desk.form.no_name': 'Nothing was done. Your name is missing.',
  'desk.form.no_reason': 'Nothing was done. The reason is missing.',
  'desk.form.no_sale': 'Nothing was done. This sale is not on file any more.',
  'desk.form.not_allowed':
    "Nothing was done. The sale has changed meanwhile and this can't be decided now.",
  'desk.form.waiting': 'Recording',
  'desk.form.amount': 'How much is taken, at most {amount}',
  'desk.form.proof': 'PIN, once more',
  'desk.form.proof_wanted': 'Nothing was done. The studio wants the PIN once more for this.',
  'desk.form.proof_wrong': 'Nothing was done. That is not the staff PIN.',
  'desk.form.locked_out': 'Nothing was done. There were too many wrong PINs. Wait a while.',

  'desk.queue': 'Waiting',
  'desk.queue.heading': 'Waiting to be sent',
  'desk.queue.none': 'Nothing waits',
  'desk.queue.none.hint': 'Everything this kiosk had to tell Stripe is told.',
  'desk.queue.count': '{count} waiting, oldest {span}',
  'desk.queue.shown': 'The first {count} are shown.',
  'desk.queue.retry': 'Try now',
  'desk.queue.retried': 'Everything that waits is tried now.',
  'desk.queue.code.none': 'No sale',
  'desk.queue.kind': 'What',
  'desk.queue.stored': 'Waiting for',
  'desk.queue.tries': 'Tries',
  'desk.queue.answer': 'Last answer',
  'desk.queue.answer.none': 'None yet',
  'desk.queue.next': 'Next try',
  'desk.queue.next.in': 'in {span}',
  'desk.queue.next.now': 'now',
  'desk.queue.aside': 'Set aside: somebody must look',

  'desk.sales': 'Sales',
  'desk.sales.heading': 'Sales of the day',
  'desk.sales.found': 'Sales found',
  'desk.sales.search': 'Find',
  'desk.sales.search.hint': 'Code, last four digits or amount. Also finds earlier days.',
  'desk.sales.label': 'Code, last four digits or amount',
  'desk.sales.all': 'Show today',
  'desk.sales.none': 'No sales yet',
  'desk.sales.none.hint': 'The first sale of the day will stand here.',
  'desk.sales.nothing': 'Nothing found',
  'desk.sales.nothing.hint': 'Try the four-character code, the last four digits, or the amount.',
  'desk.sales.filter': 'Which sales',
  'desk.sales.filter.all': 'All',
  'desk.sales.filter.open': 'Not settled',
  'desk.sales.filter.paid': 'Paid',

  'desk.pin.change': 'Change PIN',

  'desk.access': 'This page',
} as const satisfies Readonly<Record<string, string>>;
