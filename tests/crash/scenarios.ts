import type { CallName } from './call-names.ts';
import { ledByMain } from './led-by-main.ts';
import { scenariosWithCards } from './with-cards.ts';
import type { AtTheReader, CustomerStep, Mishap, Scenario } from './scenario.ts';

/*
 * What can happen to a sale, each story by its name. Every one of them is told once undisturbed and then once for each
 * point at which the kiosk can be killed in it.
 */

const confirm: CustomerStep = { at: 'open', does: 'confirm' };
const visa: AtTheReader = { card: 'visa' };

/** One customer who buys a class and pays by a good card, unless the story says otherwise. */
function sale(name: string, story: Partial<Scenario> = {}): Scenario {
  return { name, visits: [[confirm]], atTheReader: [visa], ends: ['paid'], ...story };
}

/** A customer who cancels when the screen comes to a word. */
function cancelsAt(at: string, story: Partial<Scenario> = {}): Scenario {
  const visits = [at === 'open' ? [{ at, does: 'cancel' }] : [confirm, { at, does: 'cancel' }]];
  return sale(`customer cancels at ${at}`, {
    visits: visits as Scenario['visits'],
    atTheReader: ['nobody'],
    ends: ['canceled'],
    ...story,
  });
}

function reloadedAt(
  at: string,
  ends: NonNullable<Scenario['ends']>[number],
  story: Partial<Scenario> = {},
): Scenario {
  const reload: CustomerStep = { at, does: 'reload_page' };
  return sale(`page reloaded at ${at}`, {
    visits: [at === 'open' ? [reload] : [confirm, reload]],
    ends: [ends],
    ...story,
  });
}

function declined(card: string): Scenario {
  return sale(`${card}, then another card`, {
    visits: [[confirm, { at: 'declined', does: 'retry' }]],
    atTheReader: [{ card }, visa],
  });
}

/** A mishap of one request in a sale that would otherwise be paid. */
function befalls(
  on: CallName,
  name: string,
  mishap: Mishap,
  story: Partial<Scenario> = {},
): Scenario {
  return sale(`${on}: ${name}`, { mishaps: [{ on, mishap }], ...story });
}

/** The same for the cancel of a sale whose customer walks out while a card is awaited. */
function befallsCancel(name: string, mishap: Mishap): Scenario {
  return cancelsAt('awaiting_card', {
    name: `cancel: ${name}`,
    mishaps: [{ on: 'cancel', mishap }],
  });
}

const lost = { kind: 'request_lost' } as const;
const replyLost = { kind: 'reply_lost' } as const;
const replyCut = { kind: 'reply_cut' } as const;
const conflict = { kind: 'turned_away', status: 409 } as const;
const tooMany = { kind: 'turned_away', status: 429 } as const;
const unavailable = { kind: 'turned_away', status: 503 } as const;
const failedBefore = { kind: 'server_error', effect: 'before' } as const;
const failedAfter = { kind: 'server_error', effect: 'after' } as const;
const slowRequest = { kind: 'request_slow', ms: 10_000 } as const;
const slowReply = { kind: 'reply_slow', ms: 10_000 } as const;

const peaceful: readonly Scenario[] = [
  sale('approved'),
  sale('approved, from the first start on', { countsOpening: true }),
  sale('two customers one after the other', {
    visits: [[confirm], [confirm]],
    atTheReader: [visa, { card: 'mastercard' }],
    ends: ['paid', 'paid'],
  }),
  sale('asked before charging, accepted', {
    askBeforeCharging: true,
    visits: [[confirm, { at: 'card_read', does: 'accept' }]],
  }),
  sale('approved after the PIN', { atTheReader: [{ card: 'offline_pin_sca_retry' }] }),
  sale('receipt by e-mail', { visits: [[confirm, { at: 'paid', does: 'ask_receipt' }]] }),
  befalls('receipt_email', 'reply lost', replyLost, {
    visits: [[confirm, { at: 'paid', does: 'ask_receipt' }]],
  }),
];

