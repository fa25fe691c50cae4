import type { Guard } from './guard.ts';

const judge = 'main/domain/judge-read.ts';
const steps = 'main/domain/step-transition.ts';

/** Only a read decides, and what is unknown is said to be unknown (P4, P5). */
export const readingGuards: readonly Guard[] = [
  {
    name: "paid on the SDK's word",
    promise: 'P4',
    file: 'main/domain/attempt-transition.ts',
    find: "if (mustFindOut.has(answered.hint) || sale.state === 'finding_out')",
    replacement: `if (answered.hint === 'processed' && sale.paymentIntent !== null)
    return move(sale, {
      state: 'paid',
      attempt: null,
      paymentIntent: { ...sale.paymentIntent, status: 'succeeded' },
    });
  if (mustFindOut.has(answered.hint) || sale.state === 'finding_out')`,
  },
  {
    name: 'a capture is believed without a read',
    promise: 'P4',
    file: steps,
    find: 'const state = asked(sale);\n  return move(sale, {',
    replacement: `const state = asked(sale);
  if (step === 'capture' && sale.paymentIntent !== null)
    return move(sale, {
      state: 'paid',
      paymentIntent: { ...sale.paymentIntent, status: 'succeeded' },
    });
  return move(sale, {`,
  },
  {
    name: 'a cancellation is believed without a read',
    promise: 'P4',
    file: steps,
    find: 'const state = asked(sale);\n  return move(sale, {',
    replacement: `const state = asked(sale);
  if (step === 'cancel' && sale.paymentIntent !== null)
    return move(sale, {
      state: 'canceled',
      paymentIntent: { ...sale.paymentIntent, status: 'canceled' },
    });
  return move(sale, {`,
  },
  {
    name: 'an event is trusted without a read',
    promise: 'P4',
    file: 'main/domain/sale-transition.ts',
    find: "return { kind: 'asked', effects: [{ kind: 'payment_intent.read', afterMs: 0 }] };",
    replacement: `return sale.state === 'authorizing'
        ? move(sale, { state: 'authorized', attempt: null, ordinals: { ...sale.ordinals, capture: 1 } }, [
            { kind: 'payment_intent.capture', ordinal: 1, afterMs: 0 },
          ])
        : { kind: 'asked', effects: [{ kind: 'payment_intent.read', afterMs: 0 }] };`,
  },
  {
    name: 'a decline is believed without a new Charge',
    promise: 'P5',
    file: judge,
    find: 'return read.latestChargeId !== attempt.chargeBefore;',
    replacement: 'return true;',
  },
  {
    name: 'a decline is believed while the card may still be charged',
    promise: 'P5',
    file: judge,
    find: "if (!isOver || read.status !== 'requires_payment_method') return false;",
    replacement: "if (read.status !== 'requires_payment_method') return false;",
  },
  {
    name: '"not charged" is said before the cancellation was read',
    promise: 'P5',
    file: 'main/domain/sale.ts',
    find: "if (sale.state === 'canceled') return sale.paymentIntent?.status === 'canceled';",
    replacement: "if (sale.state === 'canceled' || sale.state === 'canceling') return true;",
  },
  {
    name: 'a lost answer counts as a decline',
    promise: 'P5',
    file: judge,
    find: 'if (mayProcessAgain(sale, attempt)) return process(sale, attempt);',
    replacement: 'if (sale.attended) return presentAnew(sale);',
  },
  {
    name: 'another tender is taken while the outcome is unknown',
    promise: 'P5',
    file: 'main/domain/staff.ts',
    find: "    case 'canceled':\n    case 'expired':\n    case 'authorized':",
    replacement:
      "    case 'finding_out':\n    case 'authorizing':\n    case 'canceling':\n    case 'canceled':\n    case 'expired':\n    case 'authorized':",
  },
  {
    name: 'a look that was not answered counts as none',
    promise: 'P5',
    file: 'main/services/stripe-work.ts',
    find: 'return this.#read(sale, answer, lookedUp);',
    replacement: `if (answer.kind !== 'done')
          return this.#over(sale, answer, { kind: 'payment_intent_looked_up', paymentIntent: null });
        return this.#read(sale, answer, lookedUp);`,
  },
];
