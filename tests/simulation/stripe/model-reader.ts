import type { ReaderId } from '../../../main/domain/ids.ts';
import type { ReaderFacts } from '../../../main/ports/readers-api.ts';
import type { Agenda } from '../time/agenda.ts';
import type { CardOutcome, ModelIntent, PaymentIntents } from './payment-intents.ts';
import type { Refunds } from './refunds.ts';
import type { Reply } from './reply.ts';
import { isInUse, objectOf, type Slot } from './reader-slot.ts';
import type { ModelSetup, SetupIntents } from './setup-intents.ts';
import type { Tap } from './tap.ts';

/** How a card goes that is put to the reader. Milliseconds. */
export interface CardCourse {
  readonly outcome: CardOutcome;
  readonly tap?: Tap;
  readonly takesMs: number;
  /** What the bank answers first, when the reader asks for the PIN and tries again by itself. */
  readonly firstOutcome: CardOutcome | null;
  /** The reader loses Stripe while it charges, and says so, or is gone for `forMs` and says nothing. */
  readonly trouble: {
    readonly kind: 'connection_error' | 'lost';
    readonly effect: 'done' | 'none' | 'late';
    readonly lateMs: number;
    readonly forMs: number;
  } | null;
}

/** Told of what happens on the reader itself. */
export interface ReaderWitness {
  /** It asks for a card. */
  prompted(reader: ModelReader, slot: Slot): void;
  /** A payment that was on it is not any more, because `by` asked for something else or ended it. */
  taken(reader: ModelReader, slot: Slot, by: string): void;
  /** A request for this card leaves for the bank. */
  charging(slot: Slot): void;
  /** It has arrived there, or never will. */
  charged(slot: Slot, outcome: CardOutcome | null): void;
  /** Something of which Stripe makes an event. */
  event(reader: ModelReader, slot: Slot, what: 'succeeded' | 'failed' | 'updated'): void;
}

export interface ModelReaderParts {
  readonly id: ReaderId;
  readonly agenda: Agenda;
  readonly intents: PaymentIntents;
  readonly setups: SetupIntents;
  readonly refunds: Refunds;
  readonly witness: ReaderWitness;
  /** Whether a collect that has its card counts as succeeded is not settled by the documents. */
  readonly collectEnds: 'succeeded' | 'in_progress';
}

/** A reader shows that it could not reach Stripe after so long; it asks for the PIN for so long. Milliseconds. */
const connectionLimitMs = 8_000;
const pinTakesMs = 4_000;
/** A card that was collected must be confirmed within this. Milliseconds. */
const collectedMs = 30_000;

/**
 * A smart reader and the one place that Stripe has for what it does: a prompt that waits for a card is replaced by any
 * later call without a word, and nothing gets in while a card is charged.
 * https://docs.stripe.com/terminal/payments/collect-card-payment?terminal-sdk-platform=server-driven#handle-errors
 */
export class ModelReader {
  readonly id: ReaderId;
  readonly #parts: ModelReaderParts;
  #slot: Slot | null = null;
  #isCharging = false;
  /** The last prompt said that the cardholder agreed to its card being kept. */
  #keepsCard = false;
  /** How the collected card will go. */
  #card: CardCourse | null = null;
  #offlineUntilMs = 0;
  #updatingUntilMs = 0;
  /** Cut off in the middle of a payment: until then it hears nothing, but its action can be ended at Stripe. */
  #lostUntilMs = 0;

  constructor(parts: ModelReaderParts) {
    this.id = parts.id;
    this.#parts = parts;
  }

  get slot(): Slot | null {
    return this.#slot;
  }

  get isCharging(): boolean {
    return this.#isCharging;
  }

  get facts(): ReaderFacts {
    const slot = this.#slot;
    return {
      id: this.id,
      label: this.id,
      deviceType: 'stripe_s700',
      serialNumber: null,
      locationId: null,
      status: this.#isAway ? 'offline' : 'online',
      lastSeenAtMs: null,
      software: null,
      action:
        slot === null
          ? null
          : {
              kind: slot.kind,
              status: slot.status,
              object: objectOf(slot),
              failureCode: slot.failureCode,
              failureMessage: slot.failureCode,
              hasCard: slot.hasCard,
            },
    };
  }

  // What tills ask of it.

