import type { CustomerStep, Scenario } from './scenario.ts';

const confirm: CustomerStep = { at: 'open', does: 'confirm' };
const retry: CustomerStep = { at: 'declined', does: 'retry' };
const accept: CustomerStep = { at: 'card_read', does: 'accept' };
const visa = { card: 'visa' } as const;
const twoSteps: Partial<Scenario> = { askBeforeCharging: true, visits: [[confirm, accept]] };

/** One customer who buys a class and pays by a good card at a reader that main leads, unless the story says otherwise. */
function led(name: string, story: Partial<Scenario> = {}): Scenario {
  return {
    name: `main leads: ${name}`,
    visits: [[confirm]],
    atTheReader: [visa],
    ends: ['paid'],
    isServerDriven: true,
    ...story,
  };
}

/** Stories of a reader that main leads through Stripe's endpoints. */
export const ledByMain: readonly Scenario[] = [
  led('approved'),
  led('approved, from the first start on', { countsOpening: true }),
  led('asked before charging, accepted', twoSteps),
  led('declined, then another card', {
    visits: [[confirm, retry]],
    atTheReader: [{ card: 'charge_declined' }, visa],
  }),
  led('declined in two steps, then another card', {
    askBeforeCharging: true,
    visits: [[confirm, accept, retry, accept]],
    atTheReader: [{ card: 'charge_declined' }, visa],
  }),
  led('captured with the authorization', { captureMethod: 'automatic' }),
  led('customer cancels on the reader', {
    atTheReader: ['cancels_on_the_reader'],
    ends: ['canceled'],
  }),
  led('customer cancels on the screen', {
    visits: [[confirm, { at: 'awaiting_card', does: 'cancel' }]],
    atTheReader: ['nobody'],
    ends: ['canceled'],
  }),
  led('customer cancels while the card is charged', {
    visits: [[confirm, { at: 'awaiting_card', does: 'cancel' }]],
    readerFaults: [{ kind: 'slow_authorization', extraMs: 10_000 }],
    ends: [['canceled', 'paid']],
  }),
  led('another till takes the reader, then it is tried again', {
    visits: [[confirm, retry]],
    atTheReader: ['another_till', visa],
    ends: [['paid', 'canceled']],
  }),
  led('reader lost Stripe, and the card was charged', {
    readerFaults: [{ kind: 'connection_error', authorized: true }],
  }),
  led('reader lost Stripe before the bank was asked', {
    readerFaults: [{ kind: 'connection_error', authorized: false }],
    visits: [[confirm, retry]],
    atTheReader: [visa, visa],
  }),
  led('reader gone in the middle, and the card was charged', {
    readerFaults: [{ kind: 'reader_lost_during_action', authorized: true }],
  }),
  led('timed out, although the reader had heard it', {
    readerFaults: [
      { kind: 'command_times_out', arrives: true },
      { kind: 'command_times_out', arrives: true },
    ],
  }),
  led('reader not there: the spare takes the payment', {
    hasSpare: true,
    readerFaults: [{ kind: 'reader_offline' }],
  }),
  led('second crash: while a card is awaited', {
    firstKill: { at: 'reader_process request sent' },
    ends: null,
  }),
  led('second crash: while the card is charged', {
    readerFaults: [{ kind: 'slow_authorization', extraMs: 10_000 }],
    firstKill: { at: 'reader_look request answered', nth: 4 },
    ends: null,
  }),
  led('second crash: while a collected card is charged', {
    ...twoSteps,
    readerFaults: [{ kind: 'slow_authorization', extraMs: 10_000 }],
    firstKill: { at: 'reader_confirm request sent' },
    ends: null,
  }),
];
