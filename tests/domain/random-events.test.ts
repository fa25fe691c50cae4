import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Effect } from '../../main/domain/effect.ts';
import { attemptIdOf, chargeId } from '../../main/domain/ids.ts';
import {
  type PaymentIntentFacts,
  paymentIntentStatuses,
} from '../../main/domain/payment-intent.ts';
import type { ProcessHint, SaleEvent, WaitName } from '../../main/domain/sale-event.ts';
import { transition } from '../../main/domain/sale-transition.ts';
import { isFinal, provedNotCharged, type Sale } from '../../main/domain/sale.ts';
import { defaultWaitLimits, waitOf } from '../../main/domain/sale-waits.ts';
import { allowedDecisions } from '../../main/domain/staff.ts';
import { aSale, facts, ourSale, totalAmount } from '../support/fakes/sales.ts';

/* Any event at any time, possible or not: what must hold whatever Stripe, the reader and the page say. */

const someAttempt = fc.integer({ min: 1, max: 4 }).map((ordinal) => attemptIdOf(ourSale, ordinal));
const someCharge = fc.constantFrom(
  null,
  chargeId('ch_aaa'),
  chargeId('ch_bbb'),
  chargeId('ch_ccc'),
);
const someAmount = fc.constantFrom(0, 1, totalAmount, totalAmount, totalAmount, totalAmount + 1);

const someFacts: fc.Arbitrary<PaymentIntentFacts> = fc
  .record({
    status: fc.constantFrom(...paymentIntentStatuses),
    amountCapturable: someAmount,
    amountReceived: someAmount,
    amount: fc.constantFrom(totalAmount, totalAmount, totalAmount, totalAmount - 1),
    currency: fc.constantFrom('usd', 'usd', 'usd', 'eur'),
    latestChargeId: someCharge,
    lastPaymentError: fc.constantFrom(null, { code: 'card_declined', declineCode: 'lost_card' }),
    kioskId: fc.constantFrom(...Array<string>(8).fill(aSale().kioskId), 'kiosk_somebodyelse000'),
  })
  .map((changes) => facts(changes));

const someHint: fc.Arbitrary<ProcessHint> = fc.oneof(
  fc.constant<ProcessHint>({ kind: 'processed' }),
  fc
    .tuple(
      fc.constantFrom('card_declined', 'connection_error', 'prompt_replaced', 'canceled'),
      fc.constantFrom(null, ...paymentIntentStatuses),
    )
    .map(([code, paymentIntentStatus]): ProcessHint => ({
      kind: 'failed',
      code,
      declineCode: null,
      paymentIntentStatus,
    })),
);

const waits: readonly WaitName[] = [
  'reviewing',
  'starting',
  'waking_reader',
  'awaiting_card',
  'still_paying',
  'card_read',
  'declined',
  'authorizing',
  'lingering',
];

const someEvent: fc.Arbitrary<SaleEvent> = fc.oneof(
  fc.constantFrom<SaleEvent>(
    { kind: 'confirmed' },
    { kind: 'extended' },
    { kind: 'customer_canceled' },
    { kind: 'another_card_asked' },
    { kind: 'customer_left' },
    { kind: 'window_loaded' },
    { kind: 'read_refused' },
    { kind: 'unanswered' },
    { kind: 'restarted' },
    { kind: 'look_asked' },
    { kind: 'record_restored' },
    { kind: 'tender_recorded', tender: 'cash', by: 'Ada', why: 'paid at the desk' },
    { kind: 'staff_decided', decision: 'capture', by: 'Ada', why: 'the class was given' },
    { kind: 'staff_decided', decision: 'cancel', by: 'Ada', why: 'nobody came' },
    { kind: 'staff_decided', decision: 'accept', by: 'Ada', why: 'the class was given' },
    { kind: 'staff_decided', decision: 'close', by: 'Ada', why: 'refunded' },
    { kind: 'step_done', step: 'capture' },
    { kind: 'step_done', step: 'cancel' },
    { kind: 'step_uncertain', step: 'capture' },
    { kind: 'step_uncertain', step: 'cancel' },
    { kind: 'step_uncertain', step: 'create' },
    { kind: 'step_refused', step: 'create', code: 'amount_too_small', wasRepeated: false },
    {
      kind: 'step_refused',
      step: 'capture',
      code: 'payment_intent_unexpected_state',
      wasRepeated: false,
    },
    {
      kind: 'step_refused',
      step: 'cancel',
      code: 'payment_intent_unexpected_state',
      wasRepeated: false,
    },
  ),
  fc.constantFrom(...waits).map((wait): SaleEvent => ({ kind: 'time_passed', wait })),
  fc
    .tuple(someAttempt, fc.constantFrom('one_step', 'two_step'))
    .map(([attemptId, steps]): SaleEvent => ({ kind: 'reader_called', attemptId, steps })),
  fc
    .tuple(someAttempt, someHint)
    .map(([attemptId, hint]): SaleEvent => ({ kind: 'reader_finished', attemptId, hint })),
  someAttempt.map((attemptId): SaleEvent => ({ kind: 'reader_moved', attemptId })),
  someAttempt.map((attemptId): SaleEvent => ({ kind: 'reader_prompted', attemptId })),
  someAttempt.map((attemptId): SaleEvent => ({ kind: 'customer_accepted', attemptId })),
  fc
    .tuple(someAttempt, fc.boolean())
    .map(([attemptId, askFirst]): SaleEvent => ({ kind: 'card_collected', attemptId, askFirst })),
  someAttempt.map((attemptId): SaleEvent => ({
    kind: 'collect_failed',
    attemptId,
    code: 'reader_error',
  })),
  fc
    .tuple(someAttempt, fc.integer({ min: 1, max: 3 }), someHint)
    .map(([attemptId, count, hint]): SaleEvent => ({
      kind: 'process_answered',
      attemptId,
      count,
      hint,
    })),
  someFacts.map((paymentIntent): SaleEvent => ({ kind: 'payment_intent_created', paymentIntent })),
  someFacts.map((paymentIntent): SaleEvent => ({ kind: 'payment_intent_found', paymentIntent })),
  fc
    .option(someFacts)
    .map((paymentIntent): SaleEvent => ({ kind: 'payment_intent_looked_up', paymentIntent })),
  fc
    .tuple(someFacts, fc.oneof(fc.nat({ max: 30 }), fc.constant(Number.MAX_SAFE_INTEGER)))
    .map(([paymentIntent, leftAt]): SaleEvent => ({
      kind: 'payment_intent_read',
      paymentIntent,
      leftAt,
    })),
);

