import { describe, expect, it } from 'vitest';
import { attemptIdOf, chargeId } from '../../main/domain/ids.ts';
import type { SaleEvent } from '../../main/domain/sale-event.ts';
import { transition } from '../../main/domain/sale-transition.ts';
import { defaultWaitLimits, waitOf } from '../../main/domain/sale-waits.ts';
import { hasConnectivityTrouble, provedNotCharged, type Sale } from '../../main/domain/sale.ts';
import {
  after,
  answered,
  aSale,
  at,
  attemptOf,
  canceledFacts,
  captured,
  collected,
  declinedFacts,
  facts,
  held,
  noIntentInError,
  ourSale,
  read,
  saidDeclined,
  step,
} from '../support/fakes/sales.ts';

const kindsOf = (effects: readonly { readonly kind: string }[]): string[] =>
  effects.map((effect) => effect.kind);

describe('from review to the reader', () => {
  it('asks Stripe for one PaymentIntent when the customer confirms', () => {
    const { sale, effects } = step(at.review(), { kind: 'confirmed' });

    expect(sale.state).toBe('creating');
    expect(effects).toEqual([{ kind: 'payment_intent.create', ordinal: 1 }]);
  });

  it('takes a second tap on "pay" for nothing', () => {
    expect(transition(at.creating(), { kind: 'confirmed' }).kind).toBe('ignored');
  });

  it('is over at once, without a call, when the customer leaves the review', () => {
    const { sale, effects } = step(at.review(), { kind: 'customer_canceled' });

    expect(sale.state).toBe('canceled');
    expect(effects).toEqual([]);
  });

  it('asks the reader for a card once the PaymentIntent is there', () => {
    const { sale, effects } = step(at.creating(), {
      kind: 'payment_intent_created',
      paymentIntent: facts(),
    });

    expect(sale.state).toBe('presenting');
    expect(effects).toEqual([{ kind: 'reader.collect', attemptId: attemptIdOf(ourSale, 1) }]);
  });

  it('cancels a PaymentIntent that came back with another amount', () => {
    const { sale, effects } = step(at.creating(), {
      kind: 'payment_intent_created',
      paymentIntent: facts({ amount: 1 }),
    });

    expect(sale).toMatchObject({ state: 'canceling', cancelReason: 'amounts_disagree' });
    expect(kindsOf(effects)).toEqual(['payment_intent.cancel']);
  });

  it('touches nothing of a PaymentIntent that bears another kiosk’s name', () => {
    const { sale, effects } = step(at.creating(), {
      kind: 'payment_intent_created',
      paymentIntent: facts({ kioskId: 'kiosk_somebodyelse000' }),
    });

    expect(sale).toMatchObject({ state: 'needs_staff', staffReason: 'not_ours' });
    expect(effects).toEqual([]);
  });

  it('cancels the late PaymentIntent of a customer who would not wait', () => {
    const leaving = after(at.creating(), { kind: 'customer_canceled' });

    const { sale, effects } = step(leaving, {
      kind: 'payment_intent_created',
      paymentIntent: facts(),
    });

    expect(leaving.state).toBe('canceling');
    expect(sale.state).toBe('canceling');
    expect(effects).toEqual([{ kind: 'payment_intent.cancel', ordinal: 1, afterMs: 0 }]);
  });
});

describe('a create that brought no PaymentIntent', () => {
  it('ends the sale when Stripe refused the first and only try', () => {
    const sale = after(at.creating(), {
      kind: 'step_refused',
      step: 'create',
      code: 'amount_too_small',
      wasRepeated: false,
    });

    expect(sale).toMatchObject({ state: 'canceled', cancelReason: 'stripe_refused' });
  });

  it('looks first when an earlier try of the same create got no answer', () => {
    const { sale, effects } = step(after(at.creating(), { kind: 'unanswered' }), {
      kind: 'step_refused',
      step: 'create',
      code: 'api_key_expired',
      wasRepeated: false,
    });

    expect(sale.state).toBe('canceling');
    expect(effects).toEqual([{ kind: 'payment_intent.look_up' }]);
  });

  it('looks first when Stripe says that the key was used for something else', () => {
    const { effects } = step(at.creating(), {
      kind: 'step_refused',
      step: 'create',
      code: 'idempotency_error',
      wasRepeated: false,
    });

    expect(effects).toEqual([{ kind: 'payment_intent.look_up' }]);
  });

  it('looks, instead of creating a second one, after a server error', () => {
    const { sale, effects } = step(at.creating(), { kind: 'step_uncertain', step: 'create' });

    expect(sale.state).toBe('canceling');
    expect(effects).toEqual([{ kind: 'payment_intent.look_up' }]);
  });

  it('cancels what the look found', () => {
    const looking = after(at.creating(), { kind: 'step_uncertain', step: 'create' });

    const { sale, effects } = step(looking, {
      kind: 'payment_intent_looked_up',
      paymentIntent: facts(),
    });

    expect(sale.paymentIntent?.id).toBe('pi_0001');
    expect(kindsOf(effects)).toEqual(['payment_intent.cancel']);
  });

  it('ends the sale when a complete look found nothing', () => {
    const looking = after(at.creating(), { kind: 'step_uncertain', step: 'create' });

    expect(after(looking, { kind: 'payment_intent_looked_up', paymentIntent: null }).state).toBe(
      'canceled',
    );
  });
});

