import { describe, expect, it } from 'vitest';
import {
  chargeId,
  consentId,
  customerId,
  memberKey,
  paymentIntentId,
  paymentMethodId,
} from '../../main/domain/ids.ts';
import { transition } from '../../main/domain/sale-transition.ts';
import type { SaleEvent } from '../../main/domain/sale-event.ts';
import { defaultWaitLimits, waitOf } from '../../main/domain/sale-waits.ts';
import {
  awaitsStep,
  isPending,
  mayLeave,
  provedNotCharged,
  type Sale,
  type StoredCard,
} from '../../main/domain/sale.ts';
import {
  after,
  aSale,
  at,
  canceledFacts,
  captured,
  declinedFacts,
  facts,
  held,
  read,
  step,
} from '../support/fakes/sales.ts';

const member = memberKey(`member_${'a'.repeat(32)}`);
const keeping = { memberKey: member, consentId: consentId('consent_0mi1kqbas00c0nsent') };
const card: StoredCard = {
  paymentMethodId: paymentMethodId('pm_0001'),
  customerId: customerId('cus_0001'),
  memberKey: member,
  brand: 'visa',
  last4: '4242',
  mayWaitUntilMs: null,
};
const waitingCard: StoredCard = { ...card, mayWaitUntilMs: 86_400_000 };

function creating(storedCard: StoredCard): Sale {
  return after(aSale(), { kind: 'stored_card_chosen', storedCard }, { kind: 'confirmed' });
}

function charging(storedCard: StoredCard = card): Sale {
  return after(creating(storedCard), { kind: 'payment_intent_created', paymentIntent: facts() });
}

const refusedByBank: SaleEvent = {
  kind: 'step_refused',
  step: 'confirm',
  code: 'card_declined',
  wasRepeated: false,
};

function declinedAt(sale: Sale, code = 'card_declined'): Sale {
  return after(sale, refusedByBank, read(declinedFacts('ch_failed1', code)));
}

describe('the wish to keep a card', () => {
  it('is told at review only, and can be taken back there', () => {
    const wished = after(aSale(), { kind: 'keeping_chosen', keeping });
    expect(wished.keeping).toEqual(keeping);
    const takenBack = after(wished, { kind: 'keeping_chosen', keeping: null });
    expect('keeping' in takenBack).toBe(false);
    expect(transition(at.presenting(), { kind: 'keeping_chosen', keeping }).kind).toBe('ignored');
  });

  it('becomes work only when the payment was read as captured, after it and once', () => {
    const wished = { ...at.capturing(), keeping };
    const { sale, effects } = step(wished, read(captured));
    expect(sale.state).toBe('paid');
    expect(effects).toEqual([{ kind: 'card.save', ordinal: 1, afterMs: 0 }]);
    expect(transition(sale, read(captured)).kind).toBe('ignored');
  });

  it('comes to nothing with a sale that is cancelled, expired, or handed to staff', () => {
    const canceled = step({ ...at.canceling(), keeping }, read(canceledFacts));
    const expired = step({ ...at.capturing(), keeping }, read(canceledFacts));
    const late = step({ ...at.canceling(), keeping }, read(captured));
    expect(canceled.sale.state).toBe('canceled');
    expect(expired.sale.state).toBe('expired');
    expect(late.sale.state).toBe('needs_staff');
    for (const { effects } of [canceled, expired, late]) {
      expect(effects.map(({ kind }) => kind)).not.toContain('card.save');
    }
  });

  it('leaves work to take the card off where a hold was made all the same', () => {
    const released = { ...canceledFacts, latestChargeId: held.latestChargeId };
    const canceled = step({ ...at.canceling(), keeping }, read(released));
    const expired = step({ ...at.capturing(), keeping }, read(released));
    const late = after({ ...at.canceling(), keeping }, read(captured));
    const words = { by: 'Ada', why: 'given back at Stripe' };
    const closed = step(late, { kind: 'staff_decided', decision: 'close', ...words });
    for (const { effects } of [canceled, expired, closed]) {
      expect(effects).toContainEqual({ kind: 'card.save', ordinal: 1, afterMs: 0 });
    }
  });

  it('is carried out when staff accept a payment that the file did not expect', () => {
    const late = after({ ...at.canceling(), keeping }, read(captured));
    const accepted = step(late, {
      kind: 'staff_decided',
      decision: 'accept',
      by: 'Ada',
      why: 'she has the pass',
    });
    expect(accepted.effects).toEqual([{ kind: 'card.save', ordinal: 1, afterMs: 0 }]);
  });
});

