import { z } from 'zod';
import type { MoneyView } from './money.ts';
import type { RefundView } from './refunds.ts';
import type { SaleView } from './sale.ts';

const pin = z.string().max(64);
const saleId = z.string().regex(/^sale_[0-9a-z]{10,40}$/);
/** Main trims both and asks for what is missing; longer is no name and no reason. */
const by = z.string().max(200);
const why = z.string().max(2_000);

export const nothingAsked = z.strictObject({});
export const staffSetPinRequest = z.strictObject({ pin, current: pin.nullable() });
export const staffUnlockRequest = z.strictObject({ pin });
export const moneySalesRequest = z.strictObject({ search: z.string().max(60).nullable() });
export const moneySaleRequest = z.strictObject({ saleId });
export const moneyDecideRequest = z.strictObject({
  saleId,
  decision: z.enum(['capture', 'capture_part', 'cancel', 'accept', 'close']),
  /** Only with `capture_part`: how much of the hold is taken, minor units. */
  amount: z.int().min(1).max(99_999_999).nullable(),
  by,
  why,
  /** The PIN, once more, where money is released or less of it taken; null where the studio asks for none. */
  proof: z.string().max(64).nullable(),
});
export const moneyTenderRequest = z.strictObject({
  saleId,
  tender: z.enum(['cash', 'other']),
  by,
  why,
});
export const dayCloseRequest = z.strictObject({ by });

/** The door to the staff page. */
export interface StaffStatus {
  /** `unusable`: the PIN's file can't be read; `sentence` says what to do. */
  readonly pin: 'not_set' | 'set' | 'locked_out' | 'unusable';
  /** How long no try is taken, in milliseconds; zero unless locked out. */
  readonly lockedForMs: number;
  readonly unlocked: boolean;
  readonly sentence: string | null;
}

export interface StaffPinAnswer {
  /** `refused`: the new PIN is too weak or not of digits; `sentence` says why. */
  readonly result: 'right' | 'set' | 'refused' | 'wrong' | 'locked_out' | 'not_set' | 'unusable';
  readonly triesLeft: number | null;
  readonly sentence: string | null;
  readonly status: StaffStatus;
}

export type StaffDecision = 'capture' | 'capture_part' | 'cancel' | 'accept' | 'close';

export type MoneyClass =
  | 'captured_ordered'
  | 'authorised_ordered'
  | 'authorised_no_order'
  | 'charged_order_failed'
  | 'amount_mismatch'
  | 'paid_elsewhere'
  | 'expired'
  | 'unknown'
  | 'not_ours'
  | 'nothing_taken';

export type StaffReason =
  | 'amounts_disagree'
  | 'not_ours'
  | 'capture_refused'
  | 'paid_after_cancel'
  | 'stripe_refused'
  | 'record_lost'
  | 'record_damaged'
  | 'order_failed'
  | 'order_not_finished'
  | 'outcome_unknown'
  | 'order_paid_otherwise';

/** A sale, or a PaymentIntent without one, as a line of a table. */
export interface MoneyRow {
  /** Null for a PaymentIntent that no sale knows. */
  readonly saleId: string | null;
  readonly code: string | null;
  readonly paymentIntentId: string | null;
  /** When the sale began, or the PaymentIntent was made; epoch milliseconds. */
  readonly atMs: number | null;
  readonly state: SaleView['state'] | null;
  readonly class: MoneyClass;
  readonly resolved: boolean;
  readonly staffReason: StaffReason | null;
  /** What is taken, held or in doubt. */
  readonly amount: MoneyView;
  /** What the sale was to cost; null without a sale. */
  readonly total: MoneyView | null;
  /** What was sold; empty when the record is lost. */
  readonly items: readonly { readonly name: string; readonly quantity: number }[];
  readonly last4: string | null;
  readonly tender: 'cash' | 'other' | null;
  readonly staffDecision: StaffDecision | null;
  /** When the hold lapses, epoch milliseconds; null when nothing is held. */
  readonly deadlineMs: number | null;
  /** The safe thing to do; `wait`: the kiosk does it by itself; `settle_at_stripe`: on Stripe's own pages. */
  readonly proposal: StaffDecision | 'none' | 'wait' | 'settle_at_stripe';
  /** What may be decided now, the safest first. */
  readonly decisions: readonly StaffDecision[];
  readonly mayRecordTender: boolean;
  /** What may still be given back of it; null where nothing may. */
  readonly refundable: MoneyView | null;
  /** What was given back, or is on its way. */
  readonly givenBack: MoneyView | null;
  /** The cardholder's bank has taken it back, or wants to. */
  readonly disputed: boolean;
  /** A card on file pays it, and waits for the network. */
  readonly pending: boolean;
}

export type WorkKind =
  | 'payment_intent.create'
  | 'payment_intent.look_up'
  | 'payment_intent.read'
  | 'payment_intent.capture'
  | 'payment_intent.cancel'
  | 'payment_intent.confirm'
  | 'charge.receipt_email'
  | 'card.save'
  | 'order.record'
  | 'card.detach'
  | 'customer.update'
  | 'consent.email'
  | 'setup_intent.create'
  | 'setup_intent.read'
  | 'setup_intent.cancel'
  | 'refund.create'
  | 'refund.look_up'
  | 'refund.read';

/** Work that waits for the outside. */
export interface QueueRow {
  /** Null for work that belongs to no sale. */
  readonly saleId: string | null;
  readonly code: string | null;
  readonly kind: WorkKind;
  readonly storedAtMs: number;
  readonly nextAtMs: number;
  readonly tries: number;
  /** The last answer in short, such as `unanswered no_answer`; null before the first. */
  readonly lastAnswer: string | null;
  readonly setAside: boolean;
}