describe('while the card is awaited', () => {
  it('lets the customer cancel: the reader is freed and the PaymentIntent cancelled at Stripe', () => {
    const { sale, effects } = step(at.awaitingCard(), { kind: 'customer_canceled' });

    expect(sale.state).toBe('canceling');
    expect(kindsOf(effects)).toEqual(['reader.cancel', 'payment_intent.cancel']);
  });

  it('does not say "not charged" until the cancellation has been read', () => {
    expect(provedNotCharged(at.canceling())).toBe(false);
    expect(provedNotCharged(at.canceled())).toBe(true);
  });

  it('asks "still paying?" and gives up when nobody answers', () => {
    const asked = after(at.awaitingCard(), { kind: 'time_passed', wait: 'awaiting_card' });
    const { sale, effects } = step(asked, { kind: 'time_passed', wait: 'still_paying' });

    expect(asked.attempt?.stage).toBe('still_paying');
    expect(sale).toMatchObject({ state: 'canceling', cancelReason: 'timeout' });
    expect(kindsOf(effects)).toEqual(['reader.cancel', 'payment_intent.cancel']);
  });

  it('waits anew when the customer is still there', () => {
    const asked = after(at.awaitingCard(), { kind: 'time_passed', wait: 'awaiting_card' });

    expect(after(asked, { kind: 'extended' }).attempt?.stage).toBe('awaiting_card');
  });

  it('takes "cancelled on the reader" for the customer’s word', () => {
    const sale = at.awaitingCard();
    const { id: attemptId } = attemptOf(sale);

    for (const code of ['customer_canceled', 'canceled_by_customer']) {
      expect(after(sale, { kind: 'collect_failed', attemptId, code }).cancelReason).toBe(
        'customer_on_reader',
      );
    }
  });

  it('drops a late word of an earlier attempt', () => {
    const first = at.awaitingCard();
    const second = after(first, { kind: 'window_loaded' });

    expect(transition(second, collected(first)).kind).toBe('ignored');
    expect(second.attempt?.ordinal).toBe(2);
  });

  it('presents anew on the same PaymentIntent when the page was reloaded', () => {
    const { sale, effects } = step(at.awaitingCard(), { kind: 'window_loaded' });

    expect(sale.paymentIntent?.id).toBe('pi_0001');
    expect(effects).toEqual([{ kind: 'reader.collect', attemptId: attemptIdOf(ourSale, 2) }]);
  });

  it('charges nothing before the customer has said yes, where the studio asks', () => {
    const { sale, effects } = step(at.awaitingCard(), collected(at.awaitingCard(), true));

    expect(sale).toMatchObject({ state: 'presenting', attempt: { stage: 'card_read' } });
    expect(effects).toEqual([]);
    const accepted = step(sale, { kind: 'customer_accepted', attemptId: attemptOf(sale).id });
    expect(kindsOf(accepted.effects)).toEqual(['reader.process']);
  });
});