describe('a charge that waits for longer than a key is kept', () => {
  const uncertain: SaleEvent = { kind: 'step_uncertain', step: 'create' };

  it('is looked for, and asked for under the next number where none was made', () => {
    const looking = step(creating(waitingCard), uncertain);
    expect(looking.sale.state).toBe('creating');
    expect(looking.effects).toEqual([{ kind: 'payment_intent.look_up' }]);

    const none: SaleEvent = { kind: 'payment_intent_looked_up', paymentIntent: null };
    const again = step(looking.sale, none);
    expect(again.sale.state).toBe('creating');
    expect(again.effects).toEqual([{ kind: 'payment_intent.create', ordinal: 2 }]);
  });

  it('is made once where it was made already', () => {
    const looking = after(creating(waitingCard), uncertain);
    const found = step(looking, { kind: 'payment_intent_looked_up', paymentIntent: facts() });
    expect(found.sale.state).toBe('authorizing');
    expect(found.effects.map(({ kind }) => kind)).toEqual(['payment_intent.confirm']);
  });

  it('ends while it is looked for, once its wait is over', () => {
    const looking = after(creating(waitingCard), uncertain, { kind: 'wait_lapsed' });
    const none: SaleEvent = { kind: 'payment_intent_looked_up', paymentIntent: null };
    expect(after(looking, none)).toMatchObject({ state: 'canceled', cancelReason: 'wait_expired' });
  });

  it('is given up where it may not wait', () => {
    expect(after(creating(card), uncertain).state).toBe('canceling');
  });
});

