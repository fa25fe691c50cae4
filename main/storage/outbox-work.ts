import { assert, assertNever } from '../domain/assert.ts';
import { type SaleId, saleId } from '../domain/ids.ts';
import type { OutboxWork } from '../ports/ledger.ts';
import { sealOf } from './chain.ts';

/** What of a row of `outbox` says which call to make; it never changes and is sealed. */
export interface WorkRow {
  readonly sale_id: string;
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
  'payment_intent.read': 3,
  'payment_intent.look_up': 4,
  'charge.receipt_email': 5,
};

/** What each kind of work is called in its idempotency key; reads have none. */
const keyWord: Readonly<Record<OutboxWork['kind'], string | null>> = {
  'payment_intent.create': 'create',
  'payment_intent.capture': 'capture',
  'payment_intent.cancel': 'cancel',
  'charge.receipt_email': 'receipt',
  'payment_intent.read': null,
  'payment_intent.look_up': null,
};

/** 0 for work that is not counted. */
export function ordinalOf(work: OutboxWork): number {
  return 'ordinal' in work ? work.ordinal : 0;
}

/** Sale, step and the step's number: never time, never chance, so that a replay carries the same (P2). */
export function idempotencyKey(
  sale: string,
  kind: OutboxWork['kind'],
  ordinal: number,
): string | null {
  const word = keyWord[kind];
  return word === null ? null : `foyer_${sale}_${word}_${ordinal}`;
}

/** What the row must be sealed with. */
export function workSeal(row: Omit<WorkRow, 'seal'>): string {
  return sealOf([
    row.sale_id,
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
  if (row.idempotency_key !== idempotencyKey(row.sale_id, kind, row.ordinal)) {
    return 'its key is not that of its sale and step';
  }
  return workSeal(row) === row.seal ? null : 'its row was changed: the seal does not fit';
}

/** Throws where `unfit` says why. */
export function workOf(row: WorkRow): { readonly saleId: SaleId; readonly work: OutboxWork } {
  const kind = kindOf(row.kind);
  assert(kind !== null, 'work that is handed out has a name');
  return { saleId: saleId(row.sale_id), work: workNamed(kind, row) };
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
  'charge.receipt_email',
] as const satisfies readonly OutboxWork['kind'][];

function workNamed(kind: OutboxWork['kind'], row: WorkRow): OutboxWork {
  switch (kind) {
    case 'payment_intent.create':
      return { kind, ordinal: row.ordinal };
    case 'payment_intent.capture':
    case 'payment_intent.cancel':
      return { kind, ordinal: row.ordinal, afterMs: 0 };
    case 'payment_intent.read':
      return { kind, afterMs: 0 };
    case 'payment_intent.look_up':
      return { kind };
    case 'charge.receipt_email':
      assert(row.email !== null, 'an unsent receipt still has its address');
      return { kind, ordinal: row.ordinal, email: row.email, afterMs: 0 };
    default:
      return assertNever(kind);
  }
}
