import type { Guard } from './guard.ts';

const keyAge = 'main/services/key-age.ts';
const worker = 'main/services/outbox-worker.ts';

/** What is written before it is sent, once, under a key that is not too old (P1, P2, P3). */
export const keyGuards: readonly Guard[] = [
  {
    name: 'a new key for each try',
    promise: 'P2',
    file: keyAge,
    find: 'return row.key;',
    replacement: 'return row.tries === 0 ? row.key : `${row.key}${row.tries}`;',
  },
  {
    name: 'a random key that nobody stored',
    promise: 'P2',
    file: keyAge,
    find: 'return row.key;',
    replacement: 'return `foyer_${row.owner}_create_${row.id + 100}`;',
  },
  {
    name: 'the row is marked before its call',
    promise: 'P6',
    file: worker,
    find: 'const settled = await this.#options.carryOut(row, this.#closing.signal);',
    replacement: `ledger.finish(row, 'done', { outcome: 'done', status: null, code: null, requestId: null, durationMs: 0 }, clock.nowMs());
      const settled = await this.#options.carryOut(row, this.#closing.signal);
      return;`,
  },
  {
    name: 'the call leaves before the commit',
    promise: 'P2',
    file: 'main/storage/transactions.ts',
    find: 'this.#commit.run();',
    replacement: 'setImmediate(() => { if (this.#db.inTransaction) this.#commit.run(); });',
  },
  {
    name: 'silence is asked again with a new PaymentIntent',
    promise: 'P1',
    file: 'main/domain/step-transition.ts',
    find: "if (sale.unanswered >= unansweredMax) return ignore('that is known');",
    replacement: `if (sale.state === 'creating') {
    const create = sale.ordinals.create + 1;
    return move(sale, { unanswered: sale.unanswered + 1, ordinals: { ...sale.ordinals, create } }, [
      { kind: 'payment_intent.create', ordinal: create },
    ]);
  }
  if (sale.unanswered >= unansweredMax) return ignore('that is known');`,
  },
  {
    name: 'a row is handed out while its call is under way',
    promise: 'P2',
    file: worker,
    find: 'this.#leased.add(row.owner);',
    replacement: '',
  },
  {
    name: 'a 5xx is repeated under a new key without a look',
    promise: 'P2',
    file: 'main/domain/step-transition.ts',
    find: 'const state = asked(sale);\n  return move(sale, {',
    replacement: `const state = asked(sale);
  if (how === 'unproved' && step === 'capture') {
    const ordinal = sale.ordinals.capture + 1;
    return move(sale, { state, ordinals: { ...sale.ordinals, capture: ordinal } }, [
      { kind: 'payment_intent.capture', ordinal, afterMs: 1_000 },
      { kind: 'payment_intent.read', afterMs: 5_000 },
    ]);
  }
  return move(sale, {`,
  },
  {
    name: 'no look before an old key',
    promise: 'P3',
    file: keyAge,
    find: 'const keyAgeMax = 20 * 3_600_000;',
    replacement: 'const keyAgeMax = 2_000_000 * 3_600_000;',
  },
  {
    name: "a key's age by the machine's own clock",
    promise: 'P3',
    file: 'main/services/server-time.ts',
    find: 'return Math.round(serverMs + this.#clock.monotonicMs() - monotonicMs);',
    replacement: 'return this.#clock.nowMs() + 0 * (serverMs + monotonicMs);',
  },
  {
    name: "a key's age before any reply told the time",
    promise: 'P3',
    file: 'main/services/known-time.ts',
    find: 'if (time.isKnown) return null;',
    replacement: 'if (time.isKnown || payments !== null) return null;',
  },
  {
    name: 'a refused create is final although an earlier try may have been carried out',
    promise: 'P5',
    file: 'main/domain/step-transition.ts',
    find: "event.wasRepeated || sale.unanswered > 0 || event.code === 'idempotency_error';",
    replacement: "event.code === 'idempotency_error';",
  },
];