describe('the outcome of a card', () => {
  it('never takes the reader’s word for it: "processed" only wakes a read', () => {
    const sale = at.authorizing();
    const { sale: told, effects } = step(sale, answered(sale, { kind: 'processed' }));

    expect(told.state).toBe('authorizing');
    expect(effects).toEqual([{ kind: 'payment_intent.read', afterMs: 0 }]);
  });

  it('never takes the reader’s word for a decline either', () => {
    const sale = at.authorizing();
    const { sale: told, effects } = step(sale, answered(sale, saidDeclined));

    expect(told.state).toBe('authorizing');
    expect(provedNotCharged(told)).toBe(false);
    expect(kindsOf(effects)).toEqual(['payment_intent.read']);
  });

  it('captures a hold of the right amount once main has read it', () => {
    const sale = at.authorizing();
    const told = after(sale, answered(sale, { kind: 'processed' }));
    const { sale: authorized, effects } = step(told, read(held));

    expect(authorized.state).toBe('authorized');
    expect(effects).toEqual([{ kind: 'payment_intent.capture', ordinal: 1, afterMs: 0 }]);
  });

  it('hands a hold of another amount or currency to staff and captures nothing', () => {
    for (const odd of [
      facts({ status: 'requires_capture', amountCapturable: 2_799 }),
      facts({ status: 'requires_capture', amountCapturable: 28_000 }),
      facts({ status: 'requires_capture', amountCapturable: 2_800, currency: 'cad' }),
    ]) {
      const { sale, effects } = step(at.findingOut(), read(odd));

      expect(sale).toMatchObject({ state: 'needs_staff', staffReason: 'amounts_disagree' });
      expect(kindsOf(effects)).not.toContain('payment_intent.capture');
    }
  });

  it('offers another card on the same PaymentIntent after a decline', () => {
    const declined = at.declined();
    const { sale, effects } = step(declined, { kind: 'another_card_asked' });

    expect(declined).toMatchObject({ state: 'presenting', attempt: null, decline: 'declined' });
    expect(provedNotCharged(declined)).toBe(true);
    expect(sale.paymentIntent?.id).toBe('pi_0001');
    expect(kindsOf(effects)).toEqual(['reader.collect']);
  });

  it('does not take the last card’s decline for this card’s', () => {
    const second = after(at.declined(), { kind: 'another_card_asked' });
    const processing = after(second, collected(second));
    const failed = after(processing, answered(processing, saidDeclined));

    const sale = after(failed, read(declinedFacts('ch_failed1')));

    expect(sale).toMatchObject({ state: 'presenting', decline: null, attempt: { ordinal: 3 } });
    expect(provedNotCharged(sale)).toBe(false);
  });

  it('asks for a card anew when the refusal never reached the bank', () => {
    const sale = at.authorizing();
    const refused = after(sale, answered(sale, saidDeclined), read(facts()));

    expect(refused).toMatchObject({ state: 'presenting', decline: null, attempt: { ordinal: 2 } });
  });

  it('gives up a card that was cancelled on the reader instead of processing it again', () => {
    const sale = at.authorizing();
    const hint = { ...saidDeclined, code: 'canceled_by_customer' } as const;

    const canceled = after(sale, answered(sale, hint), read(facts()));

    expect(canceled).toMatchObject({ state: 'canceling', cancelReason: 'customer_on_reader' });
  });

  it('says "declined" only when the answer itself said so: one that was lost may hide a second try', () => {
    const sale = at.findingOut();

    const told = after(sale, read(declinedFacts()));

    expect(provedNotCharged(told)).toBe(false);
    expect(told).toMatchObject({ state: 'authorizing', attempt: { processCount: 2 } });
  });

  it('does not take a first refused tap for the outcome while the reader still asks for the PIN', () => {
    const sale = at.authorizing();
    const late = after(sale, { kind: 'time_passed', wait: 'authorizing' });

    const stillRunning = after(late, read(declinedFacts()));

    expect(stillRunning.state).toBe('finding_out');
    expect(provedNotCharged(stillRunning)).toBe(false);
  });

  it('believes "paid" only of a read that says succeeded with the whole amount', () => {
    expect(after(at.capturing(), read(captured)).state).toBe('paid');
    for (const odd of [
      facts({ status: 'succeeded', amountReceived: 2_799 }),
      facts({ status: 'succeeded', amountReceived: 2_800, currency: 'eur' }),
      facts({ status: 'succeeded', amountReceived: 0 }),
    ]) {
      expect(after(at.capturing(), read(odd))).toMatchObject({
        state: 'needs_staff',
        staffReason: 'amounts_disagree',
      });
    }
  });

  it('believes a back end that captured by itself', () => {
    expect(after(at.findingOut(), read(captured)).state).toBe('paid');
  });
});