describe('a card on file', () => {
  it('is charged without a reader, once the PaymentIntent is known', () => {
    const { sale, effects } = step(creating(card), {
      kind: 'payment_intent_created',
      paymentIntent: facts({ acceptsCardPresent: false }),
    });
    expect(sale).toMatchObject({ state: 'authorizing', attempt: null });
    expect(effects).toEqual([{ kind: 'payment_intent.confirm', ordinal: 1, afterMs: 0 }]);
    expect(awaitsStep(sale, 'confirm')).toBe(true);
  });

  it('has paid only when that was read, whatever the confirmation answered', () => {
    const { sale, effects } = step(charging(), { kind: 'step_done', step: 'confirm' });
    expect(sale.state).toBe('authorizing');
    expect(effects).toEqual([{ kind: 'payment_intent.read', afterMs: 0 }]);
    expect(after(sale, read(captured)).state).toBe('paid');
  });

  it('is not charged a second time while nobody knows of the first', () => {
    const waiting = after(charging(), { kind: 'unanswered' });
    expect(waiting.ordinals.confirm).toBe(1);
    expect(step(waiting, read(facts())).effects).toEqual([]);
  });

  it('is asked for under a new key only after a read has shown no trace of the first', () => {
    const uncertain = after(charging(), { kind: 'step_uncertain', step: 'confirm' });
    const { sale, effects } = step(uncertain, read(facts()));
    expect(sale.ordinals.confirm).toBe(2);
    expect(effects).toMatchObject([{ kind: 'payment_intent.confirm', ordinal: 2 }]);
    // Where a trace is there, it decides.
    expect(after(uncertain, read(declinedFacts())).state).toBe('presenting');
    expect(after(uncertain, read(captured)).state).toBe('paid');
  });

  it('that is declined leaves the sale to be paid in person, and that nothing was charged is proved', () => {
    const declined = declinedAt(charging());
    expect(declined).toMatchObject({ state: 'presenting', attempt: null, decline: 'declined' });
    expect(provedNotCharged(declined)).toBe(true);
  });

  it('for which the bank wants its holder says so', () => {
    expect(
      after(
        charging(),
        refusedByBank,
        read(
          facts({
            lastPaymentError: { code: 'authentication_required', declineCode: null },
            latestChargeId: chargeId('ch_0002'),
          }),
        ),
      ).decline,
    ).toBe('authentication_required');
    expect(after(charging(), read(facts({ status: 'requires_action' }))).decline).toBe(
      'authentication_required',
    );
  });

  it('that is declined while nobody stands there ends the sale, and no reader asks for a card', () => {
    const alone: Sale = { ...charging(waitingCard), attended: false };
    const { sale, effects } = step(after(alone, refusedByBank), read(declinedFacts()));
    expect(sale).toMatchObject({ state: 'canceling', cancelReason: 'card_declined' });
    expect(effects).toEqual([{ kind: 'payment_intent.cancel', ordinal: 1, afterMs: 0 }]);
  });

  it('is not charged any more once its consent is gone', () => {
    for (const sale of [creating(card), charging()]) {
      const given = after(sale, { kind: 'consent_missing' });
      expect(given).toMatchObject({ state: 'canceling', cancelReason: 'consent_revoked' });
      expect(awaitsStep(given, 'confirm')).toBe(false);
    }
    expect(transition(at.authorizing(), { kind: 'consent_missing' }).kind).toBe('ignored');
  });

  it('whose consent went while its create was unanswered looks whether that was carried out', () => {
    const unanswered = after(creating(waitingCard), { kind: 'unanswered' });
    for (const sale of [unanswered, after(unanswered, { kind: 'wait_lapsed' })]) {
      const { effects } = step(sale, { kind: 'consent_missing' });
      expect(effects).toEqual([{ kind: 'payment_intent.look_up' }]);
    }
  });
});

describe('paying in person after a card on file was declined', () => {
  const asked = after(declinedAt(charging()), { kind: 'another_card_asked' });

  it('cancels the first PaymentIntent and makes no second before that was read', () => {
    expect(asked.state).toBe('canceling');
    const done = step(asked, { kind: 'step_done', step: 'cancel' });
    expect(done.effects).toEqual([{ kind: 'payment_intent.read', afterMs: 0 }]);
    const { sale, effects } = step(done.sale, read(canceledFacts));
    expect(sale).toMatchObject({ state: 'creating', paymentIntent: null, cancelReason: null });
    expect(effects).toEqual([{ kind: 'payment_intent.create', ordinal: 2 }]);
    expect('storedCard' in sale).toBe(false);
  });

  it('goes on at the reader with the new PaymentIntent', () => {
    const anew = after(asked, read(canceledFacts));
    const second = facts({ id: paymentIntentId('pi_0002') });
    const { sale, effects } = step(anew, { kind: 'payment_intent_created', paymentIntent: second });
    expect(sale).toMatchObject({ state: 'presenting', attempt: { ordinal: 1 } });
    expect(effects.map(({ kind }) => kind)).toEqual(['reader.collect']);
  });

  it('takes the former PaymentIntent for no answer to the second create', () => {
    const lost = after(
      after(asked, read(canceledFacts)),
      { kind: 'time_passed', wait: 'starting' },
      { kind: 'step_uncertain', step: 'create' },
    );
    expect(
      transition(lost, { kind: 'payment_intent_found', paymentIntent: canceledFacts }).kind,
    ).toBe('ignored');
    expect(
      after(lost, { kind: 'payment_intent_looked_up', paymentIntent: canceledFacts }).state,
    ).toBe('canceled');
  });

  it('ends with the first when the customer has gone meanwhile', () => {
    const gone = after(
      asked,
      { kind: 'time_passed', wait: 'lingering' },
      { kind: 'customer_left' },
      read(canceledFacts),
    );
    expect(gone).toMatchObject({ state: 'canceled', paymentIntent: { status: 'canceled' } });
  });

  it('is a person’s matter when the first was charged after all', () => {
    expect(after(asked, read(captured))).toMatchObject({
      state: 'needs_staff',
      staffReason: 'paid_after_cancel',
    });
  });
});

