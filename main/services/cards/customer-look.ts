import type { CustomerId } from '../../domain/ids.ts';
import type { CardsApi, CustomerFacts } from '../../ports/cards-api.ts';
import type { Answer } from '../../ports/payments-api.ts';
import type { KnownTime } from '../known-time.ts';

/** Search shows a Customer an hour after it was made at the latest; a list of this long, in milliseconds, has the rest. */
const listedMs = 25 * 3_600_000;
/** 100,000 Customers made in a day are no studio's. */
const pagesMax = 1_000;

/**
 * Every Customer with this number, oldest first: by search, which lags, and by a whole list of those made in the last
 * 25 hours, which does not. A number is compared here, to the letter. Done only when everything was seen: an empty
 * answer proves that there is none.
 */
export async function lookForCustomers(
  cards: CardsApi,
  clock: KnownTime,
  memberId: string,
  signal: AbortSignal,
): Promise<Answer<readonly CustomerFacts[]>> {
  const searched = await cards.searchCustomers(memberId, signal);
  if (searched.kind !== 'done') return searched;
  // That answer has told the time; without it nobody knows where the list would have to begin.
  if (!clock.isKnown) return { kind: 'unanswered', code: 'time_unknown' };

  const found = new Map<CustomerId, CustomerFacts>();
  const take = (entries: readonly CustomerFacts[]): void => {
    for (const entry of entries) if (entry.memberId === memberId) found.set(entry.id, entry);
  };
  take(searched.value);
  const createdFromMs = clock.nowMs() - listedMs;
  let startingAfter: CustomerId | null = null;
  for (let pages = 0; pages < pagesMax; pages += 1) {
    const listed = await cards.listCustomers({ createdFromMs, startingAfter }, signal);
    if (listed.kind !== 'done') return listed;
    const { entries, hasMore } = listed.value;
    take(entries);
    startingAfter = entries.at(-1)?.id ?? null;
    if (hasMore && startingAfter !== null) continue;
    const value = [...found.values()].sort(byAge);
    return { kind: 'done', value, requestId: listed.requestId };
  }
  return { kind: 'unanswered', code: 'too_many_customers' };
}

/** Two made in one second are told apart by their ids, so that every kiosk takes the same one. */
function byAge(left: CustomerFacts, right: CustomerFacts): number {
  if (left.createdAtMs !== right.createdAtMs) return left.createdAtMs - right.createdAtMs;
  return left.id < right.id ? -1 : 1;
}
