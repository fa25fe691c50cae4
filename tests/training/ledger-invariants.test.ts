import fc from 'fast-check';
import type Stripe from 'stripe';
import { test } from 'vitest';

import type { ModelReply } from '../../main/training/model/api/model-request.ts';
import { type FormSource, formFrom } from '../../main/training/model/form/form-value.ts';
import type { Ledger } from '../../main/training/model/ledger.ts';
import { recordPresented } from '../../main/training/model/moves/attach-presented.ts';
import { authorize } from '../../main/training/model/moves/authorize.ts';
import { comeDue } from '../../main/training/model/moves/come-due.ts';
import { applyStartState } from '../../main/training/model/start/apply-start-state.ts';
import { armFault } from '../../main/training/model/terminal/arm-fault.ts';
import { readerState } from '../../main/training/model/terminal/reader-phases.ts';
import type { ServerDrivenFault } from '../../main/training/model/terminal/server-driven-fault.ts';
import { testCards } from '../../main/training/model/test-cards.ts';
import { TrainingStripe } from '../../main/training/model/training-stripe.ts';
import { trainingSecretKey } from '../../main/training/training-secret-key.ts';
import { sequenceIds } from './support/sequence-ids.ts';
import { dayMs, TestClock } from './support/test-clock.ts';
import { oneStudio, readerId } from './support/training.ts';

type Step =
  | { readonly do: 'create'; readonly amount: number; readonly capture: string }
  | { readonly do: 'present'; readonly which: number; readonly card: number; readonly tip: number }
  | { readonly do: 'capture'; readonly which: number; readonly off: number | null }
  | { readonly do: 'cancel'; readonly which: number }
  | { readonly do: 'update'; readonly which: number; readonly amount: number }
  | { readonly do: 'repeat' }
  | ReaderStep
  | { readonly do: 'wait'; readonly days: number };

type ReaderStep =
  | { readonly do: 'prompt'; readonly which: number; readonly action: string }
  | { readonly do: 'tap'; readonly card: number; readonly tip: number }
  | { readonly do: 'reset' }
  | { readonly do: 'mishap'; readonly fault: ServerDrivenFault }
  | { readonly do: 'moment'; readonly ms: number };

const which = fc.nat(3);

const mishaps: readonly ServerDrivenFault[] = [
  { kind: 'command_times_out', arrives: true },
  { kind: 'command_times_out', arrives: false },
  { kind: 'connection_error', authorized: true },
  { kind: 'connection_error', authorized: false },
  { kind: 'reader_lost_during_action', authorized: true },
  { kind: 'reader_lost_during_action', authorized: false },
  { kind: 'card_unreadable' },
  { kind: 'customer_cancels' },
  { kind: 'event_late', byMs: 700 },
];
const amount = fc.integer({ min: 50, max: 3000 });

const prompt = fc.record({
  do: fc.constant('prompt' as const),
  which: fc.constantFrom(0, 0, 1, 2),
  action: fc.constantFrom(
    'process_payment_intent',
    'process_payment_intent',
    'collect_payment_method',
    'confirm_payment_intent',
    'confirm_payment_intent',
  ),
});

const tap = fc.record({
  do: fc.constant('tap' as const),
  card: fc.nat(testCards.length - 1),
  tip: fc.constantFrom(0, 0, 150),
});

const moment = fc.record({
  do: fc.constant('moment' as const),
  ms: fc.constantFrom(300, 700, 2000, 31_000),
});

const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant('create' as const),
      amount,
      capture: fc.constantFrom('manual', 'automatic', 'automatic_async'),
    }),
    fc.record({
      do: fc.constant('present' as const),
      which,
      card: fc.nat(testCards.length - 1),
      tip: fc.constantFrom(0, 0, 150),
    }),
    fc.record({
      do: fc.constant('capture' as const),
      which,
      /** How far from what is held; null takes it all. */
      off: fc.constantFrom(null, -100, -1, 0, 1, 100),
    }),
    fc.record({ do: fc.constant('cancel' as const), which }),
    fc.record({ do: fc.constant('update' as const), which, amount }),
    fc.record({ do: fc.constant('repeat' as const) }),
    { arbitrary: prompt, weight: 3 },
    { arbitrary: tap, weight: 4 },
    { arbitrary: moment, weight: 3 },
    fc.record({ do: fc.constant('reset' as const) }),
    fc.record({ do: fc.constant('mishap' as const), fault: fc.constantFrom(...mishaps) }),
    fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 4 }) }),
  ),
  { minLength: 5, maxLength: 60, size: 'max' },
);