const declines: readonly Scenario[] = [
  declined('charge_declined'),
  declined('charge_declined_insufficient_funds'),
  declined('charge_declined_expired_card'),
  declined('charge_declined_lost_card'),
  declined('charge_declined_stolen_card'),
  declined('charge_declined_processing_error'),
  sale('declined twice, then another card', {
    visits: [[confirm, { at: 'declined', does: 'retry' }, { at: 'declined', does: 'retry' }]],
    atTheReader: [{ card: 'charge_declined' }, { card: 'charge_declined_expired_card' }, visa],
  }),
  cancelsAt('declined', {
    name: 'declined, then given up',
    atTheReader: [{ card: 'charge_declined' }],
  }),
  sale('declined, then left alone', {
    visits: [[confirm, { at: 'declined', does: 'walk_away' }]],
    atTheReader: [{ card: 'charge_declined' }],
    ends: ['canceled'],
  }),
];

const changesOfMind: readonly Scenario[] = [
  cancelsAt('open'),
  cancelsAt('creating', { mishaps: [{ on: 'create', mishap: slowReply }] }),
  cancelsAt('waking_reader'),
  cancelsAt('awaiting_card'),
  cancelsAt('card_read', { askBeforeCharging: true, atTheReader: [visa] }),
  sale('customer cancels on the reader', {
    atTheReader: ['cancels_on_the_reader'],
    ends: ['canceled'],
  }),
  sale('customer walks away and nobody pays', {
    visits: [
      [
        confirm,
        { at: 'awaiting_card', does: 'walk_away' },
        { at: 'still_paying', does: 'walk_away' },
      ],
    ],
    atTheReader: ['nobody'],
    ends: ['canceled'],
  }),
  sale('customer asks for more time, then leaves', {
    visits: [
      [
        confirm,
        { at: 'awaiting_card', does: 'walk_away' },
        { at: 'still_paying', does: 'extend' },
        { at: 'awaiting_card', does: 'cancel' },
      ],
    ],
    atTheReader: ['nobody'],
    ends: ['canceled'],
  }),
];

const reloads: readonly Scenario[] = [
  reloadedAt('open', 'canceled'),
  reloadedAt('creating', 'paid', { mishaps: [{ on: 'create', mishap: slowReply }] }),
  reloadedAt('awaiting_card', 'paid', { atTheReader: ['nobody', visa] }),
  reloadedAt('card_read', 'paid', {
    askBeforeCharging: true,
    atTheReader: [visa, visa],
    visits: [
      [confirm, { at: 'card_read', does: 'reload_page' }, { at: 'card_read', does: 'accept' }],
    ],
  }),
  reloadedAt('authorizing', ['canceled', 'paid'], {
    readerFaults: [{ kind: 'slow_authorization', extraMs: 10_000 }],
  }),
  reloadedAt('capturing', 'paid', { mishaps: [{ on: 'capture', mishap: slowReply }] }),
  reloadedAt('paid', 'paid'),
];

const readerTrouble: readonly Scenario[] = [
  sale('reader: answer lost after the bank approved', {
    readerFaults: [{ kind: 'process_reply_lost_after_effect' }],
  }),
  sale('reader: answer lost before the bank was asked', {
    readerFaults: [{ kind: 'process_reply_lost_before_effect' }],
  }),
  sale('reader: three answers lost in a row', {
    readerFaults: [
      { kind: 'process_reply_lost_before_effect' },
      { kind: 'process_reply_lost_before_effect' },
      { kind: 'process_reply_lost_before_effect' },
    ],
    ends: ['canceled'],
  }),
  sale('reader: could not reach Stripe', {
    readerFaults: [{ kind: 'process_connectivity_trouble' }],
  }),
  sale('reader: lost while collecting', {
    readerFaults: [{ kind: 'reader_lost_during_collect' }],
    ends: ['canceled'],
  }),
  sale('reader: lost after the bank approved', {
    readerFaults: [{ kind: 'reader_lost_during_process', effect: 'after' }],
  }),
  sale('reader: lost before the bank was asked', {
    readerFaults: [{ kind: 'reader_lost_during_process', effect: 'before' }],
  }),
  sale('reader: slow bank', { readerFaults: [{ kind: 'slow_authorization', extraMs: 15_000 }] }),
];

