import type { CommandName } from '../../../preload/contract/channels.ts';
import type { Responses } from '../../../preload/contract/contract.ts';
import type {
  ClassTotal,
  HistoryLine,
  MoneyOverview,
  MoneyRow,
  StaffPinAnswer,
  StaffStatus,
} from '../../../preload/contract/staff.ts';
import { done, readersView } from './readers-answers.ts';
import { adasSheet, members } from './staff-member-answers.ts';
import { anOffer, failedRefund, pendingRefund } from './staff-refund-answers.ts';
import { staffNowMs } from './staff-now.ts';

/** What main says to staff, by command. */
export type StaffAnswers = { readonly [Name in CommandName]?: Responses[Name] };

const currency = 'usd';
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export const lockedStatus: StaffStatus = {
  pin: 'set',
  lockedForMs: 0,
  unlocked: false,
  sentence: null,
};

/** What main says of a PIN. */
export function aPinAnswer(
  part: Partial<StaffPinAnswer> = {},
  status: Partial<StaffStatus> = {},
): StaffPinAnswer {
  return {
    result: 'right',
    triesLeft: null,
    sentence: null,
    status: { ...lockedStatus, unlocked: (part.result ?? 'right') === 'right', ...status },
    ...part,
  };
}

/** A sale that is paid and needs nobody. */
export function aRow(part: Partial<MoneyRow> = {}): MoneyRow {
  const code = part.code ?? '7F3K';
  return {
    saleId: `sale_01k9z3m8q2vt${code.toLowerCase()}`,
    code,
    paymentIntentId: `pi_3SVx2eKq8mTzYd0a1bCd${code}`,
    atMs: staffNowMs - 20 * minuteMs,
    state: 'paid',
    class: 'captured_ordered',
    resolved: true,
    staffReason: null,
    amount: { amount: 5534, currency },
    total: { amount: 5534, currency },
    items: [
      { name: 'Vinyasa flow', quantity: 2 },
      { name: 'Mat rental', quantity: 1 },
    ],
    last4: '4242',
    tender: null,
    staffDecision: null,
    deadlineMs: null,
    proposal: 'none',
    decisions: [],
    mayRecordTender: false,
    refundable: null,
    givenBack: null,
    disputed: false,
    pending: false,
    ...part,
  };
}

/** A hold whose capture Stripe refused: the one that staff most often decide. */
export const heldRow = aRow({
  code: 'M4QX',
  state: 'needs_staff',
  class: 'authorised_ordered',
  resolved: false,
  staffReason: 'capture_refused',
  amount: { amount: 2600, currency },
  total: { amount: 2600, currency },
  items: [{ name: 'Yin & sound', quantity: 1 }],
  last4: '0341',
  deadlineMs: staffNowMs + 3 * hourMs + 12 * minuteMs,
  proposal: 'capture',
  decisions: ['capture', 'cancel', 'capture_part'],
  mayRecordTender: true,
});

const lostRow = aRow({
  code: '2WTA',
  state: 'needs_staff',
  class: 'authorised_no_order',
  resolved: false,
  staffReason: 'record_lost',
  amount: { amount: 18_000, currency },
  total: { amount: 18_000, currency },
  items: [],
  last4: '5556',
  atMs: staffNowMs - 26 * hourMs,
  deadlineMs: staffNowMs + 46 * hourMs,
  proposal: 'cancel',
  decisions: ['cancel'],
  mayRecordTender: true,
});

const chargedRow = aRow({
  code: 'K9PD',
  state: 'needs_staff',
  class: 'charged_order_failed',
  resolved: false,
  staffReason: 'paid_after_cancel',
  last4: '1881',
  proposal: 'accept',
  decisions: ['accept', 'close'],
  disputed: true,
  givenBack: { amount: 1000, currency },
});

/** A card on file that is charged once the network is back. */
const pendingRow = aRow({
  code: 'P3ND',
  state: 'creating',
  class: 'unknown',
  resolved: false,
  last4: null,
  proposal: 'wait',
  pending: true,
});

const unknownRow = aRow({
  code: 'T6RB',
  state: 'finding_out',
  class: 'unknown',
  resolved: false,
  last4: null,
  atMs: staffNowMs - 2 * minuteMs,
  proposal: 'wait',
});

const strangerRow = aRow({
  saleId: null,
  code: null,
  paymentIntentId: 'pi_3SVx2eKq8mTzYd0a9ZyXwVuT',
  state: null,
  class: 'unknown',
  resolved: false,
  total: null,
  items: [],
  last4: null,
  amount: { amount: 3100, currency },
  proposal: 'settle_at_stripe',
});

export const toSettle: readonly MoneyRow[] = [
  heldRow,
  lostRow,
  chargedRow,
  unknownRow,
  pendingRow,
  { ...strangerRow, code: null, saleId: null },
];

function total(name: ClassTotal['class'], count: number, amount: number): ClassTotal {
  return { class: name, count, sums: count === 0 ? [] : [{ amount, currency }] };
}

