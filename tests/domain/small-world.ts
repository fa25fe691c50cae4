import { isReaderEffect, type OutboxEffect } from '../../main/domain/effect.ts';
import { type AttemptId, chargeId, paymentIntentId } from '../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../main/domain/payment-intent.ts';
import type { ProcessHint, SaleEvent } from '../../main/domain/sale-event.ts';
import { transition } from '../../main/domain/sale-transition.ts';
import { isFinal, type Sale } from '../../main/domain/sale.ts';
import { defaultWaitLimits, waitOf } from '../../main/domain/sale-waits.ts';
import { aSale, facts, totalAmount } from '../support/fakes/sales.ts';
import { type AroundReader, LedReader } from './led-reader.ts';

/** What an adversary chooses: a number below `options`. 0 is always the harmless choice. */
export type Choose = (options: number) => number;

interface Prompt {
  readonly attemptId: AttemptId;
  /** `collect`: the prompt is open. `process`: the card is being charged, the page waits for the answer. */
  readonly doing: 'collect' | 'process';
  /** Which processPayment of the attempt. */
  readonly count: number;
}

/** A processPayment that has left the reader and has not reached Stripe. Its page may be gone. */
interface InFlight {
  readonly attemptId: AttemptId;
  readonly fate: 'approved' | 'declined' | 'captured' | 'declined_then_approved';
}

/** Who leads the reader, and how. */
export type Led = 'by_page' | 'one_step' | 'two_step';

/**
 * One sale in a world of its own: a ledger that plays Stripe, a reader, a page, an outbox, and an adversary who
 * decides what is lost, what comes late, and who walks away. Everything is synchronous; time is only an order.
 */
export class SmallWorld {
  sale: Sale = aSale();
  readonly journal: string[] = [];
  readonly #choose: Choose;
  /** Stripe's truth. */
  #intents: PaymentIntentFacts[] = [];
  readonly #stored = new Map<string, PaymentIntentFacts | 'error'>();
  #charges = 0;
  #outbox: OutboxEffect[] = [];
  #lateRead: { readonly intent: PaymentIntentFacts; readonly leftAt: number } | null = null;
  #lateReadRow: OutboxEffect | null = null;
  #prompt: Prompt | null = null;
  #flying: InFlight[] = [];
  readonly #readsComeLate: boolean;
  /** Null while the page leads. */
  readonly #led: LedReader | null;

  constructor(choose: Choose, readsComeLate: boolean, led: Led = 'by_page') {
    this.#choose = choose;
    this.#readsComeLate = readsComeLate;
    this.#led = led === 'by_page' ? null : new LedReader(this.#around(), led);
  }

