import type { RefundId, SaleId } from '../../domain/ids.ts';
import type { RefundEvent } from '../../domain/refund-transition.ts';
import type { RefundState } from '../../domain/refund.ts';
import type { Ledger, StoredCall } from '../../ports/ledger.ts';
import type { RefundBook, StoredRefund } from '../../ports/refund-book.ts';

/** One entry of a refund's journal, as stored; `added` begins it. */
export interface RefundEntry {
  readonly revision: number;
  readonly atMs: number;
  readonly event: RefundEvent | { readonly kind: 'added' };
  readonly state: RefundState;
}

/** A book that shows its journal: oldest entry first. */
export interface RefundJournal {
  journalOf(id: RefundId): readonly RefundEntry[];
}

/** A refund with everything that happened to it. */
export interface RefundHistory extends StoredRefund {
  readonly entries: readonly RefundEntry[];
  readonly calls: readonly StoredCall[];
}

/** Every refund of the sale with its steps and calls, oldest first. */
export function refundHistories(
  ledger: Pick<Ledger, 'callsOf'>,
  book: Pick<RefundBook, 'refundsOf'> & Partial<RefundJournal>,
  id: SaleId,
): readonly RefundHistory[] {
  return book.refundsOf(id).map((stored) => ({
    ...stored,
    entries: book.journalOf?.(stored.refund.id) ?? knownSteps(stored),
    calls: ledger.callsOf(stored.refund.id),
  }));
}

/** Where no journal is shown: how it began, and how it stands. */
function knownSteps({ refund, askedAtMs, changedAtMs }: StoredRefund): readonly RefundEntry[] {
  const added: RefundEntry = {
    revision: 0,
    atMs: askedAtMs,
    event: { kind: 'added' },
    state: 'asked',
  };
  const { stripeRefund, revision, state } = refund;
  if (revision === 0 || stripeRefund === null) return [added];
  const event = { kind: 'refund_read', stripeRefund } as const;
  return [added, { revision, atMs: changedAtMs, event, state }];
}
