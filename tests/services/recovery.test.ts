import { expect, it } from 'vitest';
import type { SaleEvent } from '../../main/domain/sale-event.ts';
import type { SaleState } from '../../main/domain/sale.ts';
import { recover } from '../../main/services/recovery.ts';
import { endRows, openDesk, storeLife } from '../support/fakes/desk.ts';
import { done, FakePayments, live, refused } from '../support/fakes/fake-payments.ts';
import { keptLog } from '../support/fakes/kept-log.ts';
import {
  aSale,
  answered,
  at,
  canceledFacts,
  captured,
  collected,
  declinedFacts,
  facts,
  held,
  noIntentInError,
  read,
  saidDeclined,
} from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();

const review: readonly SaleEvent[] = [];
const creating: readonly SaleEvent[] = [...review, { kind: 'confirmed' }];
const presenting: readonly SaleEvent[] = [
  ...creating,
  { kind: 'payment_intent_created', paymentIntent: facts() },
];
const authorizing: readonly SaleEvent[] = [...presenting, collected(at.presenting())];
const findingOut: readonly SaleEvent[] = [
  ...authorizing,
  answered(at.authorizing(), noIntentInError),
];
const declined: readonly SaleEvent[] = [
  ...authorizing,
  answered(at.authorizing(), saidDeclined),
  read(declinedFacts()),
];
const authorized: readonly SaleEvent[] = [...findingOut, read(held)];
const capturing: readonly SaleEvent[] = [...authorized, { kind: 'unanswered' }];
const canceling: readonly SaleEvent[] = [...presenting, { kind: 'customer_canceled' }];

interface Case {
  readonly was: SaleState;
  readonly life: readonly SaleEvent[];
  readonly stripe: ConstructorParameters<typeof FakePayments>[0];
  readonly calls: readonly string[];
  readonly becomes: SaleState;
}

const cancels = { cancel: [done(null)], read: [live(canceledFacts)] };

const cases: readonly Case[] = [
  { was: 'open', life: review, stripe: {}, calls: [], becomes: 'canceled' },
  {
    was: 'creating',
    life: creating,
    stripe: { create: [live()], ...cancels },
    calls: ['create', 'cancel', 'read'],
    becomes: 'canceled',
  },
  {
    was: 'presenting',
    life: presenting,
    stripe: cancels,
    calls: ['cancel', 'read'],
    becomes: 'canceled',
  },
  {
    was: 'presenting',
    life: declined,
    stripe: cancels,
    calls: ['cancel', 'read'],
    becomes: 'canceled',
  },
  {
    was: 'authorizing',
    life: authorizing,
    stripe: { read: [live(facts()), live(canceledFacts)], cancel: [done(null)] },
    calls: ['read', 'cancel', 'read'],
    becomes: 'canceled',
  },
  {
    was: 'authorizing',
    life: authorizing,
    stripe: { read: [live(held), live(captured)], capture: [done(null)] },
    calls: ['read', 'capture', 'read'],
    becomes: 'paid',
  },
  {
    was: 'authorizing',
    life: authorizing,
    stripe: { read: [live(captured)] },
    calls: ['read'],
    becomes: 'paid',
  },
  {
    was: 'finding_out',
    life: findingOut,
    stripe: {
      read: [live(facts({ status: 'requires_confirmation' })), live(canceledFacts)],
      cancel: [done(null)],
    },
    calls: ['read', 'cancel', 'read'],
    becomes: 'canceled',
  },
  {
    was: 'authorized',
    life: authorized,
    stripe: { capture: [done(null)], read: [live(captured)] },
    calls: ['capture', 'read'],
    becomes: 'paid',
  },
  {
    was: 'capturing',
    life: capturing,
    stripe: { capture: [done(null)], read: [live(captured)] },
    calls: ['capture', 'read'],
    becomes: 'paid',
  },
  {
    was: 'capturing',
    life: capturing,
    stripe: { capture: [refused('charge_expired_for_capture')], read: [live(canceledFacts)] },
    calls: ['capture', 'read'],
    becomes: 'expired',
  },
  {
    was: 'canceling',
    life: canceling,
    stripe: cancels,
    calls: ['cancel', 'read'],
    becomes: 'canceled',
  },
];

it.each(cases)(
  'a sale that was $was when the kiosk died becomes $becomes by $calls',
  async ({ was, life, stripe, calls, becomes }) => {
    const folder = tempFolder();
    const before = openDesk(folder, new FakePayments());
    storeLife(before.ledger, aSale(), life);
    const last = before.stored();
    // What the dead process had finished by its last commit.
    if (last.paymentIntent !== null) {
      endRows(before.database, 'payment_intent.create');
    }
    if (last.state !== 'finding_out') {
      endRows(before.database, 'payment_intent.read');
    }
    expect(last.state).toBe(was);
    await before.close();

    const payments = new FakePayments(stripe);
    const desk = openDesk(folder, payments, 'boot_0000000002');
    const { log } = keptLog();
    recover({ ledger: desk.ledger, steps: desk.steps, clock: desk.clock, log, mend: fail });
    desk.worker.start();
    await desk.clock.advance(120_000);

    expect(payments.sent.map(({ call }) => call)).toEqual(calls);
    expect(desk.stored()).toMatchObject({ state: becomes, attended: false });
    expect(desk.commanded.filter(({ effect }) => effect.kind !== 'reader.cancel')).toEqual([]);
    await desk.close();
  },
);

/** Nothing is damaged here. */
function fail(id: string): never {
  throw new Error(`${id} was to be mended`);
}