const requestTrouble: readonly Scenario[] = [
  befalls('create', 'request lost', lost),
  befalls('create', 'reply lost', replyLost),
  befalls('create', 'reply cut in half', replyCut),
  befalls('create', '409', conflict),
  befalls('create', '429', tooMany),
  befalls('create', '500 before the effect', failedBefore, { ends: ['canceled'] }),
  befalls('create', '500 after the effect', failedAfter, { ends: ['canceled'] }),
  befalls('create', 'slow on its way', slowRequest),
  befalls('read', 'request lost', lost),
  befalls('read', 'reply cut in half', replyCut),
  befalls('read', '429', tooMany),
  befalls('read', '503', unavailable),
  befalls('capture', 'request lost', lost),
  befalls('capture', 'reply lost', replyLost),
  befalls('capture', '409', conflict),
  befalls('capture', '429', tooMany),
  befalls('capture', '500 before the effect', failedBefore),
  befalls('capture', '500 after the effect', failedAfter),
  befalls('capture', 'slow on its way', slowRequest),
  befallsCancel('request lost', lost),
  befallsCancel('reply lost', replyLost),
  befallsCancel('409', conflict),
  befallsCancel('429', tooMany),
  befallsCancel('500 before the effect', failedBefore),
  befallsCancel('500 after the effect', failedAfter),
  befallsCancel('slow on its way', slowRequest),
  sale('offline at the capture, then back', {
    mishaps: [{ on: 'capture', times: 4, mishap: lost }],
  }),
  sale('offline after the create, then back', {
    mishaps: [{ on: 'any_after_create', times: 5, mishap: lost }],
  }),
];

const elsewhere: readonly Scenario[] = [
  sale('captured in the Dashboard right before the capture', {
    mishaps: [{ on: 'capture', mishap: { kind: 'dashboard', does: 'capture' } }],
  }),
  sale('canceled in the Dashboard right before the capture', {
    mishaps: [{ on: 'capture', mishap: { kind: 'dashboard', does: 'cancel' } }],
    ends: ['expired'],
  }),
  sale('the hold runs out before the capture arrives', {
    mishaps: [{ on: 'capture', mishap: { kind: 'days_pass', days: 8 } }],
    ends: ['expired'],
  }),
];

/** The first kill is given; what is killed at every point is the recovery after it. */
const crashesAgain: readonly Scenario[] = [
  sale('second crash: after the create left', {
    firstKill: { at: 'create request sent' },
    ends: null,
  }),
  sale('second crash: while a card is awaited', {
    firstKill: { at: 'reader collectPaymentMethod sent' },
    ends: null,
  }),
  sale('second crash: while the bank is asked', {
    firstKill: { at: 'reader processPayment sent' },
    ends: null,
  }),
  sale('second crash: while a slow bank is asked', {
    readerFaults: [{ kind: 'slow_authorization', extraMs: 10_000 }],
    firstKill: { at: 'reader processPayment sent' },
    ends: null,
  }),
  sale('second crash: after the bank approved', {
    firstKill: { at: 'reader processPayment answered' },
    ends: null,
  }),
  sale('second crash: after the capture left', {
    firstKill: { at: 'capture request sent' },
    ends: null,
  }),
  cancelsAt('awaiting_card', {
    name: 'second crash: after the cancel left',
    firstKill: { at: 'cancel request sent' },
    ends: null,
  }),
  sale('second crash: offline at the capture', {
    mishaps: [{ on: 'capture', times: 3, mishap: replyLost }],
    firstKill: { at: 'capture request sent', nth: 2 },
    ends: null,
  }),
];

export const scenarios: readonly Scenario[] = [
  ...peaceful,
  ...declines,
  ...changesOfMind,
  ...reloads,
  ...readerTrouble,
  ...requestTrouble,
  ...elsewhere,
  ...crashesAgain,
  ...ledByMain,
  ...scenariosWithCards,
];
