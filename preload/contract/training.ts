import { z } from 'zod';

/** A call of the simulated Terminal SDK to its model, or of a trainer. Refused outside training mode. */
export const trainingCallRequest = z.strictObject({
  method: z.string().regex(/^[a-zA-Z]{1,40}$/),
  params: z.json(),
});

/** What a training reader's own screen shows. */
export type TrainingScreen =
  'splash' | 'cart' | 'present_card' | 'reading' | 'authorizing' | 'approved' | 'declined';

/** What a trainer can bring about. Main knows what each of them is to the training reader. */
export const mishapNames = [
  'reader_offline',
  'reader_online',
  'slow_bank',
  'lost_awaiting',
  'lost_before_bank',
  'lost_after_bank',
  'reply_lost_before_bank',
  'reply_lost_after_bank',
  'no_connection',
  'updating',
  'command_unheard',
  'command_heard',
  'hardware_fault',
  'card_unreadable',
  'customer_cancels',
  'connection_before_bank',
  'connection_after_bank',
  'gone_before_bank',
  'gone_after_bank',
  'event_missing',
  'event_late',
  'event_twice',
] as const;

export type MishapName = (typeof mishapNames)[number];

/** Which reader: the id of one, or null for the one that asks for a card, else the studio's own. */
const reader = z.string().max(200).nullable().default(null);

/**
 * What a trainer does, as `training:call` carries it. It reaches the reader whether the page or
 * main leads it; while the page holds one, that is the reader, whatever is named.
 */
export const trainerCall = z.discriminatedUnion('method', [
  /** Shows a test card, by Stripe's name of it. Answered with `CardShown`. */
  z.strictObject({
    method: z.literal('present'),
    params: z.strictObject({ testPaymentMethod: z.string().max(100), reader }),
  }),
  /** Presses cancel on the reader. Answered with `CancelPressed`. */
  z.strictObject({ method: z.literal('cancelOnReader'), params: z.strictObject({ reader }) }),
  /** Brings a mishap about. Answered with `TrainerView`. */
  z.strictObject({
    method: z.literal('fault'),
    params: z.strictObject({ mishap: z.enum(mishapNames), reader }),
  }),
  /** Calls every mishap off. Answered with `TrainerView`. */
  z.strictObject({ method: z.literal('calm'), params: z.strictObject({ reader }) }),
  /** Looks at the reader. Answered with `TrainerView`. */
  z.strictObject({ method: z.literal('screen'), params: z.strictObject({ reader }) }),
]);

export type TrainerCall = z.infer<typeof trainerCall>;

/** What came of showing a card. */
export type CardShown =
  | { readonly kind: 'presented' }
  | {
      readonly kind: 'refused';
      readonly why: 'reader_not_asking' | 'unknown_card' | 'card_not_accepted';
    };

export interface CancelPressed {
  /** False when the reader shows no such button. */
  readonly pressed: boolean;
}

/** What a trainer sees of the reader. */
export interface TrainerView {
  readonly screen: TrainingScreen;
  /**
   * What was set since all was well last, the same thing once. One that happens a single time may
   * have happened already.
   */
  readonly set: readonly MishapName[];
}

/** What the reader's screen says that its card is for, as `training:call` answers `prompt`. */
export interface TrainingPrompt {
  readonly for: 'payment' | 'setup' | 'refund';
  /** Smallest unit of a currency in Stripe's lower case; null where no money moves. */
  readonly amount: { readonly amount: number; readonly currency: string } | null;
}

/** Told by `training:happened` when a reader's own screen changes. */
export interface TrainingScreenChanged {
  readonly type: 'reader_screen';
  readonly readerId: string;
  readonly screen: TrainingScreen;
}
