import type { Answer, Page } from '../../ports/payments-api.ts';

/** A bound: of 100 entries each, more than a studio has of anything listed whole. */
const pagesMax = 20;

/** Follows a list to its end. A list that does not end within bounds is no answer: a part would pass for all of it. */
export async function everyPage<Entry extends { readonly id: string }>(
  pageAfter: (startingAfter: string | null) => Promise<Answer<Page<Entry>>>,
): Promise<Answer<readonly Entry[]>> {
  const entries: Entry[] = [];
  for (let page = 0; page < pagesMax; page += 1) {
    const answer = await pageAfter(entries.at(-1)?.id ?? null);
    if (answer.kind !== 'done') return answer;
    entries.push(...answer.value.entries);
    if (!answer.value.hasMore) return { ...answer, value: entries };
  }
  return { kind: 'unanswered', code: 'list_too_long' };
}