  prompt(
    kind: 'process_payment_intent' | 'collect_payment_method',
    intent: ModelIntent,
    by: string,
    keepsCard = false,
  ): Reply<ReaderFacts> {
    const isCollected = intent.status === 'requires_confirmation' && this.#holdsCardOf(intent);
    if (intent.status !== 'requires_payment_method' && !isCollected) {
      return refused('intent_invalid_state');
    }
    return this.#command(() => {
      this.#keepsCard = keepsCard;
      const slot = this.#put({ kind, intent, by });
      this.#parts.witness.prompted(this, slot);
    });
  }

  /** Asks for a card to keep. */
  promptSetup(setup: ModelSetup, by: string): Reply<ReaderFacts> {
    if (setup.status !== 'requires_payment_method') {
      return refused('setup_intent_unexpected_state');
    }
    return this.#command(() => {
      const slot = this.#put({ kind: 'process_setup_intent', setup, by });
      this.#parts.witness.prompted(this, slot);
    });
  }

  /** Asks for the card that paid, and gives so much back to it. */
  promptRefund(intent: ModelIntent, givesBack: number, by: string): Reply<ReaderFacts> {
    return this.#command(() => {
      const slot = this.#put({ kind: 'refund_payment', intent, givesBack, by });
      this.#parts.witness.prompted(this, slot);
    });
  }

  confirm(intent: ModelIntent, by: string): Reply<ReaderFacts> {
    const card = this.#card;
    if (card === null || !this.#holdsCardOf(intent) || intent.status !== 'requires_confirmation') {
      return refused('intent_invalid_state');
    }
    return this.#command(() => {
      this.#slot = newSlot({ kind: 'confirm_payment_intent', intent, by });
      this.#card = null;
      this.#charge(this.#slot, card);
    });
  }

  display(by: string): Reply<ReaderFacts> {
    return this.#command(() => {
      this.#put({ kind: 'set_reader_display', by }).status = 'succeeded';
    });
  }

  cancel(by: string): Reply<ReaderFacts> {
    if (this.#isCharging) return refused('terminal_reader_busy');
    if (this.#isOffline) return refused('terminal_reader_offline');
    this.#takeOff(by);
    this.#slot = null;
    return { status: 200, value: this.facts };
  }

  // What people and the world do to it.

  /** A card is held to it. Nothing happens when that prompt is not on it any more. */
  present(slot: Slot, card: CardCourse): void {
    if (!this.isAsking(slot)) return;
    if (slot.kind !== 'collect_payment_method') {
      this.#charge(slot, card);
      return;
    }
    this.#card = card;
    slot.hasCard = true;
    slot.status = this.#parts.collectEnds;
    if (slot.intent !== null) this.#parts.intents.attach(slot.intent);
    this.#parts.witness.event(this, slot, 'updated');
    this.#parts.agenda.after(collectedMs, () => {
      if (this.#slot !== slot || !slot.hasCard) return;
      this.#letGo(slot);
      this.#end(slot, 'collected_card_expired');
    });
  }

  /** Ends the prompt on the reader: by its own button, or because no card can be read. */
  giveUp(slot: Slot, code: 'customer_canceled' | 'card_read_failed'): void {
    if (this.isAsking(slot)) this.#end(slot, code);
  }

  isAsking(slot: Slot): boolean {
    return (
      this.#slot === slot &&
      slot.status === 'in_progress' &&
      !slot.hasCard &&
      !this.#isCharging &&
      !this.#isAway
    );
  }

  /** When the last trouble with it ends, or has ended. */
  get troubledUntilMs(): number {
    return Math.max(this.#offlineUntilMs, this.#updatingUntilMs, this.#lostUntilMs);
  }

  goOffline(forMs: number): void {
    this.#offlineUntilMs = this.#until(forMs);
  }

  update(forMs: number): void {
    this.#updatingUntilMs = this.#until(forMs);
  }

  /** Everything is well with it from now on; what is on it stays. */
  mend(): void {
    const { nowMs } = this.#parts.agenda;
    this.#offlineUntilMs = Math.min(nowMs, this.#offlineUntilMs);
    this.#updatingUntilMs = Math.min(nowMs, this.#updatingUntilMs);
    this.#lostUntilMs = Math.min(nowMs, this.#lostUntilMs);
  }

  #command(carryOut: () => void): Reply<ReaderFacts> {
    const { nowMs } = this.#parts.agenda;
    if (this.#isAway) return refused('terminal_reader_offline');
    if (this.#isCharging || nowMs < this.#updatingUntilMs) return refused('terminal_reader_busy');
    carryOut();
    return { status: 200, value: this.facts };
  }

  #put(what: Prompted): Slot {
    this.#takeOff(what.by);
    const slot = newSlot(what);
    this.#slot = slot;
    return slot;
  }

  #takeOff(by: string): void {
    const slot = this.#slot;
    if (!isInUse(slot)) return;
    this.#letGo(slot);
    this.#parts.witness.taken(this, slot, by);
  }

  /** A collected card that is not confirmed is forgotten, and its PaymentIntent waits for one again. */
  #letGo(slot: Slot): void {
    if (slot.hasCard && slot.intent !== null) this.#parts.intents.detach(slot.intent);
    this.#card = null;
  }

  #holdsCardOf(intent: ModelIntent): boolean {
    return this.#slot?.intent === intent && this.#slot.hasCard;
  }

  #charge(slot: Slot, course: CardCourse): void {
    const { outcome, takesMs, firstOutcome, trouble } = course;
    const { agenda, witness } = this.#parts;
    const tap =
      course.tap === undefined ? undefined : { ...course.tap, keepsCard: this.#keepsCard };
    this.#isCharging = true;
    witness.charging(slot);
    const pinMs = firstOutcome === null ? 0 : pinTakesMs;
    if (firstOutcome !== null) agenda.after(takesMs, () => this.#atBank(slot, firstOutcome, tap));
    if (trouble === null) {
      agenda.after(takesMs + pinMs, () => {
        this.#isCharging = false;
        const refusal = this.#atBank(slot, outcome, tap);
        witness.charged(slot, outcome);
        this.#end(slot, refusal ?? (outcome.kind === 'declined' ? outcome.code : null));
      });
      return;
    }
    const arrivesMs =
      takesMs + pinMs + (trouble.effect === 'late' ? connectionLimitMs + trouble.lateMs : 0);
    agenda.after(arrivesMs, () => {
      if (trouble.effect !== 'none') this.#atBank(slot, outcome, tap);
      witness.charged(slot, trouble.effect === 'none' ? null : outcome);
    });
    agenda.after(takesMs + pinMs + connectionLimitMs, () => {
      this.#isCharging = false;
      if (trouble.kind === 'lost') this.#lostUntilMs = this.#until(trouble.forMs);
      else this.#end(slot, 'connection_error');
    });
  }

  /** The code it is refused with, or null. */
  #atBank(slot: Slot, outcome: CardOutcome, tap: Tap | undefined): string | null {
    const { intent, setup, givesBack } = slot;
    if (setup !== null) {
      return this.#parts.setups.confirm(setup, outcome, tap ?? anybodys);
    }
    if (intent === null) return null;
    if (givesBack !== null) return this.#giveBack(intent, givesBack, outcome);
    return this.#parts.intents.confirm(intent, outcome, 'reader', tap)?.refused ?? null;
  }

  /** What a reader gives back bears nobody's metadata. */
  #giveBack(intent: ModelIntent, amount: number, outcome: CardOutcome): string | null {
    if (outcome.kind === 'declined') return outcome.code;
    const wanted = { intent, amount, refundId: null, kioskId: null };
    const reply = this.#parts.refunds.create(wanted, 'succeeds', 'reader');
    return reply.status === 200 ? null : reply.code;
  }

  #end(slot: Slot, failureCode: string | null): void {
    slot.status = failureCode === null ? 'succeeded' : 'failed';
    slot.failureCode = failureCode;
    slot.hasCard = false;
    this.#parts.witness.event(this, slot, failureCode === null ? 'succeeded' : 'failed');
  }

  get #isOffline(): boolean {
    return this.#parts.agenda.nowMs < this.#offlineUntilMs;
  }

  get #isAway(): boolean {
    return this.#isOffline || this.#parts.agenda.nowMs < this.#lostUntilMs;
  }

  #until(forMs: number): number {
    return this.#parts.agenda.nowMs + forMs;
  }
}

type Prompted = Pick<Slot, 'kind' | 'by'> & Partial<Pick<Slot, 'intent' | 'setup' | 'givesBack'>>;

const anybodys: Tap = { kind: 'plastic', fingerprint: 'fp_anybody', keepsCard: true };

function newSlot({ kind, by, intent = null, setup = null, givesBack = null }: Prompted): Slot {
  const about = { kind, by, intent, setup, givesBack };
  return { ...about, status: 'in_progress', failureCode: null, hasCard: false };
}

function refused(code: string): Reply<ReaderFacts> {
  return { status: 400, code };
}
