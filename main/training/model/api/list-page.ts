import type Stripe from 'stripe';

import { invalidRequest, missingResource } from '../api-error.ts';
import type { Collection, Stored } from '../collection.ts';
import type { Params } from '../form/params.ts';
import type { CreatedRange } from './created-range.ts';

/** Which page of a list a client wants. */
export interface PageOrder {
  readonly limit: number;
  readonly startingAfter: string | undefined;
  readonly endingBefore: string | undefined;
}

const limitDefault = 10;
const limitMax = 100;

/** Reads `limit`, `starting_after` and `ending_before`. Refuses both cursors at once. */
export function readPageOrder(params: Params): PageOrder {
  const limit = params.integer('limit') ?? limitDefault;
  if (limit < 1 || limit > limitMax) {
    throw invalidRequest(`Invalid limit: must be between 1 and ${limitMax}.`, {
      code: 'parameter_invalid_integer',
      param: 'limit',
    });
  }
  const startingAfter = params.text('starting_after');
  const endingBefore = params.text('ending_before');
  if (startingAfter !== undefined && endingBefore !== undefined) {
    throw invalidRequest('You cannot use both starting_after and ending_before.', {
      param: 'ending_before',
    });
  }
  return { limit, startingAfter, endingBefore };
}

/** What a list shows of a collection. */
export interface ListView<Row> {
  readonly url: string;
  readonly noun: string;
  readonly matches: (row: Row) => boolean;
  /** Lets a list stop early in a collection that is in order of creation. */
  readonly created?: CreatedRange;
}

/**
 * Cuts one page, newest first. The page of `ending_before` is the one next to the cursor on its
 * newer side, so walking it to the end visits every newer row once.
 * https://docs.stripe.com/api/pagination
 */
export function listPage<Row extends Stored>(
  collection: Collection<Row>,
  order: PageOrder,
  view: ListView<Row>,
): Stripe.ApiList<Row> {
  checkCursor(collection, view.noun, 'starting_after', order.startingAfter);
  checkCursor(collection, view.noun, 'ending_before', order.endingBefore);
  const backwards = order.endingBefore !== undefined;
  const rows = backwards
    ? collection.oldestFirst(order.endingBefore)
    : collection.newestFirst(order.startingAfter);
  const isPast = pastTheRange(collection, view, backwards);
  const data: Row[] = [];
  let more = false;
  for (const row of rows) {
    if (isPast(row)) {
      break;
    }
    if (view.matches(row)) {
      more = data.length === order.limit;
      if (more) {
        break;
      }
      data.push(row);
    }
  }
  return {
    object: 'list',
    data: backwards ? data.reverse() : data,
    has_more: more,
    url: view.url,
  };
}

/** Says of a row whether nothing beyond it can match any more. */
function pastTheRange<Row extends Stored>(
  collection: Collection<Row>,
  view: ListView<Row>,
  backwards: boolean,
): (row: Row) => boolean {
  const { created } = view;
  if (created === undefined || !collection.inOrderOfCreation) {
    return () => false;
  }
  return backwards
    ? (row) => (row.created ?? 0) > created.toSec
    : (row) => (row.created ?? 0) < created.fromSec;
}

function checkCursor<Row extends Stored>(
  collection: Collection<Row>,
  noun: string,
  param: string,
  id: string | undefined,
): void {
  if (id !== undefined && collection.get(id) === undefined) {
    throw missingResource(noun, id, param, 400);
  }
}