/** A likely life is mixed in, so that the deep states are reached often. */
const likelyEvent: fc.Arbitrary<SaleEvent> = fc.constantFrom<SaleEvent>(
  { kind: 'confirmed' },
  { kind: 'payment_intent_created', paymentIntent: facts() },
  { kind: 'reader_called', attemptId: attemptIdOf(ourSale, 1), steps: 'one_step' },
  { kind: 'reader_prompted', attemptId: attemptIdOf(ourSale, 1) },
  {
    kind: 'reader_finished',
    attemptId: attemptIdOf(ourSale, 1),
    hint: {
      kind: 'failed',
      code: 'connection_error',
      declineCode: null,
      paymentIntentStatus: 'requires_payment_method',
    },
  },
  { kind: 'card_collected', attemptId: attemptIdOf(ourSale, 1), askFirst: false },
  {
    kind: 'process_answered',
    attemptId: attemptIdOf(ourSale, 1),
    count: 1,
    hint: { kind: 'failed', code: 'network_timeout', declineCode: null, paymentIntentStatus: null },
  },
  { kind: 'payment_intent_read', paymentIntent: facts(), leftAt: Number.MAX_SAFE_INTEGER },
  { kind: 'another_card_asked' },
);

const someLife = fc.array(fc.oneof(likelyEvent, likelyEvent, someEvent), {
  minLength: 10,
  maxLength: 60,
  size: 'max',
});

interface Step {
  readonly before: Sale;
  readonly event: SaleEvent;
  readonly sale: Sale;
  readonly effects: readonly Effect[];
}

/** The steps a life really makes; what was ignored is left out, after checking that it said why. */
function stepsOf(events: readonly SaleEvent[]): readonly Step[] {
  const steps: Step[] = [];
  let before = aSale();
  for (const event of events) {
    const result = transition(before, event);
    if (result.kind === 'ignored') {
      expect(result.why.length).toBeGreaterThan(5);
      continue;
    }
    if (result.kind === 'asked') {
      expect(result.effects.map(({ kind }) => kind)).toEqual(['payment_intent.read']);
      continue;
    }
    steps.push({ before, event, sale: result.sale, effects: result.effects });
    before = result.sale;
  }
  return steps;
}

/** A create that is answered once more after its sale has ended, by another kiosk's PaymentIntent. */
const answeredTwice: SaleEvent[] = [
  { kind: 'customer_canceled' },
  { kind: 'payment_intent_created', paymentIntent: facts({ kioskId: 'kiosk_somebodyelse000' }) },
];

function holdsForEveryLife(check: (steps: readonly Step[]) => void): void {
  fc.assert(
    fc.property(someLife, (events) => {
      check(stepsOf(events));
    }),
    { numRuns: 400, examples: [[answeredTwice]] },
  );
}

it('asks for a PaymentIntent at most once in the life of a sale', () => {
  holdsForEveryLife((steps) => {
    const creates = steps.flatMap(({ effects }) =>
      effects.filter((effect) => effect.kind === 'payment_intent.create'),
    );
    expect(creates.length).toBeLessThanOrEqual(1);
  });
});

