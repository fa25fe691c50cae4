import type {
  AttemptId,
  ChargeId,
  ErrandId,
  PaymentIntentId,
  ReaderId,
  SetupIntentId,
} from '../domain/ids.ts';

/** How a reader is led: by the window with the JS SDK, or by main through the reader endpoints. */
export type ReaderIntegration = 'sdk' | 'server_driven';

/** A reader of this kiosk, as staff chose it. */
export interface ChosenReader {
  /** Null takes the only one there is; for the JS SDK alone. */
  readonly readerId: ReaderId | null;
  readonly label: string;
  readonly integration: ReaderIntegration;
  /** Another kiosk uses it too: nothing is ever put on its display. */
  readonly isShared: boolean;
}

/** What the settings say of the reader, which holds until staff have chosen. */
export type ReaderOfSettings = Pick<ChosenReader, 'readerId' | 'integration'>;

export interface ReaderChoice {
  readonly main: ChosenReader;
  readonly spare: ChosenReader | null;
  /** Which of the two takes payments now. */
  readonly using: 'main' | 'spare';
}

export type PromptKind =
  | 'process_payment_intent'
  | 'collect_payment_method'
  | 'confirm_payment_intent'
  | 'process_setup_intent'
  | 'refund_payment';

/** What a prompt is about: a reader shows it, and by it ours is told from another till's. */
export type PromptObject = PaymentIntentId | SetupIntentId | ChargeId;

/**
 * A prompt that this kiosk put, or may have put, on a reader: written before the call, so that after a crash
 * whatever of ours is on a reader is known. This is the kiosk's lease on the reader.
 */
export interface ReaderPrompt {
  readonly id: number;
  readonly readerId: ReaderId;
  /** The sale, the setup or the refund that asks for a card. */
  readonly owner: ErrandId;
  readonly attemptId: AttemptId;
  readonly object: PromptObject;
  readonly kind: PromptKind;
  /** Grows within an attempt with each call that is not a repeat; part of the key. */
  readonly ordinal: number;
  /** The idempotency key. */
  readonly key: string;
  readonly placedAtMs: number;
}

/**
 * The kiosk's readers and what of ours is on them. Lies in the ledger's file: its writes join a transaction of
 * `Ledger.atomically`, and are durable on return.
 */
export interface ReaderBook {
  /** Null until staff have chosen. A choice that was damaged counts as none. */
  choice(): ReaderChoice | null;
  saveChoice(choice: ReaderChoice, by: string, nowMs: number): void;

  /** Writes that the call is about to be made. */
  openPrompt(
    prompt: Omit<ReaderPrompt, 'id' | 'ordinal' | 'key' | 'placedAtMs'>,
    nowMs: number,
  ): ReaderPrompt;
  /** The reader was seen without it. Ending one twice changes nothing. */
  endPrompt(id: number, outcome: string, nowMs: number): void;
  /** What may still be on a reader, oldest first. */
  openPrompts(): readonly ReaderPrompt[];
}
