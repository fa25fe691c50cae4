import {
  type ChargeId,
  type PaymentIntentId,
  paymentIntentId,
  type ReaderId,
  readerId,
  type SetupIntentId,
  setupIntentId,
} from '../../../../main/domain/ids.ts';
import type { Money } from '../../../../main/domain/money.ts';
import type { Answer } from '../../../../main/ports/payments-api.ts';
import type { PromptObject } from '../../../../main/ports/reader-book.ts';
import type {
  ReaderAction,
  ReaderActionKind,
  ReaderFacts,
} from '../../../../main/ports/readers-api.ts';
import { done, refused } from '../../../support/fakes/fake-payments.ts';
import type { VirtualClock } from '../../../support/fakes/virtual-clock.ts';
import { ModelCards } from './model-cards.ts';
import type { ModelIntents } from './model-intents.ts';

/** How a card that is shown goes. */
export interface Card {
  /** The bank's decline code; null approves. */
  readonly declined?: string;
  /** The reader loses Stripe while it charges: before the request got there, or after. */
  readonly connection?: 'lost_before' | 'lost_after';
  /** The reader itself is gone from then on: its action stays as it is, whatever the bank said. */
  readonly readerLost?: boolean;
  readonly chargingMs?: number;
}

type Prompt = 'process_payment_intent' | 'collect_payment_method';

const never = new AbortController().signal;
/** A collected card must be confirmed within this. Milliseconds. */
const collectedMs = 30_000;

/**
 * A smart reader as Stripe's documents have it: one action at a time, a prompt that waits for a card is replaced without
 * a word, busy while a card is charged. It remembers who put its action there, and keeps what no kiosk may ever do.
 * https://docs.stripe.com/terminal/payments/collect-card-payment?terminal-sdk-platform=server-driven#handle-errors
 */
export class ModelReader {
  readonly id: ReaderId;
  /** What was done to it that must never be done. */
  readonly wrongs: string[] = [];
  /** What was carried out, in order. */
  readonly done: string[] = [];
  action: ReaderAction | null = null;
  owner: string | null = null;
  isOffline = false;
  isBroken = false;
  isShared = false;
  /** It installs something until then. */
  busyUntilMs = 0;
  /** Whether a collect that has its card counts as succeeded is not settled by the documents. */
  collectEnds: 'succeeded' | 'in_progress' = 'succeeded';
  /** The next commands, the cart aside, time out; the reader has heard them or not. */
  readonly timeouts: ('heard' | 'not_heard')[] = [];
  #isCharging = false;
  #turn = 0;
  readonly #clock: VirtualClock;
  readonly #intents: ModelIntents;
  readonly #cards: ModelCards;
  #givingBack: { readonly charge: ChargeId; readonly amount: Money } | null = null;
  #card: Card | null = null;

  constructor(
    id: string,
    clock: VirtualClock,
    intents: ModelIntents,
    cards: ModelCards = new ModelCards(),
  ) {
    this.id = readerId(id);
    this.#clock = clock;
    this.#intents = intents;
    this.#cards = cards;
  }

  get facts(): ReaderFacts {
    return {
      id: this.id,
      label: this.id,
      deviceType: 'stripe_s700',
      serialNumber: null,
      locationId: null,
      status: this.isOffline ? 'offline' : 'online',
      lastSeenAtMs: null,
      software: null,
      action: this.action,
    };
  }

  /** True while it asks for a card. */
  get isPrompting(): boolean {
    return this.#isUnderWay && !this.#isCharging && this.action?.hasCard === false;
  }

  get isCharging(): boolean {
    return this.#isCharging;
  }