describe('when the outcome is not known', () => {
  it('is finding out when the error held no PaymentIntent', () => {
    const sale = at.authorizing();
    const { sale: unknown, effects } = step(sale, answered(sale, noIntentInError));

    expect(unknown.state).toBe('finding_out');
    expect(effects).toEqual([{ kind: 'payment_intent.read', afterMs: 0 }]);
  });

  it('lets nobody cancel, retry or confirm while it finds out', () => {
    for (const kind of ['customer_canceled', 'another_card_asked', 'confirmed'] as const) {
      expect(transition(at.findingOut(), { kind }).kind).toBe('ignored');
      expect(transition(at.authorizing(), { kind }).kind).toBe('ignored');
    }
  });

  it('processes the same collected card again, twice at most, then cancels and reads', () => {
    let sale = at.findingOut();
    const commanded: number[] = [];
    for (let round = 0; round < 2; round += 1) {
      const again = step(sale, read(facts({ status: 'requires_confirmation' })));
      for (const effect of again.effects) {
        if (effect.kind === 'reader.process') commanded.push(effect.count);
      }
      sale = after(again.sale, answered(again.sale, noIntentInError));
    }
    const last = step(sale, read(facts({ status: 'requires_confirmation' })));

    expect(commanded).toEqual([2, 3]);
    expect(last.sale.state).toBe('canceling');
    expect(kindsOf(last.effects)).toEqual(['reader.cancel', 'payment_intent.cancel']);
  });

  it('does not process again when the page that held the card is gone', () => {
    const sale = after(at.findingOut(), { kind: 'window_loaded' });

    const { sale: next, effects } = step(sale, read(facts({ status: 'requires_confirmation' })));

    expect(next.state).toBe('canceling');
    expect(kindsOf(effects)).not.toContain('reader.process');
  });

  it('does not process again when the customer has left', () => {
    const left = after(
      at.findingOut(),
      { kind: 'time_passed', wait: 'lingering' },
      { kind: 'customer_left' },
    );

    expect(after(left, read(facts())).state).toBe('canceling');
  });

  it('takes requires_payment_method for "not yet" while a processPayment may still run', () => {
    const sale = after(at.authorizing(), { kind: 'time_passed', wait: 'authorizing' });
    const { sale: next, effects } = step(sale, read(facts()));

    expect(next.state).toBe('finding_out');
    expect(effects).toEqual([{ kind: 'payment_intent.read', afterMs: 1_000 }]);
  });

  it('cancels and reads before anything else is offered when the page was lost while authorizing', () => {
    const lost = after(at.authorizing(), { kind: 'window_loaded' });
    const { sale, effects } = step(lost, read(facts()));

    expect(lost.state).toBe('finding_out');
    expect(sale.state).toBe('canceling');
    expect(kindsOf(effects)).toContain('payment_intent.cancel');
  });

  it('does not ask for ever: in the end it cancels and reads', () => {
    let sale: Sale = after(at.authorizing(), { kind: 'time_passed', wait: 'authorizing' });
    let reads = 0;
    while (sale.state === 'finding_out' && reads < 200) {
      sale = after(sale, read(facts()));
      reads += 1;
    }

    expect(sale.state).toBe('canceling');
  });

  it('advises to look at the network after repeated silence, and says no more of it after an answer', () => {
    const silent = after(at.creating(), { kind: 'unanswered' }, { kind: 'unanswered' });

    expect(hasConnectivityTrouble(silent)).toBe(true);
    expect(
      hasConnectivityTrouble(
        after(silent, { kind: 'payment_intent_created', paymentIntent: facts() }),
      ),
    ).toBe(false);
  });
});

describe('a look for another reason while a card is being charged', () => {
  it('leaves the customer where they are', () => {
    const { sale, effects } = step(at.authorizing(), read(facts()));

    expect(sale.state).toBe('authorizing');
    expect(effects).toEqual([]);
  });

  it('is believed when it shows the hold already', () => {
    expect(step(at.authorizing(), read(held)).sale.state).toBe('authorized');
  });
});

describe('a hold that lapsed while the kiosk was off', () => {
  const lapsed = { ...canceledFacts, cancellationReason: 'automatic' };

  it('is told of, although nobody had read that it was there', () => {
    for (const sale of [at.authorizing(), at.findingOut(), at.capturing()]) {
      expect(step(sale, read(lapsed)).sale.state).toBe('expired');
    }
  });

  it('is no loss where it was to be released anyway', () => {
    expect(step(at.canceling(), read(lapsed)).sale.state).toBe('canceled');
  });
});