it('commands a processPayment only for a customer who is there, three times per card at most', () => {
  holdsForEveryLife((steps) => {
    const counts = new Map<string, number>();
    for (const { before, effects } of steps) {
      for (const effect of effects) {
        if (effect.kind !== 'reader.process') continue;
        expect(before.attended).toBe(true);
        counts.set(effect.attemptId, (counts.get(effect.attemptId) ?? 0) + 1);
        expect(effect.count).toBe(counts.get(effect.attemptId));
      }
    }
    expect(Math.max(0, ...counts.values())).toBeLessThanOrEqual(3);
  });
});

/** Ends of a prompt without a bank's answer. */
const brokenOff: ReadonlySet<string> = new Set(['connection_lost', 'prompt_replaced', 'not_read']);

it('keeps for a whole attempt who leads its reader, and lets no page disturb a reader that main leads', () => {
  holdsForEveryLife((steps) => {
    for (const { before, event, sale } of steps) {
      const { attempt } = before;
      if (attempt?.serverDriven === undefined || event.kind === 'reader_called') continue;
      // At the spare it is led by whom the spare is led by.
      if (event.kind === 'reader_moved') continue;
      expect(event.kind).not.toBe('window_loaded');
      if (sale.attempt?.id === attempt.id) {
        expect(sale.attempt.serverDriven).toBe(attempt.serverDriven);
      }
    }
  });
});

it('asks a reader that main leads for no card again by itself, and charges one only where it was just collected', () => {
  holdsForEveryLife((steps) => {
    for (const { before, event, effects } of steps) {
      if (before.attempt?.serverDriven === undefined) continue;
      const kinds = effects.map((effect) => effect.kind);
      expect(kinds).not.toContain('reader.collect');
      const isAllowed = event.kind === 'card_collected' || event.kind === 'customer_accepted';
      if (!isAllowed) expect(kinds).not.toContain('reader.process');
    }
  });
});

it('looks before it gives up a card that a reader may have charged by itself while the kiosk was away', () => {
  holdsForEveryLife((steps) => {
    for (const { before, event, sale, effects } of steps) {
      if (event.kind !== 'restarted' || before.attempt?.serverDriven !== 'one_step') continue;
      expect(sale.state).toBe('finding_out');
      expect(effects.map((effect) => effect.kind)).toContain('payment_intent.read');
    }
  });
});

it('asks for no other card while an earlier one may still be charged', () => {
  holdsForEveryLife((steps) => {
    for (const { before, event, sale, effects } of steps) {
      if (before.attempt?.stage !== 'processing') continue;
      const collectsAnew = effects.some((effect) => effect.kind === 'reader.collect');
      if (!collectsAnew && sale.state !== 'presenting') continue;
      // That processPayment has ended by its own word, and Stripe's read agrees with it.
      expect(event.kind).toBe('payment_intent_read');
      expect(before.attempt.inFlight).toBe(false);
      expect(['refused', 'disconnected', 'replaced']).toContain(before.attempt.hint);
      expect(sale.paymentIntent?.status).toBe('requires_payment_method');
      // Without a new Charge nothing reached the bank: nothing is said of a decline.
      const wasCharged = sale.paymentIntent?.latestChargeId !== before.attempt.chargeBefore;
      const isOfBank = sale.decline !== null && !brokenOff.has(sale.decline);
      if (isOfBank) expect(wasCharged).toBe(true);
    }
  });
});

/** The part of a life in which the kiosk decides alone. */
function withoutStaff(steps: readonly Step[]): readonly Step[] {
  const first = steps.findIndex(({ event }) => 'by' in event);
  return first === -1 ? steps : steps.slice(0, first);
}

it('becomes paid only over a read of succeeded for exactly the total', () => {
  holdsForEveryLife((steps) => {
    for (const { before, event, sale } of steps) {
      if (sale.state !== 'paid' || before.state === 'paid') continue;
      expect(['payment_intent_read', 'staff_decided']).toContain(event.kind);
      expect(sale.paymentIntent).toMatchObject({
        status: 'succeeded',
        amountReceived: totalAmount,
        currency: 'usd',
        kioskId: before.kioskId,
      });
    }
  });
});

it('captures only after a read of requires_capture over exactly the total', () => {
  holdsForEveryLife((steps) => {
    for (const { event, sale, effects } of steps) {
      if (!effects.some((effect) => effect.kind === 'payment_intent.capture')) continue;
      expect(['payment_intent_read', 'staff_decided']).toContain(event.kind);
      expect(sale.tender).toBeNull();
      expect(sale.completed).toBe(true);
      expect(sale.paymentIntent).toMatchObject({
        status: 'requires_capture',
        amountCapturable: totalAmount,
        currency: 'usd',
      });
    }
  });
});