/** A day with everything settled, nothing waiting and a sound kiosk. */
export function anOverview(part: Partial<MoneyOverview> = {}): MoneyOverview {
  return {
    nowMs: staffNowMs,
    system: {
      name: 'Stripe',
      cannot: ['orders', 'account_balance'],
    },
    toSettle: [],
    queue: { count: 0, oldestAtMs: null, rows: [] },
    day: {
      fromMs: staffNowMs - 20 * hourMs,
      lastClose: { atMs: staffNowMs - 20 * hourMs, by: 'Jonas' },
      totals: [total('captured_ordered', 23, 64_210)],
      givenBack: { count: 0, sums: [] },
      cameBack: { count: 0, sums: [] },
      unresolved: 0,
    },
    health: {
      reach: 'reached',
      driftMs: 400,
      events: { state: 'following', lastSuccessAtMs: staffNowMs - 12_000 },
      sweep: { running: false, lastDoneAtMs: staffNowMs - 8 * minuteMs, lastComplete: true },
      storage: {
        hasRoom: true,
        check: { atMs: staffNowMs - 3 * hourMs, sound: true, damaged: 0 },
        backupAtMs: staffNowMs - 40 * minuteMs,
        fault: null,
      },
      recordsLost: null,
      quarantined: [],
      versions: { foyer: '0.1.0', electron: '45.3.4', 'stripe api': '2026-10-28.acacia' },
    },
    ...part,
  };
}

/** An evening on which everything that can need somebody does. */
export const busyOverview = anOverview({
  toSettle,
  queue: {
    count: 3,
    oldestAtMs: staffNowMs - 4 * minuteMs,
    rows: [
      {
        saleId: 'sale_01k9z3m8q2vtt6rb',
        code: 'T6RB',
        kind: 'payment_intent.read',
        storedAtMs: staffNowMs - 4 * minuteMs,
        nextAtMs: staffNowMs + 22_000,
        tries: 9,
        lastAnswer: 'unanswered no_answer',
        setAside: false,
      },
      {
        saleId: 'sale_01k9z3m8q2vt7f3k',
        code: '7F3K',
        kind: 'charge.receipt_email',
        storedAtMs: staffNowMs - minuteMs,
        nextAtMs: staffNowMs - 1_000,
        tries: 0,
        lastAnswer: null,
        setAside: false,
      },
      {
        saleId: null,
        code: null,
        kind: 'customer.update',
        storedAtMs: staffNowMs - minuteMs,
        nextAtMs: staffNowMs + 5_000,
        tries: 1,
        lastAnswer: 'busy',
        setAside: false,
      },
    ],
  },
  day: {
    fromMs: staffNowMs - 20 * hourMs,
    lastClose: { atMs: staffNowMs - 20 * hourMs, by: 'Jonas' },
    totals: [
      total('captured_ordered', 23, 64_210),
      total('authorised_ordered', 1, 2600),
      total('authorised_no_order', 1, 18_000),
      total('charged_order_failed', 1, 5534),
      total('amount_mismatch', 0, 0),
      total('paid_elsewhere', 2, 4800),
      total('expired', 0, 0),
      total('unknown', 2, 8634),
      {
        class: 'not_ours',
        count: 14,
        sums: [
          { amount: 120_300, currency },
          { amount: 9_000, currency: 'eur' },
        ],
      },
      total('nothing_taken', 4, 0),
    ],
    givenBack: { count: 3, sums: [{ amount: 1500, currency }] },
    cameBack: { count: 1, sums: [{ amount: 400, currency }] },
    unresolved: 5,
  },
  health: {
    ...anOverview().health,
    reach: 'unreachable',
    driftMs: -184_000,
    events: { state: 'away', lastSuccessAtMs: staffNowMs - 6 * minuteMs },
    sweep: { running: false, lastDoneAtMs: staffNowMs - 50 * minuteMs, lastComplete: false },
    storage: {
      hasRoom: false,
      check: { atMs: staffNowMs - 3 * hourMs, sound: false, damaged: 1 },
      backupAtMs: staffNowMs - 3 * hourMs,
      fault: 'database or disk is full',
    },
    recordsLost: {
      aside: 'foyer.db.damaged-2026-11-19',
      restoredFromMs: staffNowMs - 30 * hourMs,
    },
    quarantined: ['sale_01k9z3m8q2vt0000'],
  },
});

export const daySales: readonly MoneyRow[] = [
  unknownRow,
  aRow(),
  heldRow,
  aRow({
    code: 'B8YE',
    atMs: staffNowMs - 70 * minuteMs,
    state: 'canceled',
    class: 'paid_elsewhere',
    tender: 'cash',
    amount: { amount: 2400, currency },
    total: { amount: 2400, currency },
    items: [{ name: 'Vinyasa flow', quantity: 1 }],
    last4: null,
  }),
  chargedRow,
  aRow({
    code: 'Q1ZN',
    atMs: staffNowMs - 3 * hourMs,
    amount: { amount: 18_000, currency },
    total: { amount: 18_000, currency },
    items: [{ name: 'Ten classes', quantity: 1 }],
    last4: '9424',
  }),
];

