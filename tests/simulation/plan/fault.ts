import type { CardCall, CardMoment } from './card-fault.ts';
import type { CommandFault, PromptFault, ReaderCall, ReaderMoment } from './reader-fault.ts';

/** Moments of a sale that a fault can be tied to, as the model sees them and not as the kiosk says. */
export const milestones = [
  'started',
  'confirmed',
  'collecting',
  'card_read',
  'process_sent',
  'process_done',
  'capture_sent',
  'cancel_sent',
  'ended',
] as const;

export type Milestone = (typeof milestones)[number];

/** Calls to the payment system that a fault can hit. */
export const calls = [
  'create',
  'read',
  'look_up',
  'capture',
  'cancel',
  'list',
  'events',
  'receipt',
  'probe',
] as const;

/** Calls that only a selling platform knows. */
export const platformCalls = ['status', 'stamp', 'record_look', 'record'] as const;

export type Call = (typeof calls)[number] | (typeof platformCalls)[number] | ReaderCall | CardCall;

/** How a card can be refused. `without_charge`: nothing reached the bank. */
export const declines = {
  declined: ['card_declined', 'generic_decline'],
  insufficient_funds: ['card_declined', 'insufficient_funds'],
  expired_card: ['expired_card', 'expired_card'],
  incorrect_pin: ['card_declined', 'incorrect_pin'],
  insert_card: ['card_declined', 'offline_pin_required'],
  try_again: ['processing_error', 'processing_error'],
  stolen_card: ['card_declined', 'stolen_card'],
  without_charge: ['card_declined', 'card_read_error'],
} as const;

export type Decline = keyof typeof declines;

export const declineKinds: readonly Decline[] = [
  'declined',
  'insufficient_funds',
  'expired_card',
  'incorrect_pin',
  'insert_card',
  'try_again',
  'stolen_card',
  'without_charge',
];

/** Tied to the Nth call of a kind that the sale makes, counted from 1, and to the `times - 1` calls after it. */
interface AtCall {
  readonly call: Call;
  readonly nth: number;
  readonly times: number;
}

/** Tied to a moment of the sale. */
interface AtMilestone {
  readonly at: Milestone;
  readonly afterMs: number;
}

/** Tied to the Nth time the reader is asked to collect in this sale, counted from 1. */
interface AtTurn {
  readonly turn: number;
}

export type CallFault = AtCall &
  (
    | { readonly kind: 'request_lost'; readonly quickly: boolean }
    | { readonly kind: 'answer_lost'; readonly quickly: boolean }
    /** Carried out long after the kiosk has given the request up. */
    | { readonly kind: 'request_late'; readonly lateMs: number }
    /** In time, but slower than everything around it. */
    | { readonly kind: 'answer_slow'; readonly slowMs: number }
    | { readonly kind: 'request_twice'; readonly apartMs: number }
    | { readonly kind: 'rate_limited' }
    /** The first is still being worked on when the repeat of it arrives. */
    | { readonly kind: 'worked_on_long'; readonly longMs: number }
    | { readonly kind: 'server_error_before' }
    | { readonly kind: 'server_error_after' }
    | { readonly kind: 'odd_reply' }
  );

export type TurnFault = PromptFault | PageFault;

/** In the page that leads the reader with the SDK, or at any reader. */
type PageFault = AtTurn &
  (
    | { readonly kind: 'card_declined'; readonly how: Decline }
    /** One charge fails, the reader asks for the PIN by itself, and the next one succeeds. */
    | { readonly kind: 'charged_at_second_try' }
    | { readonly kind: 'reader_silent' }
    | { readonly kind: 'reader_lost_collecting' }
    | { readonly kind: 'canceled_on_reader' }
    | { readonly kind: 'hesitates' }
    /** The SDK says `connection_error` and holds no PaymentIntent. */
    | {
        readonly kind: 'process_connection_error';
        readonly effect: 'done' | 'none' | 'late';
        readonly lateMs: number;
      }
    | {
        readonly kind: 'process_answer_lost';
        readonly effect: 'done' | 'none' | 'late';
        readonly lateMs: number;
      }
    | { readonly kind: 'process_answer_late'; readonly lateMs: number }
  );

export const places = [
  'review',
  'starting',
  'reader',
  'card_read',
  'asking_bank',
  'declined',
  'result',
] as const;

export type Place = (typeof places)[number];

export type CustomerFault =
  | { readonly kind: 'walks_away'; readonly from: Place }
  | { readonly kind: 'cancels'; readonly from: Exclude<Place, 'result'> }
  | { readonly kind: 'wants_receipt' };

export type MomentFault = AtMilestone &
  (
    | { readonly kind: 'page_reloaded' }
    | { readonly kind: 'network_off'; readonly forMs: number }
    | { readonly kind: 'stripe_down'; readonly forMs: number }
    | { readonly kind: 'key_denied'; readonly forMs: number }
    /** No capture is taken for a while, and then staff ask the kiosk to try everything now. */
    | { readonly kind: 'captures_limited'; readonly forMs: number; readonly hurryAfterMs: number }
    | { readonly kind: 'disk_full'; readonly forMs: number }
    | { readonly kind: 'clock_set'; readonly byMs: number }
    | { readonly kind: 'closed_cleanly'; readonly downMs: number }
    | { readonly kind: 'killed'; readonly downMs: number }
    | { readonly kind: 'row_damaged'; readonly downMs: number; readonly place: number }
    | { readonly kind: 'database_lost'; readonly downMs: number }
    /** The file is lost and a copy takes its place that was made before this sale began. */
    | { readonly kind: 'backup_restored'; readonly downMs: number }
    | {
        readonly kind: 'dashboard';
        readonly does:
          'captures' | 'cancels' | 'refunds' | 'changes_amount' | 'captures_part' | 'gives_away';
      }
    | {
        readonly kind: 'other_kiosk';
        readonly status: 'open' | 'held' | 'captured' | 'claims_sale';
      }
    | { readonly kind: 'events_late'; readonly byMs: number; readonly forMs: number }
    | { readonly kind: 'events_twice'; readonly forMs: number }
    | { readonly kind: 'events_shuffled'; readonly forMs: number }
    | { readonly kind: 'tender'; readonly tender: 'cash' | 'other' }
    | { readonly kind: 'day_closed' }
    | ReaderMoment
    | CardMoment
  );

export const boundaries = [
  'commit_before',
  'commit_after',
  'call_leaves',
  'answer_arrives',
  'reader_commanded',
] as const;

export type Boundary = (typeof boundaries)[number];

/** The process is gone at the Nth boundary of this kind, counted from the sale's beginning or from the next start. */
export interface CrashFault {
  readonly kind: 'crash' | 'crash_in_recovery';
  readonly where: Boundary;
  readonly nth: number;
  readonly downMs: number;
  /** The machine's clock is wrong by so much more when it starts again: its battery is empty. */
  readonly clockByMs: number;
}

export type Fault = CallFault | TurnFault | CustomerFault | MomentFault | CrashFault | CommandFault;