describe('capture and cancellation', () => {
  it('says "capturing" as soon as anything is known of the request', () => {
    expect(after(at.authorized(), { kind: 'unanswered' }).state).toBe('capturing');
    const answered = after(at.authorized(), { kind: 'step_done', step: 'capture' });
    expect(answered.state).toBe('capturing');
  });

  it('reads after a capture, whatever the answer to it was', () => {
    for (const event of [
      { kind: 'step_done', step: 'capture' },
      { kind: 'step_uncertain', step: 'capture' },
      {
        kind: 'step_refused',
        step: 'capture',
        code: 'payment_intent_unexpected_state',
        wasRepeated: false,
      },
    ] as const) {
      const { sale, effects } = step(at.capturing(), event);
      expect(sale.state).toBe('capturing');
      expect(effects).toEqual([{ kind: 'payment_intent.read', afterMs: 0 }]);
    }
  });

  it('repeats an uncertain capture under the next number only after a read has shown no effect', () => {
    const uncertain = after(at.capturing(), { kind: 'step_uncertain', step: 'capture' });
    const { sale, effects } = step(uncertain, read(held));

    expect(uncertain.ordinals.capture).toBe(1);
    expect(sale.ordinals.capture).toBe(2);
    expect(effects).toMatchObject([{ kind: 'payment_intent.capture', ordinal: 2 }]);
  });

  it('keeps the number when a read came between and no capture has been answered', () => {
    expect(after(at.capturing(), read(held)).ordinals.capture).toBe(1);
  });

  it('hands a refused capture to staff while the hold stands', () => {
    const refused = after(at.capturing(), {
      kind: 'step_refused',
      step: 'capture',
      code: 'capture_unauthorized_payment',
      wasRepeated: false,
    });

    expect(after(refused, read(held))).toMatchObject({
      state: 'needs_staff',
      staffReason: 'capture_refused',
    });
  });

  it('is paid when the "refused" capture had been carried out before', () => {
    const refused = after(at.capturing(), {
      kind: 'step_refused',
      step: 'capture',
      code: 'payment_intent_unexpected_state',
      wasRepeated: false,
    });

    expect(after(refused, read(captured)).state).toBe('paid');
  });

  it('is expired, and staff are told, when the hold lapsed before the capture', () => {
    expect(after(at.capturing(), read(canceledFacts)).state).toBe('expired');
  });

  it('repeats an uncertain cancellation while the PaymentIntent stands', () => {
    const uncertain = after(at.canceling(), { kind: 'step_uncertain', step: 'cancel' });

    expect(step(uncertain, read(facts())).effects).toMatchObject([
      { kind: 'payment_intent.cancel', ordinal: 2 },
    ]);
    expect(step(uncertain, read(held)).effects).toMatchObject([
      { kind: 'payment_intent.cancel', ordinal: 2 },
    ]);
  });

  it('tells staff when money was taken although the sale was cancelled here', () => {
    expect(after(at.canceling(), read(captured))).toMatchObject({
      state: 'needs_staff',
      staffReason: 'paid_after_cancel',
    });
  });
});

describe('after a crash', () => {
  it('ends a sale at review at once', () => {
    expect(after(at.review(), { kind: 'restarted' }).state).toBe('canceled');
  });

  it('lets the same create be answered, then cancels what it made', () => {
    const { sale, effects } = step(at.creating(), { kind: 'restarted' });

    expect(sale.state).toBe('canceling');
    expect(effects).toEqual([]);
    expect(
      kindsOf(step(sale, { kind: 'payment_intent_created', paymentIntent: facts() }).effects),
    ).toEqual(['payment_intent.cancel']);
  });

  it('cancels a sale whose card was awaited', () => {
    for (const sale of [at.presenting(), at.awaitingCard(), at.cardRead(), at.declined()]) {
      expect(kindsOf(step(sale, { kind: 'restarted' }).effects)).toContain('payment_intent.cancel');
    }
  });

  it('finds out what became of a card that was being charged', () => {
    for (const sale of [at.authorizing(), at.findingOut()]) {
      const { sale: next, effects } = step(sale, { kind: 'restarted' });
      expect(next).toMatchObject({ state: 'finding_out', attended: false });
      expect(effects).toEqual([{ kind: 'payment_intent.read', afterMs: 0 }]);
    }
  });

  it('captures the hold of a customer who had confirmed', () => {
    const back = after(at.authorizing(), { kind: 'restarted' });

    expect(step(back, read(held)).effects).toMatchObject([{ kind: 'payment_intent.capture' }]);
  });

  it('cancels and reads when nothing is held yet, because the card may still be on its way', () => {
    const back = after(at.authorizing(), { kind: 'restarted' });

    for (const paymentIntent of [
      facts(),
      facts({ status: 'requires_confirmation' }),
      declinedFacts(),
    ]) {
      const { sale, effects } = step(back, read(paymentIntent));
      expect(sale.state).toBe('canceling');
      expect(kindsOf(effects)).toContain('payment_intent.cancel');
    }
  });

  it('leaves a capture to the outbox, which has it already', () => {
    const { sale, effects } = step(at.capturing(), { kind: 'restarted' });

    expect(sale.state).toBe('capturing');
    expect(effects).toEqual([]);
  });
});