const began = staffNowMs - 25 * minuteMs;

function step(part: Partial<HistoryLine>): HistoryLine {
  return {
    kind: 'step',
    atMs: began,
    what: 'opened',
    state: 'open',
    detail: null,
    by: null,
    why: null,
    answer: null,
    ...part,
  };
}

const answered = {
  outcome: 'done',
  status: 200,
  code: null,
  requestId: 'req_9hK2mQ7rTz1XyB',
  durationMs: 412,
  times: 1,
  lastAtMs: began,
} as const;

/** A sale with a silence, a decline and a decision of staff. */
export const historyLines: readonly HistoryLine[] = [
  step({}),
  step({ atMs: began + 9_000, what: 'confirmed', state: 'creating' }),
  step({
    kind: 'call',
    atMs: began + 9_100,
    what: 'payment_intent.create',
    state: null,
    answer: answered,
  }),
  step({
    atMs: began + 9_600,
    what: 'payment_intent_created',
    state: 'presenting',
    detail: 'requires_payment_method',
  }),
  step({ atMs: began + 21_000, what: 'card_collected', state: 'authorizing' }),
  step({
    atMs: began + 26_000,
    what: 'process_answered',
    state: 'finding_out',
    detail: 'insufficient_funds',
  }),
  step({
    kind: 'call',
    atMs: began + 26_100,
    what: 'payment_intent.read',
    state: null,
    answer: {
      ...answered,
      outcome: 'unanswered',
      status: null,
      code: 'no_answer',
      requestId: null,
      durationMs: 10_004,
      times: 6,
      lastAtMs: began + 100_000,
    },
  }),
  step({
    atMs: began + 120_000,
    what: 'payment_intent_read',
    state: 'needs_staff',
    detail: 'requires_capture',
  }),
  step({
    atMs: began + 300_000,
    what: 'staff_decided',
    state: 'authorized',
    detail: 'capture',
    by: 'Mara Lindqvist',
    why: 'She was in the class, and saw the bank’s message on her phone.',
  }),
];

/** Main, unlocked by any PIN, on a busy evening. */
export function staffAnswers(part: StaffAnswers = {}): StaffAnswers {
  return {
    'staff:status': lockedStatus,
    'staff:unlock': aPinAnswer(),
    'staff:set-pin': aPinAnswer({ result: 'set' }, { unlocked: true }),
    'staff:lock': null,
    'staff:touch': null,
    'money:overview': busyOverview,
    'money:sales': { rows: daySales },
    'money:history': { row: heldRow, lines: historyLines },
    'money:decide': { result: 'recorded' },
    'money:tender': { result: 'recorded' },
    'money:check': null,
    'money:retry': null,
    'money:sweep': { kind: 'complete', listed: 41, found: 1 },
    'day:report': {
      kioskId: 'kiosk_01k9z3m8q2vt4w6x',
      fromMs: staffNowMs - 20 * hourMs,
      toMs: staffNowMs,
      totals: busyOverview.day.totals,
      rows: daySales.toReversed(),
      givenBack: busyOverview.day.givenBack,
      cameBack: busyOverview.day.cameBack,
      refunds: [pendingRefund, failedRefund],
      unresolved: 5,
      quarantined: [],
    },
    'day:close': { kind: 'refused', reasons: ['unresolved_money', 'work_waiting', 'not_reached'] },
    'day:export': { file: '/var/lib/foyer/reports/day-2026-11-20.csv' },
    'readers:list': readersView,
    'readers:register': done,
    'readers:rename': done,
    'readers:deregister': done,
    'readers:choose': done,
    'readers:use': done,
    'readers:free': done,
    'readers:check': {
      result: 'read',
      use: null,
      sentence: 'The reader waits for a card. Stripe says that nothing is charged yet.',
    },
    'locations:create': done,
    'members:search': members,
    'members:read': adasSheet,
    'members:save': { kind: 'saved', member: adasSheet.member },
    'members:remove-card': adasSheet,
    'members:charge': { kind: 'asked', saleId: 'sale_01k9z3m8q2vtp3nd', code: 'P3ND' },
    'members:export-consents': { file: '/var/lib/foyer/consents/1001-2026-11-20.txt' },
    'refunds:offer': anOffer(),
    'refunds:ask': { kind: 'asked', refund: pendingRefund },
    'refunds:list': [pendingRefund, failedRefund],
    'refunds:check': null,
    'refunds:stop': { kind: 'asked', refund: { ...pendingRefund, state: 'canceled' } },
    'refunds:acknowledge': { kind: 'asked', refund: { ...failedRefund, wantsStaff: false } },
    'support:bundle': { file: '/var/lib/foyer/support/foyer-support-2026-11-20.zip' },
    ...part,
  };
}
