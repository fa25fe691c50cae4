import type { Money } from '../../domain/money.ts';
import type { ApprovalAnswer } from '../../ports/approval.ts';
import { moneyWords } from './money-words.ts';

/** Why nothing can be given back of a sale now. */
export type NoRefund =
  | 'no_sale'
  | 'not_supported'
  | 'nothing_taken'
  | 'only_held'
  | 'not_settled'
  | 'not_ours'
  | 'disputed'
  | 'all_given_back';

const noRefundWords: Readonly<Record<NoRefund, string>> = {
  no_sale: 'This sale is not known here.',
  not_supported:
    'The payment system behind this kiosk gives no money back from here. Use its own pages.',
  nothing_taken: 'No money was taken for this sale, so there is none to give back.',
  only_held:
    'The money is only held, not taken. Release the hold instead: then the card is never charged.',
  not_settled: 'The kiosk is still finding out what became of this payment. Wait until it is done.',
  not_ours: 'This payment is not this kiosk’s. Settle it on Stripe’s own pages.',
  disputed:
    'The cardholder’s bank has taken this payment back, or wants to. A refund would pay twice: answer the dispute on Stripe’s own pages.',
  all_given_back: 'Everything that was taken has been given back already, or is on its way.',
};

export function noRefundSentence(why: NoRefund): string {
  return noRefundWords[why];
}

/** Why a request was not taken, when something could be given back. */
export type AskRefusal =
  'no_name' | 'no_reason' | 'reader_in_use' | Extract<ApprovalAnswer, { kind: 'refused' }>['why'];

const askRefusalWords: Readonly<Record<AskRefusal, string>> = {
  no_name: 'Give your name.',
  no_reason: 'Say why the money is given back.',
  reader_in_use:
    'This card’s money can only be given back at the reader, and the reader is in use. Try again when it is free.',
  proof_wanted: 'Enter the staff PIN to give money back. Nothing was given back.',
  proof_wrong: 'That is not the staff PIN. Nothing was given back.',
  locked_out: 'There were too many wrong tries. Wait a while. Nothing was given back.',
};

export function askRefusalSentence(why: AskRefusal): string {
  return askRefusalWords[why];
}

/** The request is for more than is left. */
export function tooMuchSentence(most: Money): string {
  return `At most ${moneyWords(most)} can still be given back of this sale. Nothing was given back.`;
}
