import type { PaymentIntentStatus } from '../domain/payment-intent.ts';
import type { ReaderAction, ReaderFacts } from '../ports/readers-api.ts';
import { type ReaderUse, standingAction } from './reader-use.ts';
import { networkAdvice } from './reader-words.ts';

/** How the reader and its payment stand, both just read: only what is known, and what is not is said to be so. */
export function checkWords(reader: ReaderFacts, use: ReaderUse): string {
  const standing = standingAction(reader);
  const parts = [
    standing === null ? idleWords(reader.action, use) : standingWords(standing, use),
    moneyWords(use, standing === null),
    standing === null ? failureWords(reader.action) : null,
    reader.status === 'offline'
      ? `Stripe has not heard from the reader for a while; that may be minutes old. ${networkAdvice}`
      : null,
  ];
  return parts.filter((part) => part !== null).join(' ');
}

function standingWords(action: ReaderAction, use: ReaderUse): string {
  const forWhom = forWords(use);
  switch (action.kind) {
    case 'process_payment_intent':
      return `The reader waits for a card or charges one ${forWhom}.`;
    case 'collect_payment_method':
      return action.hasCard
        ? `The reader has read a card ${forWhom} and has not been told to charge it.`
        : `The reader waits for a card ${forWhom}.`;
    case 'confirm_payment_intent':
      return `The reader charges a card ${forWhom}.`;
    case 'set_reader_display':
      return 'The reader shows an order and takes no payment.';
    case 'process_setup_intent':
      return `The reader waits for a card to keep, or keeps one, ${forWhomElse(use)}.`;
    case 'refund_payment':
      return `The reader waits for the card that paid, or gives money back to it, ${forWhomElse(use)}.`;
    case 'other':
      return 'The reader does something that this kiosk never asks for, such as a question. Find out who uses it.';
  }
}

function idleWords(action: ReaderAction | null, use: ReaderUse): string {
  if (use.what === 'payment') {
    return `This kiosk takes a payment on the reader ${forWords(use)}, by the SDK: Stripe does not show that on the reader.`;
  }
  if (action === null) return 'Stripe shows nothing on the reader.';
  return action.status === 'failed'
    ? 'Stripe shows nothing on the reader now; what it was asked last did not work.'
    : 'Stripe shows nothing on the reader now; what it was asked last is done.';
}

function forWords({ whose, code, kioskId }: ReaderUse): string {
  switch (whose) {
    case 'this_kiosk':
      return code === null ? 'for a sale of this kiosk' : `for sale ${code}`;
    case 'other_kiosk':
      return kioskId === null
        ? 'for a payment that no kiosk of this kind began'
        : `for another kiosk (${kioskId})`;
    case 'unknown':
    case 'nobody':
      return 'for a payment that could not be read';
  }
}

/** A reader does not say who asked it to keep a card or to give money back. */
function forWhomElse({ whose, code }: ReaderUse): string {
  if (whose !== 'this_kiosk') return 'for somebody else than this kiosk. Find out who uses it';
  return code === null ? 'for this kiosk' : `for sale ${code} of this kiosk`;
}

const statusWords: Readonly<Record<PaymentIntentStatus, string>> = {
  requires_payment_method: 'nothing is charged yet',
  requires_confirmation: 'a card was read, and nothing is charged yet',
  requires_action: 'nothing is charged yet, and the customer has to do something more',
  processing: 'it is being settled; check again in a moment',
  requires_capture: 'the card was approved and the money is held, but not taken yet',
  succeeded: 'it is paid',
  canceled: 'it is cancelled; nothing is taken and nothing is held',
};

/** `isOver`: nothing has been said of the payment yet, so its sale is named here. */
function moneyWords(use: ReaderUse, isOver: boolean): string | null {
  const { code, paymentIntentId, paymentIntentStatus } = use;
  if (paymentIntentId === null) return null;
  if (paymentIntentStatus === null) {
    return 'What Stripe knows of the payment could not be read: take it neither for paid nor for unpaid, and check again.';
  }
  const ofWhat = isOver && code !== null ? ` of sale ${code}` : '';
  return `Stripe says${ofWhat}: ${statusWords[paymentIntentStatus]} (${paymentIntentStatus}).`;
}

function failureWords(action: ReaderAction | null): string | null {
  if (action?.status !== 'failed') return null;
  const code = action.failureCode ?? 'no code';
  const words = action.failureMessage === null ? '' : `: ${action.failureMessage}`;
  const failure = `Stripe’s reason for the failure (${code})${words}`;
  const whole = /[.!?]$/.test(failure) ? failure : `${failure}.`;
  // The card may have been charged although the reader never heard of it; what Stripe says above is the truth.
  return action.failureCode === 'connection_error'
    ? `${whole} Whether the card was charged is what Stripe says of the payment, not the reader. ${networkAdvice}`
    : whole;
}
