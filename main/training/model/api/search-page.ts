import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import type { Params } from '../form/params.ts';

/** Which page of a search a client wants. */
export interface SearchPageOrder {
  readonly limit: number;
  /** How many results come before the page. */
  readonly skip: number;
}

const limitMax = 100;

/** Reads `limit` and `page`, which is what an earlier answer gave as `next_page`. */
export function readSearchPage(params: Params): SearchPageOrder {
  const limit = params.integer('limit') ?? 10;
  if (limit < 1 || limit > limitMax) {
    throw invalidRequest(`Invalid limit: must be between 1 and ${limitMax}.`, {
      code: 'parameter_invalid_integer',
      param: 'limit',
    });
  }
  const page = params.text('page');
  const skip = page === undefined ? 0 : Number(/^after_(\d+)$/.exec(page)?.[1]);
  if (Number.isNaN(skip)) {
    throw invalidRequest('Invalid page: it is no next_page of an earlier answer.', {
      param: 'page',
    });
  }
  return { limit, skip };
}

/** Cuts one page. https://docs.stripe.com/api/pagination/search */
export function searchPage<Row>(
  found: readonly Row[],
  { limit, skip }: SearchPageOrder,
  url: string,
): Stripe.ApiSearchResult<Row> {
  const more = found.length > skip + limit;
  return {
    object: 'search_result',
    data: found.slice(skip, skip + limit),
    has_more: more,
    next_page: more ? `after_${skip + limit}` : null,
    url,
  };
}