describe('a sale that has ended', () => {
  it('is left by nothing the reader, time or a restart can say, nor by a read that shows nothing new', () => {
    const forStaff = { ...at.needsStaff(), staffReason: 'capture_refused' as const };
    const ended = [at.paid(), at.canceled(), at.expired(), forStaff];
    for (const sale of ended) {
      if (sale.paymentIntent === null) throw new Error('each of them has its PaymentIntent');
      expect(transition(sale, read({ ...sale.paymentIntent })).kind).toBe('ignored');
      for (const event of [
        { kind: 'restarted' },
        { kind: 'unanswered' },
        { kind: 'customer_canceled' },
        { kind: 'confirmed' },
        { kind: 'read_refused' },
        { kind: 'time_passed', wait: 'lingering' },
        { kind: 'step_done', step: 'capture' },
      ] as const) {
        expect(transition(sale, event).kind).toBe('ignored');
      }
    }
  });

  it('goes to a person when Stripe shows money that it denies', () => {
    for (const sale of [at.canceled(), at.expired()]) {
      expect(step(sale, read(captured)).sale).toMatchObject({
        state: 'needs_staff',
        staffReason: 'paid_after_cancel',
      });
    }
    expect(step(at.paid(), read(held)).sale.state).toBe('needs_staff');
  });

  it('is theirs to decide again once the right key shows the PaymentIntent as ours', () => {
    const lost = at.needsStaff();
    expect(lost.staffReason).toBe('not_ours');
    const shown = lost.paymentIntent ?? facts();

    const { sale } = step(lost, read({ ...shown }));

    expect(sale.staffReason).toBe('stripe_refused');
  });

  it('keeps in mind what somebody else did to its payment, and stays paid', () => {
    const { sale, effects } = step(at.paid(), read({ ...captured, amountRefunded: 1_000 }));

    expect(sale.state).toBe('paid');
    expect(sale.paymentIntent?.amountRefunded).toBe(1_000);
    expect(effects).toEqual([]);
  });

  it('ends a PaymentIntent of its own that was thought never made', () => {
    const never = after(aSale(), { kind: 'customer_canceled' });
    const found: SaleEvent = { kind: 'payment_intent_found', paymentIntent: facts() };
    const { sale, effects } = step(never, found);

    expect(sale.state).toBe('canceling');
    expect(effects).toContainEqual({ kind: 'payment_intent.cancel', ordinal: 1, afterMs: 0 });
  });

  it('lets the customer leave, and that changes nothing about the money', () => {
    const { sale, effects } = step(at.paid(), { kind: 'customer_left' });

    expect(sale.state).toBe('paid');
    expect(effects).toEqual([]);
  });

  it('belongs to staff when the PaymentIntent is not ours', () => {
    const odd = { ...held, latestChargeId: chargeId('ch_0002'), saleId: 'sale_other00000000' };

    expect(after(at.findingOut(), read(odd))).toMatchObject({
      state: 'needs_staff',
      staffReason: 'not_ours',
    });
  });
});

