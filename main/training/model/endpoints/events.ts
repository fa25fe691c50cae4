import { invalidRequest } from '../api-error.ts';
import { inRange, readCreatedRange } from '../api/created-range.ts';
import type { Endpoint } from '../api/endpoint.ts';
import { listPage, readPageOrder } from '../api/list-page.ts';
import type { Params } from '../form/params.ts';
import type { ModelEvent } from '../model-event.ts';
import { find } from '../moves/find.ts';

const url = '/v1/events';
const typesMax = 20;

const list: Endpoint = {
  method: 'GET',
  path: url,
  returns: { object: 'event', list: true },
  prepare: ({ params }) => {
    params.refuseUnmodelled(['delivery_success']);
    const page = readPageOrder(params);
    const created = readCreatedRange(params);
    const hasType = readTypeFilter(params);
    const matches = (row: ModelEvent): boolean =>
      inRange(created, row.created) && hasType(row.type);
    return (ledger) => listPage(ledger.events, page, { url, noun: 'event', matches, created });
  },
};

const retrieve: Endpoint = {
  method: 'GET',
  path: `${url}/:id`,
  returns: { object: 'event', list: false },
  prepare:
    ({ id }) =>
    (ledger) =>
      find(ledger.events, 'event', id),
};

/** `types` is a list of names; `type` is one name in which `*` stands for anything. */
function readTypeFilter(params: Params): (type: string) => boolean {
  const types = params.texts('types');
  const type = params.text('type');
  if (types !== undefined && type !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: type, types.', {
      param: 'types',
    });
  }
  if (types !== undefined) {
    if (types.length > typesMax) {
      throw invalidRequest(`You may pass at most ${typesMax} event types.`, { param: 'types' });
    }
    return (candidate) => types.includes(candidate);
  }
  if (type === undefined) {
    return () => true;
  }
  const pieces = type.split('*').map((piece) => piece.replaceAll(/[^\w]/g, '\\$&'));
  const pattern = new RegExp(`^${pieces.join('.*')}$`);
  return (candidate) => pattern.test(candidate);
}

/** https://docs.stripe.com/api/events */
export const eventEndpoints: readonly Endpoint[] = [list, retrieve];
