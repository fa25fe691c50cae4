import { invalidRequest } from '../api-error.ts';

/** One condition of a search. */
export interface SearchClause {
  /** Such as `email`, or `metadata` with a key. */
  readonly field: string;
  readonly key: string | null;
  readonly operator: ':' | '~' | '>' | '<' | '>=' | '<=';
  /** Null stands for "has none". */
  readonly value: string | null;
  readonly negated: boolean;
}

/** A search as a client wrote it. */
export interface SearchQuery {
  readonly clauses: readonly SearchClause[];
  readonly all: boolean;
}

const quoted = String.raw`'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"`;
const clausePattern = new RegExp(
  String.raw`^\s*(-?)(\w+)(?:\[(${quoted})\])?\s*(:|~|>=|<=|>|<)\s*(${quoted}|null\b|\d+)\s*`,
);
const joinPattern = /^(AND|OR)\b/i;

/**
 * Reads Stripe's search language: conditions joined by AND, by OR or by nothing (which is AND).
 * Refuses both joins in one query. https://docs.stripe.com/search#search-query-language
 */
export function parseSearchQuery(text: string): SearchQuery {
  const clauses: SearchClause[] = [];
  const joins = new Set<string>();
  let rest = text;
  do {
    const match = clausePattern.exec(rest);
    if (match === null) {
      throw unreadable(text);
    }
    const [whole, minus, field = '', key, operator = ':', value = ''] = match;
    clauses.push({
      field,
      key: key === undefined ? null : unquote(key),
      operator: operatorOf(operator),
      value: value === 'null' ? null : unquote(value),
      negated: minus === '-',
    });
    rest = rest.slice(whole.length);
    const join = joinPattern.exec(rest);
    if (rest !== '') {
      joins.add(join?.[0].toUpperCase() ?? 'AND');
      rest = rest.slice(join?.[0].length ?? 0);
    }
  } while (rest !== '');
  if (joins.size > 1) {
    throw invalidRequest('You cannot combine AND and OR in one search query.', { param: 'query' });
  }
  return { clauses, all: !joins.has('OR') };
}

function operatorOf(text: string): SearchClause['operator'] {
  const operators = [':', '~', '>=', '<=', '>', '<'] as const;
  return operators.find((operator) => operator === text) ?? ':';
}

function unquote(text: string): string {
  return /^['"]/.test(text) ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1') : text;
}

function unreadable(text: string): Error {
  return invalidRequest(
    `We were unable to parse your search query: ${text}. See https://stripe.com/docs/search#search-query-language.`,
    { param: 'query' },
  );
}
