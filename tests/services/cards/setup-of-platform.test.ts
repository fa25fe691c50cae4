import { describe, expect, it } from 'vitest';
import {
  type CardSetup,
  newSetup,
  type SetupIntentFacts,
} from '../../../main/domain/card-setup.ts';
import { type SetupEvent, setupTransition } from '../../../main/domain/card-setup-transition.ts';
import { consentId, memberKey, setupId, setupIntentId } from '../../../main/domain/ids.ts';
import { ourKiosk } from '../../support/fakes/sales.ts';
import { tapped } from './fake-store.ts';

const begun = newSetup({
  id: setupId('setup_000000000001'),
  kioskId: ourKiosk,
  memberKey: memberKey(`member_${'0'.repeat(32)}`),
  consentId: consentId('consent_000000000001'),
});

const nobodys: SetupIntentFacts = {
  id: setupIntentId('seti_0001'),
  status: 'requires_payment_method',
  customerId: null,
  lastError: null,
  latestAttemptId: null,
  generatedCard: null,
  wallet: null,
  setupId: begun.id,
  kioskId: ourKiosk,
};

function after(setup: CardSetup, ...events: readonly SetupEvent[]): CardSetup {
  return events.reduce((before, event) => {
    const step = setupTransition(before, event);
    return step.kind === 'moved' ? step.setup : before;
  }, setup);
}

const made: SetupEvent = {
  kind: 'setup_intent_created',
  setupIntent: nobodys,
  keptBy: 'platform',
};
const abandoned: SetupEvent = { kind: 'abandoned', reason: 'stripe_unavailable' };
const agreed: SetupEvent = {
  kind: 'setup_intent_read',
  setupIntent: { ...nobodys, status: 'succeeded', generatedCard: tapped },
};

describe('a SetupIntent that belongs to no Customer', () => {
  it('is collected for where the system knows whose it is', () => {
    expect(after(begun, made).state).toBe('presenting');
  });

  it('is given up where a Customer should have it', () => {
    const setup = after(begun, { kind: 'setup_intent_created', setupIntent: nobodys });

    expect(setup).toMatchObject({ state: 'canceling', cancelReason: 'stripe_refused' });
  });

  it('is given up by a kiosk whose setup it is not', () => {
    const setupIntent = { ...nobodys, setupId: 'setup_000000000002' };
    const setup = after(begun, { kind: 'setup_intent_created', setupIntent, keptBy: 'platform' });

    expect(setup.state).toBe('canceling');
  });
});

describe('a setup that is abandoned', () => {
  it('is over, and keeps the reason for which it was given up before', () => {
    expect(after(begun, abandoned)).toMatchObject({
      state: 'canceled',
      cancelReason: 'stripe_unavailable',
    });
    expect(after(begun, made, { kind: 'customer_canceled' }, abandoned)).toMatchObject({
      state: 'canceled',
      cancelReason: 'customer',
    });
  });

  it('withdraws the prompt from the reader', () => {
    const presenting = after(begun, made);
    const step = setupTransition(presenting, abandoned);

    expect(step.kind === 'moved' ? step.effects : []).toEqual([
      { kind: 'reader.cancel', attemptId: presenting.attempt?.id },
    ]);
  });

  it('is none whose card is being kept', () => {
    expect(after(begun, made, agreed, abandoned).state).toBe('saving');
  });
});

describe('a keeping whose outcome is not known', () => {
  it('ends the setup without saying that the card was not kept', () => {
    expect(after(begun, made, agreed, { kind: 'keeping_unknown' })).toMatchObject({
      state: 'not_kept',
      failure: null,
      cardId: null,
    });
  });

  it('means nothing to a setup that keeps no card yet', () => {
    expect(after(begun, made, { kind: 'keeping_unknown' }).state).toBe('presenting');
  });
});
