import { describe, expect, it } from 'vitest';
import { cardPaymentView } from '../../main/ipc/card-payment-view.ts';
import { type Reach, StripeReach } from '../../main/services/stripe-reach.ts';
import type { ReaderStatus } from '../../preload/contract/reader.ts';
import { busy, denied, done, refused, uncertain } from '../support/fakes/fake-payments.ts';

const connected: ReaderStatus = {
  connection: 'connected',
  payment: 'ready',
  label: 'Front desk',
  problem: null,
};
const away: ReaderStatus = { ...connected, connection: 'not_connected', label: null };
const troubles = ['unreachable', 'not_stripe', 'denied', 'forbidden'] as const;
const systems = ['Mariana Tek', 'Commerce Layer', 'Payments portal'] as const;

function at(system: string, needsNoReader = false) {
  return { system, needsNoReader };
}

describe.each(systems)('behind %s', (system) => {
  it.each(troubles)('“%s” is a sentence of its own, in the system’s name', (reach) => {
    const { state, sentence } = cardPaymentView(reach, connected, at(system));

    expect(state).toBe('unavailable');
    expect(sentence).toContain(system);
    expect(sentence).not.toContain('Stripe');
    const others = troubles.filter((other) => other !== reach);
    expect(
      others.map((other) => cardPaymentView(other, connected, at(system)).sentence),
    ).not.toContain(sentence);
  });

  it.each(['not_tried', 'reached'] as const)('“%s” is no trouble', (reach) => {
    expect(cardPaymentView(reach, connected, at(system))).toEqual({
      state: 'ready',
      sentence: null,
      readerLabel: 'Front desk',
    });
  });

  it('a missing connection token is looked for there, not at Stripe', () => {
    const reader = { ...away, problem: 'failed_fetch_connection_token' };
    const { sentence } = cardPaymentView('reached', reader, at(system));

    expect(sentence).toContain(system);
    expect(sentence).not.toContain('Stripe');
  });
});

describe('a reader that connects only for an order', () => {
  it.each([
    away,
    { ...away, connection: 'connecting' as const },
    { ...away, problem: 'no_reader_found' },
    { ...away, problem: 'failed_fetch_connection_token' },
  ])('is not missed while none is paid (%o)', (reader) => {
    for (const reach of ['not_tried', 'reached'] as const) {
      expect(cardPaymentView(reach, reader, at('Mariana Tek', true))).toMatchObject({
        state: 'ready',
        sentence: null,
      });
    }
  });

  it.each(troubles)('does not hide that the system is “%s”', (reach) => {
    expect(cardPaymentView(reach, away, at('Mariana Tek', true)).state).toBe('unavailable');
  });

  it('is waited for, and missed, once an order is being paid', () => {
    expect(cardPaymentView('reached', away, at('Mariana Tek')).state).toBe('connecting');
    const lost = { ...away, problem: 'no_reader_found' };
    expect(cardPaymentView('reached', lost, at('Mariana Tek')).state).toBe('unavailable');
  });
});

describe('behind direct Stripe', () => {
  it.each(troubles)('“%s” is told of Stripe', (reach) => {
    expect(cardPaymentView(reach, connected).sentence).toContain('Stripe');
  });

  it('a reader that is not connected is waited for', () => {
    expect(cardPaymentView('reached', away).state).toBe('connecting');
  });
});

describe('what an answer says of the system', () => {
  it.each([
    ['a token that is not valid', denied, 'denied'],
    ['a token without the right', { kind: 'denied', status: 403, code: 'forbidden' }, 'forbidden'],
    ['nobody', { kind: 'unanswered', code: 'no_connection' }, 'unreachable'],
    ['another server', { kind: 'unanswered', code: 'not_json' }, 'not_stripe'],
    ['a server’s error', uncertain, 'unreachable'],
    ['a refusal', refused('unprocessable'), 'reached'],
    ['a wish to be left alone', busy, 'reached'],
    ['an answer', done(null), 'reached'],
  ] as const)('%s', (_, answer, reach: Reach) => {
    const heard = new StripeReach(() => undefined);

    heard.heard(answer);

    expect(heard.now).toBe(reach);
  });

  it('a call that we gave up says nothing', () => {
    const heard = new StripeReach(() => undefined);

    heard.heard({ kind: 'unanswered', code: 'aborted' });

    expect(heard.now).toBe('not_tried');
  });

  it('is told once for each change, with what was known before', () => {
    const told: Reach[] = [];
    const heard = new StripeReach((was) => told.push(was));

    for (const answer of [done(null), done(null), denied, denied, done(null)]) heard.heard(answer);

    expect(told).toEqual(['not_tried', 'reached', 'denied']);
  });
});