describe('a reader that main leads', () => {
  const attemptId = attemptIdOf(ourSale, 1);
  const led = (steps: 'one_step' | 'two_step' = 'one_step'): Sale =>
    after(
      at.presenting(),
      { kind: 'reader_called', attemptId, steps },
      { kind: 'reader_prompted', attemptId },
    );
  const finished = (code: string): SaleEvent => ({
    kind: 'reader_finished',
    attemptId,
    hint: {
      kind: 'failed',
      code,
      declineCode: null,
      paymentIntentStatus: 'requires_payment_method',
    },
  });

  it('and that did not answer is left for the spare once, which has as long to wake', () => {
    const moved: SaleEvent = { kind: 'reader_moved', attemptId };
    const called = after(at.presenting(), { kind: 'reader_called', attemptId, steps: 'one_step' });
    const atSpare = after(called, moved);

    expect(atSpare.attempt).toMatchObject({ id: attemptId, stage: 'sent', atSpare: true });
    expect(atSpare.attempt).not.toHaveProperty('serverDriven');
    expect(waitOf(atSpare, defaultWaitLimits)?.name).toBe('waking_reader');
    expect(waitOf(atSpare, defaultWaitLimits)?.token).not.toBe(
      waitOf(called, defaultWaitLimits)?.token,
    );
    expect(transition(atSpare, moved).kind).toBe('ignored');
    expect(transition(led(), moved).kind).toBe('ignored');
  });

  it('is not disturbed by a page that is loaded anew', () => {
    expect(transition(led(), { kind: 'window_loaded' }).kind).toBe('ignored');
  });

  it('is believed neither when it says that it charged the card, nor when it says that it did not', () => {
    const charged = step(led(), {
      kind: 'reader_finished',
      attemptId,
      hint: { kind: 'processed' },
    });
    const declined = step(led(), finished('card_declined'));

    for (const { sale, effects } of [charged, declined]) {
      expect(sale.state).toBe('authorizing');
      expect(effects).toEqual([{ kind: 'payment_intent.read', afterMs: 0 }]);
    }
  });

  it('says nothing of an attempt that the page leads', () => {
    expect(transition(at.presenting(), finished('card_declined')).kind).toBe('ignored');
  });

  it('lost its prompt to another till: one read, and it may be tried again on the same PaymentIntent', () => {
    const replaced = after(led(), finished('prompt_replaced'));
    expect(replaced.state).toBe('finding_out');

    const { sale, effects } = step(replaced, read(facts()));

    expect(sale).toMatchObject({
      state: 'presenting',
      attempt: null,
      decline: 'prompt_replaced',
    });
    expect(effects).toEqual([]);
    // No bank was heard: the next card is offered, and nothing is promised.
    expect(provedNotCharged(sale)).toBe(false);
  });

  it('lost its connection: ten reads show no charge before it may be tried again', () => {
    let sale = after(led(), finished('connection_error'));
    for (let reads = 0; reads < 10; reads += 1) {
      sale = after(sale, read(facts()));
      expect(provedNotCharged(sale)).toBe(false);
    }

    expect(after(sale, read(facts()))).toMatchObject({ decline: 'connection_lost' });
    expect(after(sale, read(held)).state).toBe('authorized');
  });

  it('could not read the card: it is asked again by the customer, and not by itself', () => {
    const { sale, effects } = step(after(led(), finished('card_read_failed')), read(facts()));

    expect(sale).toMatchObject({ state: 'presenting', attempt: null, decline: 'not_read' });
    expect(effects).toEqual([]);
  });

  it('is looked at after a restart before a card that it may have charged is given up', () => {
    const { sale, effects } = step(led(), { kind: 'restarted' });

    expect(sale.state).toBe('finding_out');
    expect(kindsOf(effects)).toEqual(['reader.cancel', 'payment_intent.read']);
    expect(after(sale, read(held)).state).toBe('authorized');
    expect(after(sale, read(facts())).state).toBe('finding_out');
    const gone = after(sale, finished('canceled'), read(facts()));
    expect(gone).toMatchObject({ state: 'canceling', cancelReason: 'kiosk_restarted' });
  });

  it('asks for no card any more while it is found out what became of it after a restart', () => {
    const sale = after(led(), { kind: 'restarted' });
    const { attempt } = sale;
    const attemptId = attempt!.id;

    for (const event of [
      { kind: 'card_collected', attemptId, askFirst: false },
      { kind: 'collect_failed', attemptId, code: 'network_error' },
      { kind: 'reader_moved', attemptId },
      { kind: 'reader_called', attemptId, steps: 'one_step' },
      { kind: 'reader_prompted', attemptId },
    ] as const) {
      expect(transition(sale, event).kind, event.kind).toBe('ignored');
    }
  });

  it('is given up after a restart where it only reads the card and charges nothing', () => {
    expect(after(led('two_step'), { kind: 'restarted' })).toMatchObject({
      state: 'canceling',
      cancelReason: 'kiosk_restarted',
    });
  });
});