/** The model under test, driven as requests and presented cards would drive it. */
class Driver {
  readonly clock = new TestClock();
  readonly model = new TrainingStripe({
    clock: this.clock,
    ids: sequenceIds(),
    secretKey: trainingSecretKey,
  });
  readonly finals = new Map<string, string>();
  readonly #paymentIntents: string[] = [];
  #last: (() => ModelReply) | null = null;
  #keys = 0;

  constructor() {
    applyStartState(this.ledger, oneStudio);
  }

  get ledger(): Ledger {
    return this.model.ledger;
  }

  take(step: Step): void {
    switch (step.do) {
      case 'create': {
        const reply = this.#post('/v1/payment_intents', {
          amount: step.amount,
          currency: 'usd',
          capture_method: step.capture,
          allowed_payment_method_types: ['card_present'],
        });
        this.#paymentIntents.push((reply.body as Stripe.PaymentIntent).id);
        return;
      }
      case 'repeat':
        this.#last?.();
        return;
      case 'wait':
        this.clock.advance(step.days * dayMs);
        comeDue(this.ledger);
        return;
      case 'prompt':
      case 'tap':
      case 'reset':
      case 'mishap':
      case 'moment':
        this.#atReader(step);
        return;
      case 'present':
      case 'capture':
      case 'cancel':
      case 'update':
        this.#toOne(step);
    }
  }

  #atReader(step: ReaderStep): void {
    switch (step.do) {
      case 'prompt': {
        const id = this.#paymentIntents.at(-1 - step.which);
        if (id !== undefined) {
          this.#post(`/v1/terminal/readers/${readerId}/${step.action}`, { payment_intent: id });
        }
        return;
      }
      case 'tap': {
        const { type, number } = testCards[step.card]!;
        const tip = step.tip === 0 ? {} : { amount_tip: step.tip };
        this.#post(`/v1/test_helpers/terminal/readers/${readerId}/present_payment_method`, {
          type,
          [type]: { number },
          ...tip,
        });
        return;
      }
      case 'reset':
        this.#post(`/v1/terminal/readers/${readerId}/cancel_action`, {});
        return;
      case 'mishap':
        armFault(this.ledger, step.fault, readerId);
        return;
      case 'moment':
        this.clock.advance(step.ms);
        comeDue(this.ledger);
        return;
    }
  }

  #toOne(step: Exclude<Step, ReaderStep | { do: 'create' | 'repeat' | 'wait' }>): void {
    const id = this.#paymentIntents[step.which];
    if (id === undefined) {
      return;
    }
    switch (step.do) {
      case 'present':
        this.#present(id, step.card, step.tip);
        return;
      case 'capture':
        this.#post(
          `/v1/payment_intents/${id}/capture`,
          step.off === null
            ? {}
            : { amount_to_capture: this.ledger.paymentIntents.get(id)!.amount + step.off },
        );
        return;
      case 'cancel':
        this.#post(`/v1/payment_intents/${id}/cancel`, {});
        return;
      case 'update':
        this.#post(`/v1/payment_intents/${id}`, { amount: step.amount });
        return;
    }
  }

  #present(id: string, cardIndex: number, tip: number): void {
    comeDue(this.ledger);
    const card = testCards[cardIndex]!;
    try {
      authorize(this.ledger, id, {
        card,
        paymentMethod: recordPresented(this.ledger, card),
        tipAmount: tip === 0 ? null : tip,
        allowRedisplay: null,
        reader: null,
        location: null,
      });
    } catch {
      // A refusal is an answer like any other; the invariants below judge what it left behind.
    }
  }

  #post(path: string, params: Record<string, FormSource>): ModelReply {
    this.#keys += 1;
    const request = {
      method: 'POST',
      path,
      params: formFrom(params),
      headers: {
        authorization: `Bearer ${trainingSecretKey}`,
        'idempotency-key': `key-${this.#keys}`,
      },
    };
    this.#last = () => this.model.handle(request);
    return this.#last();
  }
}

function hold(condition: boolean, what: string): void {
  if (!condition) {
    throw new Error(`It must hold that ${what}.`);
  }
}

function checkInvariants(driver: Driver): void {
  const { ledger } = driver;
  const charges = [...ledger.charges.oldestFirst()];
  for (const paymentIntent of ledger.paymentIntents.oldestFirst()) {
    const own = charges.filter((charge) => charge.payment_intent === paymentIntent.id);
    checkPaymentIntent(paymentIntent, own);
    checkFinal(driver, paymentIntent);
    checkEvents(ledger, paymentIntent, own);
  }
  checkReader(ledger);
}

