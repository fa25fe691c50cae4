import { assert, assertNever } from '../domain/assert.ts';
import type { OutboxWork, WorkOwner } from '../ports/ledger.ts';
import { sealOf } from './chain.ts';
import { workOwner } from './work-owner.ts';

/** What of a row of `outbox` says which call to make; it never changes and is sealed. */
export interface WorkRow {
  readonly owner: string;
  readonly kind: string;
  readonly ordinal: number;
  readonly idempotency_key: string | null;
  readonly email: string | null;
  readonly stored_by_boot: string;
  readonly stored_at_ms: number;
  readonly deadline_ms: number | null;
  readonly seal: string;
}

/** Smaller is sooner. Money that can be lost goes before what can only be late. */
export const urgencyOf: Readonly<Record<OutboxWork['kind'], number>> = {
  'payment_intent.capture': 0,
  'payment_intent.cancel': 1,
  'payment_intent.create': 2,
  'payment_intent.confirm': 2,
  'payment_intent.read': 3,
  'payment_intent.look_up': 4,
  'refund.create': 5,
  'refund.look_up': 5,
  'refund.read': 6,
  'setup_intent.read': 6,
  'setup_intent.create': 7,
  'setup_intent.cancel': 7,
  'card.save': 8,
  'order.record': 9,
  'card.detach': 9,
  'customer.update': 10,
  'charge.receipt_email': 11,
  'consent.email': 12,
};

/** Every urgency there is, soonest first. */
export const urgencies: readonly number[] = [...new Set(Object.values(urgencyOf))].toSorted(
  (one, other) => one - other,
);

/** Urgencies of work that changes nothing and is done again and again: it is no backlog. */
export const urgenciesOfReads: readonly number[] = [
  urgencyOf['payment_intent.read'],
  urgencyOf['refund.read'],
];

/** What each kind of work is called in its idempotency key; reads have none. */
const keyWord: Readonly<Record<OutboxWork['kind'], string | null>> = {
  'payment_intent.create': 'create',
  'payment_intent.capture': 'capture',
  'payment_intent.cancel': 'cancel',
  'payment_intent.confirm': 'confirm',
  'charge.receipt_email': 'receipt',
  'card.save': 'save',
  'order.record': 'record',
  'card.detach': 'detach',
  'customer.update': 'customer',
  'consent.email': 'consent',
  'setup_intent.create': 'setup',
  'setup_intent.cancel': 'setup_cancel',
  'refund.create': 'refund',
  'payment_intent.read': null,
  'payment_intent.look_up': null,
  'setup_intent.read': null,
  'refund.read': null,
  'refund.look_up': null,
};

/** One wish for these stands for every other of the same owner: a waiting row is moved forward and not doubled. */
const single: ReadonlySet<OutboxWork['kind']> = new Set([
  'payment_intent.read',
  'setup_intent.read',
  'refund.read',
  'refund.look_up',
]);

/** True for work of which one waiting row is enough. */
export function isSingle(kind: OutboxWork['kind']): boolean {
  return single.has(kind);
}

/** The address that the row keeps until its work is done; null for work without one. */
export function emailOf(work: OutboxWork): string | null {
  return 'email' in work ? work.email : null;
}

/** 0 for work that is not counted. */
export function ordinalOf(work: OutboxWork): number {
  return 'ordinal' in work ? work.ordinal : 0;
}

/** Owner, step and the step's number: never time, never chance, so that a replay carries the same (P2). */
export function idempotencyKey(
  owner: string,
  kind: OutboxWork['kind'],
  ordinal: number,
): string | null {
  const word = keyWord[kind];
  return word === null ? null : `foyer_${owner}_${word}_${ordinal}`;
}

/** What the row must be sealed with. */
export function workSeal(row: Omit<WorkRow, 'seal'>): string {
  return sealOf([
    row.owner,
    row.kind,
    row.ordinal,
    row.idempotency_key,
    row.email,
    row.stored_by_boot,
    row.stored_at_ms,
    row.deadline_ms,
  ]);
}

/** Says why the row can't be worked on as it stands, or null: a key that is not the step's own is never sent. */
export function unfit(row: WorkRow): string | null {
  const kind = kindOf(row.kind);
  if (kind === null) return `no work is called ${row.kind.slice(0, 60)}`;
  if (row.idempotency_key !== idempotencyKey(row.owner, kind, row.ordinal)) {
    return 'its key is not that of its owner and step';
  }
  return workSeal(row) === row.seal ? null : 'its row was changed: the seal does not fit';
}

/** Throws where `unfit` says why. */
export function workOf(row: WorkRow): { readonly owner: WorkOwner; readonly work: OutboxWork } {
  const kind = kindOf(row.kind);
  assert(kind !== null, 'work that is handed out has a name');
  return { owner: workOwner(row.owner), work: workNamed(kind, row) };
}

/** Null for a word that names no work. */
export function kindOf(text: string): OutboxWork['kind'] | null {
  return kinds.find((kind) => kind === text) ?? null;
}

const kinds = [
  'payment_intent.create',
  'payment_intent.look_up',
  'payment_intent.read',
  'payment_intent.capture',
  'payment_intent.cancel',
  'payment_intent.confirm',
  'charge.receipt_email',
  'card.save',
  'order.record',
  'card.detach',
  'customer.update',
  'consent.email',
  'setup_intent.create',
  'setup_intent.read',
  'setup_intent.cancel',
  'refund.create',
  'refund.look_up',
  'refund.read',
] as const satisfies readonly OutboxWork['kind'][];

function workNamed(kind: OutboxWork['kind'], row: WorkRow): OutboxWork {
  switch (kind) {
    case 'payment_intent.create':
      return { kind, ordinal: row.ordinal };
    case 'payment_intent.capture':
    case 'payment_intent.cancel':
    case 'payment_intent.confirm':
    case 'card.save':
    case 'order.record':
    case 'card.detach':
    case 'customer.update':
    case 'setup_intent.create':
    case 'setup_intent.cancel':
    case 'refund.create':
      return { kind, ordinal: row.ordinal, afterMs: 0 };
    case 'payment_intent.read':
    case 'setup_intent.read':
    case 'refund.read':
    case 'refund.look_up':
      return { kind, afterMs: 0 };
    case 'payment_intent.look_up':
      return { kind };
    case 'charge.receipt_email':
    case 'consent.email':
      assert(row.email !== null, 'an unsent letter still has its address');
      return { kind, ordinal: row.ordinal, email: row.email, afterMs: 0 };
    default:
      return assertNever(kind);
  }
}