it('never captures and cancels for the same sale by itself', () => {
  holdsForEveryLife((steps) => {
    const asked = withoutStaff(steps).flatMap(({ effects }) =>
      effects.map((effect) => effect.kind),
    );
    const first = asked.find((kind) => /capture|cancel$/.test(kind) && kind.startsWith('payment'));
    if (first === 'payment_intent.cancel') expect(asked).not.toContain('payment_intent.capture');
  });
});

it('says "not charged" only of a cancelled PaymentIntent or of this attempt’s own decline', () => {
  holdsForEveryLife((steps) => {
    for (const { before, event, sale } of steps) {
      if (!provedNotCharged(sale) || provedNotCharged(before)) continue;
      const { kind } = event;
      const looks = ['payment_intent_read', 'payment_intent_looked_up', 'payment_intent_found'];
      expect(looks).toContain(kind);
      if (sale.state === 'canceled') expect(sale.paymentIntent?.status).toBe('canceled');
      else expect(sale.paymentIntent?.lastPaymentError).not.toBeNull();
    }
  });
});

it('leaves a final state only by a person, or to bring what Stripe shows to one', () => {
  holdsForEveryLife((steps) => {
    for (const { before, event, sale, effects } of steps) {
      if (!isFinal(before.state) || 'by' in event) continue;
      if (sale.state === before.state) {
        expect(effects).toEqual([]);
        continue;
      }
      expect(['payment_intent_read', 'payment_intent_found']).toContain(event.kind);
      expect(['needs_staff', 'canceling']).toContain(sale.state);
      expect(before.state).not.toBe('needs_staff');
    }
  });
});

it('takes or releases money for staff only where a read has shown it to be there', () => {
  holdsForEveryLife((steps) => {
    for (const { before, event, sale } of steps) {
      if (event.kind !== 'staff_decided') continue;
      expect(allowedDecisions(before)).toContain(event.decision);
      if (event.decision === 'capture') {
        expect(before.paymentIntent?.status).toBe('requires_capture');
        expect(before.paymentIntent?.amountCapturable).toBe(totalAmount);
      }
      if (event.decision === 'close') expect(sale.state).toBe(before.state);
      if (before.staffReason === 'not_ours') expect(event.decision).toBe('close');
    }
  });
});

it('records no other tender while a card may still be charged', () => {
  holdsForEveryLife((steps) => {
    for (const { before, event } of steps) {
      if (event.kind !== 'tender_recorded') continue;
      expect([
        'creating',
        'presenting',
        'authorizing',
        'finding_out',
        'canceling',
        'paid',
      ]).not.toContain(before.state);
      expect(before.tender).toBeNull();
    }
  });
});

it('raises the number of a step only on a read, or when the step is first asked for', () => {
  holdsForEveryLife((steps) => {
    for (const { before, event, sale } of steps) {
      if (event.kind === 'record_restored') continue;
      expect(sale.ordinals.create - before.ordinals.create).toBeLessThanOrEqual(1);
      for (const name of ['capture', 'cancel'] as const) {
        const grown = sale.ordinals[name] - before.ordinals[name];
        expect([0, 1]).toContain(grown);
        if (grown === 1 && before.ordinals[name] > 0 && !isFinal(before.state)) {
          expect(event.kind).toBe('payment_intent_read');
          expect(before.unsettledStep).toEqual({ step: name, how: 'unproved' });
        }
      }
    }
  });
});

it('grows its revision by one with every step and never changes its order or its PaymentIntent’s id', () => {
  holdsForEveryLife((steps) => {
    for (const { before, sale } of steps) {
      expect(sale.revision).toBe(before.revision + 1);
      expect(sale.order).toBe(before.order);
      expect(sale.id).toBe(before.id);
      if (before.paymentIntent !== null) {
        expect(sale.paymentIntent?.id).toBe(before.paymentIntent.id);
      }
    }
  });
});

it('has a live attempt exactly while a card is awaited or charged', () => {
  holdsForEveryLife((steps) => {
    for (const { sale } of steps) {
      if (sale.state === 'authorizing') expect(sale.attempt?.stage).toBe('processing');
      if (sale.state === 'presenting') expect(sale.attempt?.stage).not.toBe('processing');
      const mayHaveOne = ['presenting', 'authorizing', 'finding_out'].includes(sale.state);
      if (!mayHaveOne) expect(sale.attempt).toBeNull();
    }
  });
});

it('has a clock of our own on every state a customer can be stuck in', () => {
  holdsForEveryLife((steps) => {
    for (const { sale } of steps) {
      if (isFinal(sale.state)) continue;
      const wait = waitOf(sale, defaultWaitLimits);
      if (wait === null) expect(sale.lingering).toBe(true);
      else expect(transition(sale, { kind: 'time_passed', wait: wait.name }).kind).toBe('moved');
    }
  });
});