  #around(): AroundReader {
    return {
      choose: this.#choose,
      tell: (event) => this.#tell(event),
      fly: (attemptId) => this.#flying.push({ attemptId, fate: this.#fate() }),
      settle: (attemptId, how) => this.#settle(attemptId, how),
      isCharged: () => this.#isCharged,
    };
  }

  get intents(): readonly PaymentIntentFacts[] {
    return this.#intents;
  }

  get isOver(): boolean {
    return isFinal(this.sale.state) && this.#flying.length === 0;
  }

  /** One thing happens. False when nothing can: a sale that is not over is then stuck. */
  happen(): boolean {
    const goesOn = this.#whatGoesOn();
    if (goesOn.length === 0) return false;
    const isPeoplesTurn = this.#choose(4) === 3 && !isFinal(this.sale.state);
    const can = isPeoplesTurn ? this.#whatPeopleDo() : goesOn;
    can[this.#choose(can.length)]?.();
    return true;
  }

  /** What happens by itself, the likeliest first. */
  #whatGoesOn(): (() => void)[] {
    const can: (() => void)[] = [];
    if (this.#lateRead !== null) can.push(() => this.#deliverRead());
    if (this.#flying.length > 0) can.push(() => this.#land());
    if (this.#prompt !== null) can.push(() => this.#readerSpeaks());
    if (this.#led?.isBusy === true) can.push(() => this.#led?.speak());
    if (this.#outbox.length > 0 && this.#lateRead === null) can.push(() => this.#callStripe());
    if (this.sale.state === 'open') can.push(() => this.#tell({ kind: 'confirmed' }));
    const wait = waitOf(this.sale, defaultWaitLimits);
    if (wait !== null) can.push(() => this.#tell({ kind: 'time_passed', wait: wait.name }));
    return can;
  }

  /** Customers, and crashes. */
  #whatPeopleDo(): (() => void)[] {
    return [
      () => this.#tell({ kind: 'another_card_asked' }),
      () => this.#accept(),
      () => this.#tell({ kind: 'customer_canceled' }),
      () => this.#tell({ kind: 'extended' }),
      () => this.#tell({ kind: 'customer_left' }),
      () => this.#reload(),
      () => this.#restart(),
    ];
  }

  #tell(event: SaleEvent): void {
    const result = transition(this.sale, event);
    this.journal.push(`${this.sale.state} <- ${JSON.stringify(event)}`);
    if (result.kind === 'ignored') return;
    if (result.kind === 'moved') this.sale = result.sale;
    for (const effect of result.effects) {
      if (this.#led !== null && isReaderEffect(effect)) {
        this.#led.command(effect);
        continue;
      }
      switch (effect.kind) {
        case 'reader.collect':
          this.#prompt = { attemptId: effect.attemptId, doing: 'collect', count: 0 };
          break;
        case 'reader.process':
          this.#prompt = { attemptId: effect.attemptId, doing: 'process', count: effect.count };
          this.#flying.push({ attemptId: effect.attemptId, fate: this.#fate() });
          break;
        case 'reader.cancel':
          if (this.#prompt?.doing === 'collect') this.#prompt = null;
          break;
        case 'payment_intent.read':
          if (!this.#outbox.some((row) => row.kind === 'payment_intent.read')) {
            this.#outbox.push(effect);
          }
          break;
        case 'payment_intent.create':
        case 'payment_intent.look_up':
        case 'payment_intent.capture':
        case 'payment_intent.cancel':
          this.#outbox.push(effect);
          break;
        case 'payment_intent.confirm':
        case 'card.save':
        case 'order.record':
          throw new Error('nobody in this world has a card on file, or an order elsewhere');
      }
    }
  }

  #fate(): InFlight['fate'] {
    const fates = ['approved', 'declined', 'captured', 'declined_then_approved'] as const;
    return fates[this.#choose(fates.length)] ?? 'approved';
  }

  // The reader and its page.

  #readerSpeaks(): void {
    if (this.#prompt === null) return;
    const { attemptId, doing, count } = this.#prompt;
    if (doing === 'process') {
      this.#processEnds(attemptId, count);
      return;
    }
    const words: SaleEvent[] = [
      { kind: 'card_collected', attemptId, askFirst: false },
      { kind: 'reader_prompted', attemptId },
      { kind: 'card_collected', attemptId, askFirst: true },
      { kind: 'collect_failed', attemptId, code: 'reader_error' },
      { kind: 'collect_failed', attemptId, code: 'customer_canceled' },
    ];
    const word = words[this.#choose(words.length)];
    if (word === undefined) return;
    if (word.kind !== 'reader_prompted') this.#prompt = null;
    this.#tell(word);
  }

  /** The page's call ends: what it charged has reached Stripe by then, or was lost on the way. */
  #processEnds(attemptId: AttemptId, count: number): void {
    this.#prompt = null;
    const isFlying = this.#flying.some((flight) => flight.attemptId === attemptId);
    if (isFlying) this.#settle(attemptId, this.#choose(3) === 2 ? 'lost' : 'landed');
    const intent = this.#intents[0];
    const honest: ProcessHint = this.#isCharged
      ? { kind: 'processed' }
      : {
          kind: 'failed',
          code: 'card_declined',
          declineCode: null,
          paymentIntentStatus: intent?.status ?? null,
        };
    const silent: ProcessHint = {
      kind: 'failed',
      code: 'network_timeout',
      declineCode: null,
      paymentIntentStatus: null,
    };
    const hint = [honest, silent][this.#choose(2)] ?? honest;
    this.#tell({ kind: 'process_answered', attemptId, count, hint });
  }

  #settle(attemptId: AttemptId, how: 'landed' | 'lost'): void {
    if (how === 'lost') {
      this.#flying = this.#flying.filter((flight) => flight.attemptId !== attemptId);
    } else {
      while (this.#flying.some((flight) => flight.attemptId === attemptId)) this.#land();
    }
  }

  get #isCharged(): boolean {
    const status = this.#intents[0]?.status;
    return status === 'requires_capture' || status === 'succeeded';
  }

  #accept(): void {
    const attemptId = this.sale.attempt?.id;
    if (attemptId !== undefined) this.#tell({ kind: 'customer_accepted', attemptId });
  }

  #reload(): void {
    this.#prompt = null;
    this.#tell({ kind: 'window_loaded' });
  }

  #restart(): void {
    this.#prompt = null;
    this.#lateRead = null;
    if (this.#lateReadRow !== null) this.#outbox.unshift(this.#lateReadRow);
    this.#lateReadRow = null;
    if (this.#led === null) this.#tell({ kind: 'restarted' });
    else this.#led.restart();
  }

  // Stripe.

  /** The oldest thing in flight reaches Stripe, which takes a card only where one is wanted. */
  #land(): void {
    const flight = this.#flying.shift();
    const intent = this.#intents[0];
    if (flight === undefined || intent === undefined) return;
    if (intent.status !== 'requires_payment_method') return;
    this.#charges += 1;
    const latestChargeId = chargeId(`ch_${String(this.#charges).padStart(4, '0')}`);
    const { fate } = flight;
    if (fate === 'declined' || fate === 'declined_then_approved') {
      const lastPaymentError = { code: 'card_declined', declineCode: 'offline_pin_required' };
      this.#change({ ...intent, latestChargeId, lastPaymentError });
      if (fate === 'declined_then_approved') this.#flying.unshift({ ...flight, fate: 'approved' });
      return;
    }
    this.#change(
      fate === 'approved'
        ? { ...intent, status: 'requires_capture', amountCapturable: totalAmount, latestChargeId }
        : { ...intent, status: 'succeeded', amountReceived: totalAmount, latestChargeId },
    );
  }

  #change(intent: PaymentIntentFacts): void {
    this.#intents = this.#intents.map((one) => (one.id === intent.id ? intent : one));
  }

  /** Captures first, as the outbox does; a lost answer leaves the row where it was. */
  #callStripe(): void {
    const row = this.#outbox.find(({ kind }) => /capture|cancel$/.test(kind)) ?? this.#outbox[0];
    if (row === undefined) return;
    switch (row.kind) {
      case 'payment_intent.read':
        this.#readIntent(row);
        return;
      case 'payment_intent.look_up':
        if (this.#choose(2) === 1) {
          this.#tell({ kind: 'unanswered' });
          return;
        }
        this.#end(row);
        this.#tell({
          kind: 'payment_intent_looked_up',
          paymentIntent: this.#intents[0] ?? null,
        });
        return;
      case 'payment_intent.create':
        this.#create(row);
        return;
      case 'payment_intent.capture':
        this.#changeIntent(row, 'capture', row.ordinal);
        return;
      case 'payment_intent.cancel':
        this.#changeIntent(row, 'cancel', row.ordinal);
        return;
      case 'payment_intent.confirm':
      case 'card.save':
      case 'order.record':
        throw new Error('nobody in this world has a card on file, or an order elsewhere');
    }
  }

  #end(row: OutboxEffect): void {
    this.#outbox = this.#outbox.filter((one) => one !== row);
  }

  #create(row: OutboxEffect & { ordinal: number }): void {
    const key = `create_${row.ordinal}`;
    // 0 answered; 1 lost on the way; 2 answer lost; 3 a 500 with, 4 one without the effect; 5 refused.
    const luck = this.#choose(6);
    if (luck === 1) {
      this.#tell({ kind: 'unanswered' });
      return;
    }
    let stored = this.#stored.get(key);
    if (stored === undefined && luck === 5) {
      this.#end(row);
      this.#tell({
        kind: 'step_refused',
        step: 'create',
        code: 'amount_too_small',
        wasRepeated: false,
      });
      return;
    }
    if (stored === undefined) {
      const intent = facts({
        id: paymentIntentId(`pi_${String(this.#intents.length + 1).padStart(4, '0')}`),
      });
      if (luck !== 4) this.#intents = [...this.#intents, intent];
      stored = luck === 3 || luck === 4 ? 'error' : intent;
      this.#stored.set(key, stored);
    }
    if (luck === 2) {
      this.#tell({ kind: 'unanswered' });
      return;
    }
    this.#end(row);
    if (stored === 'error') {
      this.#tell({ kind: 'step_uncertain', step: 'create' });
      return;
    }
    this.#tell({ kind: 'payment_intent_created', paymentIntent: stored });
  }

  #changeIntent(row: OutboxEffect, step: 'capture' | 'cancel', ordinal: number): void {
    const key = `${step}_${ordinal}`;
    const luck = this.#choose(5);
    if (luck === 1) {
      this.#tell({ kind: 'unanswered' });
      return;
    }
    const stored = this.#stored.get(key);
    const intent = this.#intents[0];
    if (intent === undefined) throw new Error('a step on a PaymentIntent that is not there');
    const may =
      step === 'capture'
        ? intent.status === 'requires_capture'
        : intent.status !== 'succeeded' && intent.status !== 'canceled';
    if (stored === undefined && luck === 4) {
      this.#stored.set(key, 'error');
      this.#end(row);
      this.#tell({ kind: 'step_uncertain', step });
      return;
    }
    if (stored === undefined && !may) {
      this.#end(row);
      const code = 'payment_intent_unexpected_state';
      this.#tell({ kind: 'step_refused', step, code, wasRepeated: false });
      return;
    }
    if (stored === undefined) {
      const done: PaymentIntentFacts =
        step === 'capture'
          ? { ...intent, status: 'succeeded', amountCapturable: 0, amountReceived: totalAmount }
          : { ...intent, status: 'canceled', amountCapturable: 0 };
      this.#change(done);
      this.#stored.set(key, luck === 3 ? 'error' : done);
    }
    if (luck === 2) {
      this.#tell({ kind: 'unanswered' });
      return;
    }
    this.#end(row);
    const wasError = this.#stored.get(key) === 'error';
    this.#tell(wasError ? { kind: 'step_uncertain', step } : { kind: 'step_done', step });
  }

  #readIntent(row: OutboxEffect): void {
    const luck = this.#choose(this.#readsComeLate ? 3 : 2);
    if (luck === 1) {
      this.#tell({ kind: 'unanswered' });
      return;
    }
    const [intent] = this.#intents;
    if (intent === undefined) throw new Error('a read of a PaymentIntent that is not there');
    this.#end(row);
    if (luck === 2) {
      this.#lateRead = { intent, leftAt: this.sale.revision };
      this.#lateReadRow = row;
      return;
    }
    this.#tell({ kind: 'payment_intent_read', paymentIntent: intent, leftAt: this.sale.revision });
  }

  #deliverRead(): void {
    const late = this.#lateRead;
    this.#lateRead = null;
    this.#lateReadRow = null;
    if (late === null) return;
    this.#tell({ kind: 'payment_intent_read', paymentIntent: late.intent, leftAt: late.leftAt });
  }
}
