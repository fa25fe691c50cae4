import fc from 'fast-check';
import { test } from 'vitest';

import type { ModelReply } from '../../main/training/model/api/model-request.ts';
import { type FormSource, formFrom } from '../../main/training/model/form/form-value.ts';
import type { Ledger } from '../../main/training/model/ledger.ts';
import { recordPresented } from '../../main/training/model/moves/attach-presented.ts';
import { authorize } from '../../main/training/model/moves/authorize.ts';
import { comeDue } from '../../main/training/model/moves/come-due.ts';
import { testCards } from '../../main/training/model/test-cards.ts';
import { TrainingStripe } from '../../main/training/model/training-stripe.ts';
import { trainingSecretKey } from '../../main/training/training-secret-key.ts';
import { sequenceIds } from './support/sequence-ids.ts';
import { TestClock } from './support/test-clock.ts';

type Step =
  | { readonly do: 'pay'; readonly card: number; readonly customer: number; readonly keep: boolean }
  | { readonly do: 'charge'; readonly customer: number; readonly which: number }
  | { readonly do: 'capture'; readonly which: number; readonly part: boolean }
  | { readonly do: 'refund'; readonly which: number; readonly amount: number | null }
  | { readonly do: 'attach' | 'detach'; readonly which: number; readonly customer: number }
  | { readonly do: 'delete'; readonly customer: number }
  | { readonly do: 'dispute'; readonly which: number }
  | { readonly do: 'repeat' }
  | { readonly do: 'wait'; readonly ms: number };

const which = fc.nat(4);
const customer = fc.nat(1);
// The cards whose refunds turn, whose holders dispute, and which are kept in odd ways come often.
const card = fc.oneof(
  fc.nat(testCards.length - 1),
  fc.constantFrom(
    ...testCards.flatMap(({ refunds, disputes, wallet }, index) =>
      refunds !== 'at_once' || disputes || wallet !== null ? [index] : [],
    ),
  ),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('pay' as const), card, customer, keep: fc.boolean() }),
  fc.record({ do: fc.constant('charge' as const), customer, which }),
  fc.record({ do: fc.constant('capture' as const), which, part: fc.boolean() }),
  fc.record({
    do: fc.constant('refund' as const),
    which,
    amount: fc.constantFrom(null, 1, 300, 700, 1000),
  }),
  fc.record({ do: fc.constantFrom('attach' as const, 'detach' as const), which, customer }),
  fc.record({ do: fc.constant('delete' as const), customer }),
  fc.record({ do: fc.constant('dispute' as const), which }),
  fc.record({ do: fc.constant('repeat' as const) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1000, 60_000, 86_400_000) }),
);

const steps = fc.array(step, { minLength: 10, maxLength: 60, size: 'max' });

/** The model under test, with two customers who pay, keep cards and want money back. */
class Driver {
  readonly clock = new TestClock();
  /** Shared with the model that is made anew, so that its names are new as well. */
  readonly #ids = sequenceIds();
  readonly model = this.#newModel();
  readonly #customers: readonly string[];
  #last: (() => ModelReply) | null = null;
  #keys = 0;

  constructor() {
    this.#customers = [0, 1].map(
      () => (this.#send('POST', '/v1/customers').body as { id: string }).id,
    );
  }

  get ledger(): Ledger {
    return this.model.ledger;
  }

