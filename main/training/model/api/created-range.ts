import { invalidRequest } from '../api-error.ts';
import type { Params } from '../form/params.ts';

/** A span of creation times in epoch seconds, both ends included. */
export interface CreatedRange {
  readonly fromSec: number;
  readonly toSec: number;
}

/** Reads `created=…` or `created[gte|gt|lte|lt]=…`. Without it, the span is all of time. */
export function readCreatedRange(params: Params): CreatedRange {
  if (!params.has('created')) {
    return { fromSec: -Infinity, toSec: Infinity };
  }
  if (typeof params.members('created') === 'string') {
    const exact = params.required('created', params.integer('created'));
    return { fromSec: exact, toSec: exact };
  }
  const group = params.group('created');
  if (group === undefined) {
    throw invalidRequest('Invalid created filter.', { param: 'created' });
  }
  const [gt, gte] = [group.integer('gt'), group.integer('gte')];
  const [lt, lte] = [group.integer('lt'), group.integer('lte')];
  group.done();
  return {
    fromSec: Math.max(gte ?? -Infinity, (gt ?? -Infinity) + 1),
    toSec: Math.min(lte ?? Infinity, (lt ?? Infinity) - 1),
  };
}

/** Whether a moment lies in the span. */
export function inRange(range: CreatedRange, createdSec: number): boolean {
  return createdSec >= range.fromSec && createdSec <= range.toSec;
}
