import { DamagedSale } from '../../domain/damaged-sale.ts';
import type { PromptKind, PromptObject, ReaderPrompt } from '../../ports/reader-book.ts';
import type { Errand } from '../../ports/reader-driver.ts';
import type { ReaderAction, ReaderFacts } from '../../ports/readers-api.ts';
import { asksFor, kioskOf, objectOf, ownerIdOf, paymentIntentOf } from '../reader-errand.ts';
import type { Patience } from './patience.ts';
import type { OnReader, ReaderCalls } from './reader-calls.ts';
import type { ReaderParts } from './reader-parts.ts';
import { isOnReader, mayStillCome, underWay } from './what-is-on-it.ts';

/** Whether a reader may be asked for something. */
export type Freed =
  /** `action` is what it showed last. */
  | { readonly kind: 'free'; readonly action: ReaderAction | null }
  /** `code` is Stripe's, or one of ours: another till's payment is there, or took ours. Null: nobody answered. */
  | { readonly kind: 'not_free'; readonly code: string | null };

export interface FreeFor {
  readonly errand: Errand;
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
  { errand, readerId, kind }: FreeFor,
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
        const isOurs = action !== null && action.object === objectOf(errand);
        return isOurs ? { kind: 'free', action } : { kind: 'not_free', code: 'prompt_replaced' };
      }
      const ours = whatIsOurs(parts, seen.value, errand);
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
function whatIsOurs(parts: ReaderParts, reader: ReaderFacts, errand: Errand): OnReader | null {
  const { book, clock } = parts;
  const prompts = book.openPrompts().filter((prompt) => prompt.readerId === reader.id);
  for (const prompt of prompts) {
    if (isOnReader(prompt, reader) || mayStillCome(prompt, clock.nowMs())) continue;
    book.endPrompt(prompt.id, 'seen_gone', clock.nowMs());
  }
  const ours = prompts.findLast((prompt) => isOnReader(prompt, reader));
  if (ours === undefined) return late(parts, reader, errand);
  return isOfAnother(parts, ours, errand) ? null : ours;
}

/** Somebody's card is asked for with it right now: it is taken from nobody, not even by another of our own. */
function isOfAnother({ errands }: ReaderParts, prompt: ReaderPrompt, errand: Errand): boolean {
  if (prompt.owner === ownerIdOf(errand)) return false;
  const other = errands.find(prompt.owner);
  return other !== null && asksFor(other, prompt.attemptId);
}

/**
 * A call that everybody had given up may reach the reader late. What it is about is of this kiosk's own file, and
 * nobody else puts that on a reader.
 */
function late(parts: ReaderParts, reader: ReaderFacts, errand: Errand): OnReader | null {
  const object = underWay(reader)?.object ?? null;
  if (object === null) return null;
  const own = ownErrand(parts, object);
  if (own === null || kioskOf(own) !== kioskOf(errand)) return null;
  return { readerId: reader.id, owner: ownerIdOf(own), ordinal: 0 };
}

function ownErrand({ ledger, errands }: ReaderParts, object: PromptObject): Errand | null {
  const paymentIntent = paymentIntentOf(object);
  if (paymentIntent === null) {
    return errands.asking().find((one) => objectOf(one) === object) ?? null;
  }
  try {
    const sale = ledger.findSaleOfPaymentIntent(paymentIntent);
    return sale === null ? null : { kind: 'payment', sale };
  } catch (error) {
    // Whose it is can't be believed: it is left to staff.
    if (error instanceof DamagedSale) return null;
    throw error;
  }
}
