import { DamagedSale } from '../../domain/damaged-sale.ts';
import type { Sale } from '../../domain/sale.ts';
import type { PromptKind, ReaderPrompt } from '../../ports/reader-book.ts';
import type { ReaderAction, ReaderFacts } from '../../ports/readers-api.ts';
import type { Patience } from './patience.ts';
import type { OnReader, ReaderCalls } from './reader-calls.ts';
import type { ReaderParts } from './reader-parts.ts';
import { isOnReader, underWay } from './what-is-on-it.ts';

/** Whether a reader may be asked for something. */
export type Freed =
  /** `action` is what it showed last. */
  | { readonly kind: 'free'; readonly action: ReaderAction | null }
  /** `code` is Stripe's, or one of ours: another till's payment is there, or took ours. Null: nobody answered. */
  | { readonly kind: 'not_free'; readonly code: string | null };

export interface FreeFor {
  readonly sale: Sale;
  readonly readerId: ReaderPrompt['readerId'];
  readonly kind: PromptKind;
}

/**
 * Looks until nothing is on the reader that anybody waits for, or, for a confirmation, until its card is seen there.
 * What of ours is there is withdrawn, right after a look that showed it; nothing of another till's is ever touched.
 */
export async function makeFree(
  parts: ReaderParts,
  calls: ReaderCalls,
  { sale, readerId, kind }: FreeFor,
  patience: Patience,
): Promise<Freed> {
  for (;;) {
    const seen = await calls.look(readerId, patience.signal);
    if (seen.kind === 'refused' || seen.kind === 'denied') {
      return { kind: 'not_free', code: seen.code };
    }
    let code = 'code' in seen ? seen.code : null;
    if (seen.kind === 'done') {
      const { action } = seen.value;
      if (kind === 'confirm_payment_intent') {
        const isOurs = action !== null && action.paymentIntentId === sale.paymentIntent?.id;
        return isOurs ? { kind: 'free', action } : { kind: 'not_free', code: 'prompt_replaced' };
      }
      const ours = whatIsOurs(parts, seen.value, sale);
      if (underWay(seen.value) === null) return { kind: 'free', action };
      if (ours === null) return { kind: 'not_free', code: 'reader_in_use' };
      if (!patience.signal.aborted) {
        const withdrawn = await calls.withdraw(ours, patience.signal);
        if (withdrawn.kind === 'done') continue;
        code = 'terminal_reader_busy';
      }
    }
    if (!(await patience.again())) return { kind: 'not_free', code };
  }
}

/** What of ours is on the reader, if anything; all prompts of the book that were are seen to be gone. */
function whatIsOurs(parts: ReaderParts, reader: ReaderFacts, sale: Sale): OnReader | null {
  const { book, clock } = parts;
  const prompts = book.openPrompts().filter((prompt) => prompt.readerId === reader.id);
  for (const prompt of prompts) {
    if (!isOnReader(prompt, reader)) book.endPrompt(prompt.id, 'seen_gone', clock.nowMs());
  }
  return prompts.findLast((prompt) => isOnReader(prompt, reader)) ?? late(parts, reader, sale);
}

/**
 * A call that everybody had given up may reach the reader late. Its PaymentIntent is of this kiosk's own file, and
 * nobody else puts that on a reader.
 */
function late({ ledger }: ReaderParts, reader: ReaderFacts, sale: Sale): OnReader | null {
  const paymentIntentId = underWay(reader)?.paymentIntentId ?? null;
  if (paymentIntentId === null) return null;
  try {
    const found = ledger.findSaleOfPaymentIntent(paymentIntentId);
    if (found?.kioskId !== sale.kioskId) return null;
    return { readerId: reader.id, saleId: found.id, ordinal: 0 };
  } catch (error) {
    // Whose it is can't be believed: it is left to staff.
    if (error instanceof DamagedSale) return null;
    throw error;
  }
}
