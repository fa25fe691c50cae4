import type { Guard } from './guard.ts';

const saving = 'main/services/cards/card-saving.ts';
const storedCards = 'main/services/cards/stored-cards.ts';
const customers = 'main/services/cards/customers.ts';

/** Cards on file: kept after the payment, by a consent that stands, and charged only by it. */
export const cardGuards: readonly Guard[] = [
  {
    name: 'a card is kept before its payment is captured',
    promise: 'C3',
    file: 'main/domain/judge-read.ts',
    find: "[...withdrawUnused(sale), { kind: 'payment_intent.capture', ordinal, afterMs: 0 }],",
    replacement:
      "[...withdrawUnused(sale), ...saveCard(sale), { kind: 'payment_intent.capture', ordinal, afterMs: 2_000 }],",
  },
  {
    name: 'a card is kept whatever has become of its consent',
    promise: 'C2',
    file: saving,
    find: 'if (consent?.revoked !== null || consent.memberKey !== memberKey) return null;',
    replacement: 'if (consent?.memberKey !== memberKey) return null;',
  },
  {
    name: 'a card that could not be read at once is given up',
    promise: 'C3',
    file: saving,
    find: "#notRead(errand: CardErrand, answer: Exclude<Answer<unknown>, { kind: 'done' }>): Settled {",
    replacement:
      "#notRead(errand: CardErrand, answer: Exclude<Answer<unknown>, { kind: 'done' }>): Settled {\n    if (answer.kind !== 'refused') return this.#notKept(errand, 'refused');",
  },
  {
    name: 'a consent that is taken back leaves its card attached',
    promise: 'C2',
    file: 'main/services/cards/consents.ts',
    find: "ledger.enqueue(card.id, { kind: 'card.detach', ordinal, afterMs: 0 }, nowMs);",
    replacement: 'void ordinal;',
  },
  {
    name: 'a card on file is charged without a look at its consent',
    promise: 'C2',
    file: storedCards,
    find: 'if (!isSame || liveConsentOf(book, paymentMethodId, hash) === null) {',
    replacement: 'if (!isSame || hash === null || liveConsentOf === null) {',
  },
  {
    name: 'a charge that waits is made whenever the network is back',
    promise: 'C5',
    file: storedCards,
    find: 'clock.isKnown && clock.nowMs() >= mayWaitUntilMs;',
    replacement: 'clock.isKnown && clock.nowMs() >= mayWaitUntilMs + 20 * 3_600_000;',
  },
  {
    name: 'silence on the charge of a card on file is asked again under a new key',
    promise: 'P2',
    file: 'main/domain/step-transition.ts',
    find: "if (sale.unanswered >= unansweredMax) return ignore('that is known');",
    replacement: `if (sale.state === 'authorizing' && sale.storedCard !== undefined && sale.unanswered === 0) {
    const confirm = (sale.ordinals.confirm ?? 0) + 1;
    return move(sale, { unanswered: 1, ordinals: { ...sale.ordinals, confirm } }, [
      { kind: 'payment_intent.confirm', ordinal: confirm, afterMs: 500 },
    ]);
  }
  if (sale.unanswered >= unansweredMax) return ignore('that is known');`,
  },
  {
    name: 'paid in person on another PaymentIntent before the former was read as canceled',
    promise: 'P1',
    file: 'main/domain/judge-stored-card.ts',
    find: "return giveUp({ ...sale, payAnew: true }, 'customer');",
    replacement: 'return beginInPerson(sale);',
  },
  {
    name: 'a Customer is made under a key of its own at each try',
    promise: 'P2',
    file: customers,
    find: '_create_customer_${member.customerOrdinal}`;',
    replacement: '_create_customer_${member.customerOrdinal}_${this.#options.clock.nowMs()}`;',
  },
  {
    name: 'a Customer is looked for by the search alone, which lags behind',
    promise: 'C4',
    file: 'main/services/cards/customer-look.ts',
    find: 'take(searched.value);',
    replacement:
      "take(searched.value);\n  if (found.size === 0) return { kind: 'done', value: [], requestId: undefined };",
  },
];