export interface ClassTotal {
  readonly class: MoneyClass;
  readonly count: number;
  /** One for each currency. */
  readonly sums: readonly MoneyView[];
}

/** How many refunds, and their sums. */
export interface RefundTotal {
  readonly count: number;
  /** One for each currency. */
  readonly sums: readonly MoneyView[];
}

/** What a system behind the kiosk may not let it do. */
export type SystemLimit =
  | 'orders'
  | 'account_balance'
  | 'cancel'
  | 'refunds'
  | 'receipt_email'
  | 'sweep'
  | 'events'
  | 'keep_with_sale'
  | 'keep_alone'
  | 'charge_card'
  | 'lead_readers';

/** Everything the staff page begins with. */
export interface MoneyOverview {
  /** Main's time, by which every deadline counts; epoch milliseconds. */
  readonly nowMs: number;
  /** The system behind this kiosk, and what it does not let it do. */
  readonly system: { readonly name: string; readonly cannot: readonly SystemLimit[] };
  /** Nearest deadline first. */
  readonly toSettle: readonly MoneyRow[];
  readonly queue: {
    readonly count: number;
    readonly oldestAtMs: number | null;
    readonly rows: readonly QueueRow[];
  };
  readonly day: {
    /** Epoch milliseconds; zero when no day was ever closed. */
    readonly fromMs: number;
    readonly lastClose: { readonly atMs: number; readonly by: string } | null;
    /** What was taken is not less for what was given back. */
    readonly totals: readonly ClassTotal[];
    /** Asked for since the day began, and given back as far as is known. */
    readonly givenBack: RefundTotal;
    /** Given back on an earlier day, and since the day began it turned out that it never arrived. */
    readonly cameBack: RefundTotal;
    /** Sales and refunds. */
    readonly unresolved: number;
  };
  readonly health: {
    readonly reach: 'not_tried' | 'reached' | 'unreachable' | 'not_stripe' | 'denied' | 'forbidden';
    /** How far this machine's clock is ahead of Stripe's, in milliseconds; null until Stripe has answered. */
    readonly driftMs: number | null;
    readonly events: {
      readonly state: 'not_tried' | 'following' | 'away';
      readonly lastSuccessAtMs: number | null;
    };
    readonly sweep: {
      readonly running: boolean;
      readonly lastDoneAtMs: number | null;
      readonly lastComplete: boolean;
    };
    readonly storage: {
      readonly hasRoom: boolean;
      readonly check: {
        readonly atMs: number;
        readonly sound: boolean;
        readonly damaged: number;
      } | null;
      readonly backupAtMs: number | null;
      readonly fault: string | null;
    };
    /** The former file was damaged or lost and was set aside under this name. */
    readonly recordsLost: {
      readonly aside: string | null;
      readonly restoredFromMs: number | null;
    } | null;
    /** Ids of sales whose record could not be proved and is set aside. */
    readonly quarantined: readonly string[];
    readonly versions: Readonly<Record<string, string>>;
  };
}

/** One line of a sale's history: a step of the sale, or a call to the outside and its answer. */
export interface HistoryLine {
  readonly kind: 'step' | 'call';
  readonly atMs: number;
  /** A step's event, such as `confirmed`, or `refund.asked`; a call's work, such as `payment_intent.capture`. */
  readonly what: string;
  /** A step's state after it. */
  readonly state: SaleView['state'] | null;
  /** Of a step: what was read, said or decided, in short; null when the step says it all. */
  readonly detail: string | null;
  readonly by: string | null;
  readonly why: string | null;
  /** Of a call. */
  readonly answer: {
    readonly outcome: 'done' | 'refused' | 'uncertain' | 'busy' | 'denied' | 'unanswered';
    readonly status: number | null;
    readonly code: string | null;
    readonly requestId: string | null;
    readonly durationMs: number;
    /** The same answer this often, the last time at `lastAtMs`. */
    readonly times: number;
    readonly lastAtMs: number;
  } | null;
}

export interface SaleHistoryView {
  readonly row: MoneyRow;
  readonly lines: readonly HistoryLine[];
}

export interface MoneySales {
  /** Newest first. */
  readonly rows: readonly MoneyRow[];
}

export interface DecisionAnswer {
  /** The last three: the PIN is to be given once more, was not the right one, or is not taken for a while. */
  readonly result:
    | 'recorded'
    | 'no_name'
    | 'no_reason'
    | 'no_sale'
    | 'not_allowed'
    | 'proof_wanted'
    | 'proof_wrong'
    | 'locked_out';
}

export type SweepAnswer =
  | { readonly kind: 'complete'; readonly listed: number; readonly found: number }
  | { readonly kind: 'incomplete'; readonly why: string };

export type CloseRefusal =
  | 'no_name'
  | 'unresolved_money'
  | 'sales_under_way'
  | 'work_waiting'
  | 'not_reached'
  | 'sweep_incomplete'
  | 'sweep_old';

export type DayCloseAnswer =
  | { readonly kind: 'closed'; readonly atMs: number }
  | { readonly kind: 'refused'; readonly reasons: readonly CloseRefusal[] };

export interface DayReportView {
  readonly kioskId: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly totals: readonly ClassTotal[];
  /** Oldest first. */
  readonly rows: readonly MoneyRow[];
  readonly givenBack: RefundTotal;
  readonly cameBack: RefundTotal;
  /** Those of the day, those that came back in it, and those that nobody has dealt with; oldest first. */
  readonly refunds: readonly RefundView[];
  /** Sales and refunds. */
  readonly unresolved: number;
  readonly quarantined: readonly string[];
}

/** A file that main wrote, by its whole path. */
export interface FileWritten {
  readonly file: string;
}