  get #isUnderWay(): boolean {
    if (this.action === null || this.action.kind === 'set_reader_display') return false;
    return this.action.status === 'in_progress' || this.#card !== null;
  }

  // What kiosks ask for.

  prompt(kiosk: string, kind: Prompt, id: PaymentIntentId): Answer<ReaderFacts> {
    if (this.#intents.get(id).status !== 'requires_payment_method') {
      return refused('intent_invalid_state');
    }
    return this.#command(kiosk, kind, () => this.#show(kiosk, kind, id));
  }

  confirm(kiosk: string, id: PaymentIntentId): Answer<ReaderFacts> {
    if (this.#intents.get(id).status !== 'requires_confirmation') {
      return refused('intent_invalid_state');
    }
    if (this.#card === null || this.action?.object !== id) {
      return refused('invalid_request_error');
    }
    const card = this.#card;
    return this.#command(kiosk, 'confirm_payment_intent', () => {
      this.#show(kiosk, 'confirm_payment_intent', id);
      this.#charge(card);
    });
  }

  keepCard(kiosk: string, id: SetupIntentId): Answer<ReaderFacts> {
    if (this.#cards.get(id).status !== 'requires_payment_method') {
      return refused('setup_intent_unexpected_state');
    }
    const kind = 'process_setup_intent';
    return this.#command(kiosk, kind, () => this.#show(kiosk, kind, id));
  }

  giveBack(kiosk: string, refund: { charge: ChargeId; amount: Money }): Answer<ReaderFacts> {
    const kind = 'refund_payment';
    return this.#command(kiosk, kind, () => {
      this.#show(kiosk, kind, refund.charge);
      this.#givingBack = refund;
    });
  }

  cancel(kiosk: string): Answer<ReaderFacts> {
    return this.#command(kiosk, 'cancel_action', () => {
      this.#letGo();
      this.action = null;
      this.owner = null;
    });
  }

  display(kiosk: string): Answer<ReaderFacts> {
    if (this.isShared) this.wrongs.push(`${kiosk} put a cart on a shared reader`);
    return this.#command(kiosk, 'set_reader_display', () => {
      this.#show(kiosk, 'set_reader_display', null);
      this.action = this.#ended('succeeded', null);
    });
  }

  // What the customer, and the world, do to it.

  tap(card: Card = {}): void {
    if (!this.isPrompting) throw new Error('it asks for no card');
    if (this.action?.kind === 'collect_payment_method') this.#collect(card);
    else this.#charge(card);
  }

  /** The customer presses the reader's own cancel button. */
  pressCancel(): void {
    if (!this.isPrompting) throw new Error('it shows no cancel button');
    this.#fail('customer_canceled');
  }

  /** The chip could not be read, again and again. */
  giveUpReading(): void {
    if (!this.isPrompting) throw new Error('it reads no card');
    this.#fail('card_read_failed');
  }

  /** A card was read, and is neither charged nor let go. */
  get isHoldingCard(): boolean {
    return this.#card !== null && !this.#isCharging;
  }

  /** The card that was read is gone before its time. */
  forgetCard(): void {
    this.#letGo();
    this.#fail('collected_card_expired');
  }

  #command(kiosk: string, what: string, carryOut: () => void): Answer<ReaderFacts> {
    if (this.isOffline) return refused('terminal_reader_offline');
    if (this.isBroken) return refused('terminal_reader_hardware_fault');
    const isUpdating = this.#clock.monotonicMs() < this.busyUntilMs;
    if (this.#isCharging || isUpdating) return refused('terminal_reader_busy');
    const timeout = what === 'set_reader_display' ? undefined : this.timeouts.shift();
    if (timeout === 'not_heard') return refused('terminal_reader_timeout');
    this.#judge(kiosk, what);
    this.done.push(`${kiosk} ${what}`);
    carryOut();
    return timeout === undefined ? done(this.facts) : refused('terminal_reader_timeout');
  }

  #judge(kiosk: string, what: string): void {
    if (!this.#isUnderWay || what === 'confirm_payment_intent') return;
    const there = `${this.owner ?? ''}’s ${this.action?.kind ?? ''}`;
    if (this.owner !== kiosk) this.wrongs.push(`${kiosk}: ${what} over ${there}`);
    else if (what !== 'cancel_action') this.wrongs.push(`${kiosk}: ${what} over its own ${there}`);
  }

  #show(kiosk: string, kind: ReaderActionKind, object: PromptObject | null): void {
    if (kind !== 'confirm_payment_intent') this.#letGo();
    this.#turn += 1;
    this.#card = null;
    this.owner = kiosk;
    this.action = {
      kind,
      status: 'in_progress',
      object,
      failureCode: null,
      failureMessage: null,
      hasCard: false,
    };
  }

  /** A collected card that is not confirmed is forgotten, and its PaymentIntent waits for one again. */
  #letGo(): void {
    const object = this.action?.object ?? null;
    if (this.#card !== null && object !== null) {
      const id = paymentIntentId(object);
      if (this.#intents.get(id).status === 'requires_confirmation') {
        this.#intents.change(id, { status: 'requires_payment_method' });
      }
    }
    this.#card = null;
    this.#turn += 1;
  }

  #collect(card: Card): void {
    const { action } = this;
    if (action?.object == null) return;
    this.#card = card;
    this.#intents.change(paymentIntentId(action.object), { status: 'requires_confirmation' });
    this.action = { ...action, status: this.collectEnds, hasCard: true };
    this.#later(collectedMs, () => {
      this.#letGo();
      this.#fail('collected_card_expired');
    });
  }

  #charge(card: Card): void {
    if (this.action?.object == null) return;
    this.#isCharging = true;
    this.#later(card.chargingMs ?? 2_000, () => {
      this.#isCharging = false;
      const isHeard = card.connection !== 'lost_before';
      const wasCharged = isHeard && this.#bank(card.declined ?? null);
      if (card.readerLost === true) return;
      if (card.connection !== undefined) this.#fail('connection_error');
      else if (!wasCharged) this.#fail('payment_intent_unexpected_state');
      else if (card.declined !== undefined) this.#fail('card_declined');
      else this.action = this.#ended('succeeded', null);
    });
  }

  /** What the bank says to the card, for whatever it was asked. */
  #bank(declined: string | null): boolean {
    const { action } = this;
    if (action?.object == null) return false;
    if (action.kind === 'process_setup_intent') {
      return this.#cards.keep(setupIntentId(action.object), declined);
    }
    if (action.kind === 'refund_payment') {
      if (declined === null && this.#givingBack !== null) {
        this.#cards.givenBack.push(this.#givingBack);
      }
      return true;
    }
    return this.#intents.charge(paymentIntentId(action.object), { declined });
  }

  #fail(code: string): void {
    this.#turn += 1;
    this.action = this.#ended('failed', code);
  }

  #ended(status: 'succeeded' | 'failed', failureCode: string | null): ReaderAction | null {
    return this.action === null
      ? null
      : { ...this.action, status, failureCode, failureMessage: failureCode };
  }

  /** Unless something else is on the reader by then. */
  #later(ms: number, what: () => void): void {
    const turn = this.#turn;
    void this.#clock.sleep(ms, never).then(() => {
      if (this.#turn === turn) what();
    });
  }
}