describe('a charge that waits for the network', () => {
  it('is found out about and then given up where it may not wait', () => {
    const late = after(charging(), { kind: 'time_passed', wait: 'authorizing' });
    expect(late.state).toBe('finding_out');
    expect(awaitsStep(late, 'confirm')).toBe(false);
    expect(after(late, read(captured)).state).toBe('paid');
    expect(after(late, read(facts()))).toMatchObject({
      state: 'canceling',
      cancelReason: 'stripe_unavailable',
    });
  });

  it('is pending, and nothing else, where it may', () => {
    for (const sale of [creating(waitingCard), charging(waitingCard)]) {
      expect(waitOf(sale, defaultWaitLimits)?.name).toBe('lingering');
      expect(isPending(sale)).toBe(false);
      const lingering = after(sale, { kind: 'time_passed', wait: 'lingering' });
      expect(isPending(lingering)).toBe(true);
      expect(mayLeave(lingering)).toBe(true);
      const left = after(lingering, { kind: 'customer_left' });
      expect(isPending(left)).toBe(true);
      expect(waitOf(left, defaultWaitLimits)).toBe(null);
    }
  });

  it('goes on after a restart, under the same key', () => {
    for (const sale of [creating(waitingCard), charging(waitingCard)]) {
      const { sale: again, effects } = step(sale, { kind: 'restarted' });
      expect(again).toMatchObject({ state: sale.state, attended: false });
      expect(effects).toEqual([]);
    }
    const alone = after(creating(waitingCard), { kind: 'restarted' });
    expect(after(alone, { kind: 'payment_intent_created', paymentIntent: facts() }).state).toBe(
      'authorizing',
    );
  });

  it('ends when its time is over, and only a read says so', () => {
    const lapsed = step(charging(waitingCard), { kind: 'wait_lapsed' });
    expect(lapsed.sale).toMatchObject({ state: 'canceling', cancelReason: 'wait_expired' });
    expect(after(lapsed.sale, read(canceledFacts)).state).toBe('canceled');
    expect(transition(charging(), { kind: 'wait_lapsed' }).kind).toBe('ignored');
  });

  it('is taken up again by a read where its work is gone', () => {
    const { sale, effects } = step(charging(waitingCard), { kind: 'work_missing' });
    expect(sale.unsettledStep).toEqual({ step: 'confirm', how: 'unproved' });
    expect(effects).toEqual([{ kind: 'payment_intent.read', afterMs: 0 }]);
    expect(after(sale, read(facts())).ordinals.confirm).toBe(2);
  });
});

describe('taking a part of a hold', () => {
  it('takes what staff decided, and that is what must be received', () => {
    const waiting = after(at.capturing(), { kind: 'read_refused' });
    const sale: Sale = { ...waiting, staffReason: 'amounts_disagree', paymentIntent: held };
    const decided: SaleEvent = {
      kind: 'staff_decided',
      decision: 'capture_part',
      amount: 1_000,
      by: 'Ada',
      why: 'one of two came',
    };
    const part = step(sale, decided);
    expect(part.sale).toMatchObject({ state: 'authorized', captureAmount: 1_000 });
    expect(after(part.sale, read({ ...captured, amountReceived: 1_000 })).state).toBe('paid');
    expect(after(part.sale, read(captured)).state).toBe('needs_staff');
    for (const amount of [0, 2_801]) {
      expect(transition(sale, { ...decided, amount }).kind).toBe('ignored');
    }
  });
});