function checkPaymentIntent(paymentIntent: Stripe.PaymentIntent, own: Stripe.Charge[]): void {
  const { id, status, amount, amount_received, amount_capturable } = paymentIntent;
  const good = own.filter((charge) => charge.status === 'succeeded');
  const captured = good.reduce((sum, charge) => sum + charge.amount_captured, 0);
  hold(good.length <= 1, `${id} has at most one successful charge`);
  hold(amount_received <= amount, `${id} never received more than its amount`);
  hold(amount_received === captured, `${id} received what its charges captured`);
  hold(
    amount_capturable === (status === 'requires_capture' ? amount : 0),
    `${id} holds its amount`,
  );
  hold((status === 'succeeded') === amount_received > 0, `${id} succeeded when it received money`);
  hold(
    own.length === 0 || paymentIntent.latest_charge === own.at(-1)!.id,
    `${id} points to its latest charge`,
  );
  for (const charge of own) {
    hold(
      charge.amount_captured + charge.amount_refunded <= charge.amount,
      `${charge.id} gave back no more than it took`,
    );
  }
}

function checkFinal(driver: Driver, { id, status }: Stripe.PaymentIntent): void {
  const before = driver.finals.get(id);
  hold(before === undefined || before === status, `${id} stays ${before ?? ''}`);
  if (status === 'succeeded' || status === 'canceled') {
    driver.finals.set(id, status);
  }
}

/** A reader's action tells nothing that its PaymentIntent contradicts, and ends once. */
function checkReader(ledger: Ledger): void {
  const { action } = ledger.readers.get(readerId)!;
  const { kind } = readerState(ledger, readerId).phase;
  const open = action?.status === 'in_progress';
  // A confirm that never reached Stripe has failed, and the reader still has its card.
  const kept = kind === 'collected' && action?.failure_code === 'connection_error';
  hold(open === (kind !== 'resting') || kept, `an action is open while the reader is ${kind}`);
  const named = action?.process_payment_intent ?? action?.confirm_payment_intent;
  const id = named?.payment_intent;
  if (action?.status === 'succeeded' && typeof id === 'string') {
    const { amount_received, status, latest_charge } = ledger.paymentIntents.get(id)!;
    hold(latest_charge !== null, `${id} has a charge when the reader says it succeeded`);
    hold(
      status === 'requires_capture' || status === 'canceled' || amount_received > 0,
      `${id} was authorized when the reader says so`,
    );
  }
}

/** Each status is told by exactly one event, unless the log has forgotten it since. */
function checkEvents(
  ledger: Ledger,
  { id, status, created }: Stripe.PaymentIntent,
  own: Stripe.Charge[],
): void {
  if (created < ledger.nowSec() - 29 * 24 * 60 * 60) {
    return;
  }
  const names = new Set([id, ...own.map((charge) => charge.id)]);
  const types = [...ledger.events.oldestFirst()]
    .filter(({ data }) => names.has(data.object.id))
    .map(({ type }) => type);
  const count = (type: string): number => types.filter((candidate) => candidate === type).length;
  const failed = own.filter((charge) => charge.status === 'failed').length;
  hold(count('payment_intent.created') === 1, `${id} was created once`);
  hold(count('payment_intent.succeeded') === (status === 'succeeded' ? 1 : 0), `${id} paid once`);
  hold(count('payment_intent.canceled') === (status === 'canceled' ? 1 : 0), `${id} ended once`);
  hold(count('charge.succeeded') === own.length - failed, `${id} tells its good charges`);
  hold(count('charge.failed') === failed, `${id} tells its failed charges`);
  hold(count('payment_intent.payment_failed') === failed, `${id} tells its failures`);
}

test('no order of requests, cards, repeats and waiting breaks the ledger', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const driver = new Driver();
      for (const step of sequence) {
        driver.take(step);
        checkInvariants(driver);
      }
    }),
    { numRuns: 300 },
  );
});

test('the same requests under the same clock and names give the same ledger', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const ledgers = [new Driver(), new Driver()].map((driver) => {
        for (const step of sequence) {
          driver.take(step);
        }
        return JSON.stringify([
          ...driver.ledger.paymentIntents.oldestFirst(),
          ...driver.ledger.events.oldestFirst(),
        ]);
      });
      hold(ledgers[0] === ledgers[1], 'both runs are alike');
    }),
    { numRuns: 50 },
  );
});
