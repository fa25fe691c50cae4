import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import type { SearchClause, SearchQuery } from '../api/search-query.ts';
import type { Ledger } from '../ledger.ts';
import { searchedVersion } from './customer-search.ts';

/** Finds customers as the search knows them, newest first. It lags behind what was written. */
export function searchCustomers(ledger: Ledger, query: SearchQuery): readonly Stripe.Customer[] {
  const tests = query.clauses.map(testOf);
  const matches = (customer: Stripe.Customer): boolean =>
    query.all ? tests.every((test) => test(customer)) : tests.some((test) => test(customer));
  return [...ledger.customers.newestFirst()].filter((customer) => {
    const known = searchedVersion(ledger, customer);
    return known !== null && matches(known);
  });
}

type Test = (customer: Stripe.Customer) => boolean;

function testOf(clause: SearchClause): Test {
  const test = clause.field === 'created' ? numberTest(clause) : textTest(clause);
  return clause.negated ? (customer) => !test(customer) : test;
}

function numberTest({ operator, value }: SearchClause): Test {
  const limit = Number(value);
  switch (operator) {
    case ':':
      return ({ created }) => created === limit;
    case '>':
      return ({ created }) => created > limit;
    case '<':
      return ({ created }) => created < limit;
    case '>=':
      return ({ created }) => created >= limit;
    case '<=':
      return ({ created }) => created <= limit;
    case '~':
      throw misused('created', operator);
  }
}

/** Texts are compared without regard to case; `~` looks inside name, e-mail and phone. */
function textTest({ field, key, operator, value }: SearchClause): Test {
  const read = reader(field, key);
  if ((operator !== ':' && operator !== '~') || (operator === '~' && field === 'metadata')) {
    throw misused(field, operator);
  }
  const wanted = value?.toLowerCase() ?? null;
  return (customer) => {
    const held = read(customer)?.toLowerCase() ?? null;
    return operator === '~' && wanted !== null
      ? (held?.includes(wanted) ?? false)
      : held === wanted;
  };
}

function reader(field: string, key: string | null): (customer: Stripe.Customer) => string | null {
  if (field === 'metadata' && key !== null) {
    return ({ metadata }) => metadata[key] ?? null;
  }
  switch (field) {
    case 'email':
      return ({ email }) => email;
    case 'name':
      return ({ name }) => name ?? null;
    case 'phone':
      return ({ phone }) => phone ?? null;
    default:
      throw invalidRequest(
        `Field \`${field}\` is an unsupported search field for resource \`customers\`.`,
        { param: 'query' },
      );
  }
}

function misused(field: string, operator: string): Error {
  return invalidRequest(`The operator ${operator} cannot be used with the field \`${field}\`.`, {
    param: 'query',
  });
}
