import type { ReaderFault } from '../../main/training/reader/reader-fault.ts';
import type { CallName } from './call-names.ts';
import type { Deed } from './deeds.ts';

/**
 * What the customer does when the screen first comes to a word: the sale's or the setup's stage, or else its state; or,
 * before anything is chosen, at `arrival`.
 */
export interface CustomerStep {
  readonly at: string;
  readonly does:
    | 'confirm'
    | 'cancel'
    | 'retry'
    | 'extend'
    | 'accept'
    | 'ask_receipt'
    | 'leave'
    /** Somebody loads the page anew. */
    | 'reload_page'
    /** Walks away for a minute and a half. */
    | 'walk_away'
    | Deed;
}

/** What happens to a request of the kiosk on its way to Stripe, or to the answer on its way back. */
export type Mishap =
  /** Stripe never hears of it; the connection breaks. */
  | { readonly kind: 'request_lost' }
  /** Stripe has carried it out; the connection breaks before the answer. */
  | { readonly kind: 'reply_lost' }
  /** The first half of the answer comes. */
  | { readonly kind: 'reply_cut' }
  /** It arrives this much later, even if its sender is gone by then. Milliseconds of the world's clock. */
  | { readonly kind: 'request_slow'; readonly ms: number }
  | { readonly kind: 'reply_slow'; readonly ms: number }
  /** Refused at the door: nothing happens and nothing is kept under the key. */
  | { readonly kind: 'turned_away'; readonly status: 409 | 429 | 503 }
  /** A 500 that Stripe keeps under the key, before or after the request took effect. */
  | { readonly kind: 'server_error'; readonly effect: 'before' | 'after' }
  /** Staff do something to this PaymentIntent in the Dashboard right before the request arrives. */
  | { readonly kind: 'dashboard'; readonly does: 'cancel' | 'capture' }
  /** The hold has run out by the time the request arrives. */
  | { readonly kind: 'days_pass'; readonly days: number };

export interface RequestMishap {
  readonly on: CallName | 'any_after_create';
  /** Which request of that name it befalls, from 1; default the first. */
  readonly nth?: number;
  /** How many requests in a row; default one. */
  readonly times?: number;
  readonly mishap: Mishap;
}

/** Who comes to the reader at each prompt, one after the other. */
export type AtTheReader =
  | { readonly card: string }
  /** Presses the reader's own red key. */
  | 'cancels_on_the_reader'
  /** Nobody does anything. */
  | 'nobody'
  /** Another till puts its own payment on the reader, and its customer pays there. */
  | 'another_till';

/** Where a process is killed the first time, so that its recovery is what is then killed at every point. */
export interface FirstKill {
  /** The point's name, as the list of points has it. */
  readonly at: string;
  /** Which point of that name, from 1; default the first. */
  readonly nth?: number;
}

export interface Scenario {
  readonly name: string;
  /** What the customer does, for each sale in turn; the list of a sale is in order. */
  readonly visits: readonly (readonly CustomerStep[])[];
  readonly atTheReader: readonly AtTheReader[];
  readonly readerFaults?: readonly ReaderFault[];
  readonly mishaps?: readonly RequestMishap[];
  /** Main leads the reader; default the page with the SDK. */
  readonly isServerDriven?: boolean;
  /** Default manual. */
  readonly captureMethod?: 'manual' | 'automatic';
  /** Staff have chosen a second reader for when the first is not there. */
  readonly hasSpare?: boolean;
  /** A member is known to the kiosk, and staff have a PIN. */
  readonly hasMember?: boolean;
  /** The studio sells in Canada, where Interac pays. */
  readonly isInCanada?: boolean;
  /** The studio asks once more before it charges. */
  readonly askBeforeCharging?: boolean;
  /** Points are counted from the opening of the kiosk; default from the first sale on. */
  readonly countsOpening?: boolean;
  readonly firstKill?: FirstKill;
  /**
   * The state each of its sales ends in when nothing is killed, or those it may end in where it is a race; null when a
   * first kill decides that.
   */
  readonly ends: readonly (string | readonly string[])[] | null;
  /** What is left at Stripe when nothing is killed: cards on the member's account, and what was given back. */
  readonly leaves?: { readonly cards: number; readonly givenBack: number };
}