  take(step: Step): void {
    const charges = [...this.ledger.charges.newestFirst()];
    const cards = [...this.ledger.paymentMethods.newestFirst()].filter(
      ({ type }) => type === 'card',
    );
    switch (step.do) {
      case 'pay':
        this.#pay(step.card, this.#customers[step.customer]!, step.keep);
        return;
      case 'charge':
        this.#send('POST', '/v1/payment_intents', {
          amount: 1000,
          currency: 'usd',
          allowed_payment_method_types: ['card'],
          customer: this.#customers[step.customer]!,
          payment_method: cards[step.which]?.id ?? 'pm_card_visa',
          off_session: 'true',
          confirm: 'true',
        });
        return;
      case 'capture': {
        const held = [...this.ledger.paymentIntents.newestFirst()][step.which];
        const part = step.part ? { amount_to_capture: 600 } : {};
        this.#send('POST', `/v1/payment_intents/${held?.id ?? 'pi_none'}/capture`, part);
        return;
      }
      case 'refund':
        this.#send('POST', '/v1/refunds', {
          charge: charges[step.which]?.id ?? 'ch_none',
          ...(step.amount === null ? {} : { amount: step.amount }),
        });
        return;
      case 'attach':
      case 'detach':
        this.#send(
          'POST',
          `/v1/payment_methods/${cards[step.which]?.id ?? 'pm_card_visa'}/${step.do}`,
          step.do === 'attach' ? { customer: this.#customers[step.customer]! } : {},
        );
        return;
      case 'delete':
        this.#send('DELETE', `/v1/customers/${this.#customers[step.customer]!}`);
        return;
      case 'dispute': {
        const charge = charges[step.which]?.id ?? 'ch_none';
        this.#send('POST', `/v1/test_helpers/training/charges/${charge}/dispute`);
        return;
      }
      case 'repeat':
        this.#last?.();
        return;
      case 'wait':
        this.clock.advance(step.ms);
        comeDue(this.ledger);
    }
  }

  /** What a model that was made anew from the snapshot would hold. */
  restored(): TrainingStripe {
    const again = this.#newModel();
    again.restore([...this.model.snapshot()]);
    return again;
  }

  #newModel(): TrainingStripe {
    return new TrainingStripe({
      clock: this.clock,
      ids: this.#ids,
      secretKey: trainingSecretKey,
    });
  }

  #pay(index: number, owner: string, keep: boolean): void {
    const known = this.ledger.customers.get(owner) !== undefined;
    const reply = this.#send('POST', '/v1/payment_intents', {
      amount: 1000,
      currency: 'usd',
      capture_method: 'manual',
      allowed_payment_method_types: ['card_present'],
      ...(known ? { customer: owner } : {}),
      ...(keep ? { setup_future_usage: 'off_session' } : {}),
    });
    const presented = testCards[index]!;
    if (presented.type === 'card_present') {
      authorize(this.ledger, (reply.body as { id: string }).id, {
        card: presented,
        paymentMethod: recordPresented(this.ledger, presented),
        tipAmount: null,
        allowRedisplay: keep ? 'limited' : null,
        reader: null,
        location: null,
      });
    }
  }

  #send(method: string, path: string, params: Record<string, FormSource> = {}): ModelReply {
    this.#keys += 1;
    const request = {
      method,
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

/** Each charge counts as refunded what was released of it and what was given back of it. */
function checkRefunds(ledger: Ledger): void {
  const refunds = [...ledger.refunds.oldestFirst()];
  const types = [...ledger.events.oldestFirst()].map(
    ({ type, data }) => `${type} ${data.object.id}`,
  );
  for (const charge of ledger.charges.oldestFirst()) {
    const live = refunds.filter(
      (refund) => refund.charge === charge.id && refund.status !== 'failed',
    );
    const given = live.reduce((sum, { amount }) => sum + amount, 0);
    hold(given <= charge.amount_captured, `${charge.id} gave back no more than it took`);
    const released = charge.captured ? charge.amount - charge.amount_captured : 0;
    hold(
      !charge.captured || charge.amount_refunded === released + given,
      `${charge.id} counts its refunds`,
    );
    hold(charge.captured || given === 0, `${charge.id} gave back nothing that it only held`);
  }
  for (const { id, status } of refunds) {
    const count = (type: string): number => types.filter((one) => one === `${type} ${id}`).length;
    hold(count('refund.created') === 1, `${id} was created once`);
    hold(count('refund.failed') === (status === 'failed' ? 1 : 0), `${id} tells its failure once`);
  }
}

function checkCards(ledger: Ledger): void {
  for (const { id, customer: owner, type } of ledger.paymentMethods.oldestFirst()) {
    hold(owner === null || type === 'card', `${id} was not presented and attached`);
    hold(
      owner === null || ledger.spentPaymentMethods.get(id) === undefined,
      `${id} is spent or somebody's, not both`,
    );
    hold(
      typeof owner !== 'string' || ledger.customers.get(owner) !== undefined,
      `${id} belongs to a customer who is there`,
    );
  }
  for (const { id, invoice_settings: settings } of ledger.customers.oldestFirst()) {
    hold(settings.default_payment_method === null, `${id} was given no default`);
  }
}

test('no order of payments, refunds, disputes and kept cards breaks the books', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const driver = new Driver();
      for (const step of sequence) {
        driver.take(step);
        checkRefunds(driver.ledger);
        checkCards(driver.ledger);
      }
    }),
    { numRuns: 200 },
  );
});

test('a ledger that was put back from its snapshot holds the same and goes on alike', () => {
  fc.assert(
    fc.property(steps, fc.nat(60), (sequence, at) => {
      const driver = new Driver();
      for (const step of sequence.slice(0, at)) {
        driver.take(step);
      }
      const restored = driver.restored();
      const held = (model: TrainingStripe): string => JSON.stringify([...model.snapshot()]);
      hold(held(restored) === held(driver.model), 'the snapshot holds everything');

      driver.clock.advance(7 * 86_400_000);
      comeDue(driver.ledger);
      comeDue(restored.ledger);

      const ends = ({ ledger }: TrainingStripe): string =>
        JSON.stringify([
          [...ledger.refunds.oldestFirst()].map(({ id, status }) => [id, status]),
          [...ledger.charges.oldestFirst()].map(({ id, amount_refunded: back, disputed }) => [
            id,
            back,
            disputed,
          ]),
          [...ledger.paymentIntents.oldestFirst()].map(({ id, status }) => [id, status]),
        ]);
      hold(ends(restored) === ends(driver.model), 'what was still to come, comes');
    }),
    { numRuns: 100 },
  );
});
