import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OrderCode, parseOrderCode } from '../../main/domain/order-code.ts';

const idLetters = Array.from('ABCXYZabcxyz0189_-');
const ids = fc.string({ unit: fc.constantFrom(...idLetters), minLength: 1, maxLength: 64 });
const amounts = fc.integer({ min: 0, max: 99_999_999 });
const totals = fc.integer({ min: 1, max: 99_999_999 });
/** Words that people would put on a screen, with signs that mean something in a query among them. */
const titles = fc
  .string({
    unit: fc.constantFrom(...Array.from('aZ9 é猫🧘&=+%?#/:')),
    minLength: 1,
    maxLength: 60,
  })
  .map((title) => title.trim())
  .filter((title) => title !== '' && Array.from(title).length <= 80);

interface Said {
  readonly id: string;
  readonly total?: number;
  readonly balance?: number;
  readonly user?: string;
  readonly partner?: string;
  readonly title?: string;
}

const saids: fc.Arbitrary<Said> = fc.record(
  { id: ids, total: totals, balance: amounts, user: ids, partner: ids, title: titles },
  { requiredKeys: ['id'] },
);
const prefixes = fc.constantFrom(
  'foyer:order?',
  'foyer://order?',
  'foyer://order/?',
  'FOYER:order?',
  'Foyer://Order?',
);

/** As a till would print it, its words in any order. */
const codes = fc
  .tuple(saids, prefixes, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }))
  .map(([said, prefix, places]) => {
    const words = Object.entries<string | number>({ ...said })
      .map(([name, value], at) => ({ name, value: String(value), place: places[at] ?? 0 }))
      .toSorted((left, right) => left.place - right.place);
    const query = words.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('&');
    return { said, query, text: `${prefix}${query}` };
  })
  .filter(({ query }) => query.length <= 400);

function isWhole(amount: number, least: number): boolean {
  return Number.isSafeInteger(amount) && amount >= least && amount <= 99_999_999;
}

function expectLawful({ order, total, title }: OrderCode): void {
  for (const id of [order.id, order.userId ?? 'x', order.partnerId ?? 'x']) {
    expect(id).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  }
  expect(isWhole(order.balance, 0)).toBe(true);
  expect(order.fromBalance).toBe(0);
  expect(total === null || isWhole(total, 1)).toBe(true);
  if (title === null) return;
  expect(title.trim()).toBe(title);
  expect(Array.from(title).length).toBeGreaterThan(0);
  expect(Array.from(title).length).toBeLessThanOrEqual(80);
  expect(title.isWellFormed()).toBe(true);
  expect(title).not.toMatch(/\p{Cc}/u);
}

describe('the code of an order', () => {
  it('says what was put into it, whichever way its words stand', () => {
    fc.assert(
      fc.property(codes, ({ said, text }) => {
        expect(parseOrderCode(text)).toEqual({
          order: {
            id: said.id,
            fromBalance: 0,
            balance: said.balance ?? 0,
            userId: said.user ?? null,
            partnerId: said.partner ?? null,
          },
          total: said.total ?? null,
          title: said.title ?? null,
        });
      }),
    );
  });

  it('may be the bare id, as a scanner sends it with its end of line', () => {
    fc.assert(
      fc.property(ids, fc.constantFrom('', '\r', '\n', '\r\n', '\t', ' '), (id, end) => {
        const read = parseOrderCode(`${end}${id}${end}`);

        expect(read?.order).toEqual({
          id,
          fromBalance: 0,
          balance: 0,
          userId: null,
          partnerId: null,
        });
        expect(read).toMatchObject({ total: null, title: null });
      }),
    );
  });

  it('reads a plus in a title as a space', () => {
    expect(parseOrderCode('foyer:order?id=7&title=Ten+classes')?.title).toBe('Ten classes');
  });

  it('has a long title cut between characters, and an empty one taken for none', () => {
    const long = parseOrderCode(`foyer:order?id=7&title=${'a'.repeat(79)}🧘🧘`)?.title;

    expect(long).toBe(`${'a'.repeat(79)}🧘`);
    expect(parseOrderCode('foyer:order?id=7&title=+')).toMatchObject({ title: null });
  });
});

describe('what is no code of an order', () => {
  const pieces = fc.oneof(
    fc.constantFrom('foyer:', 'foyer://', 'order', 'order?', '&', '=', '?', '%', '%0', '%00', '+'),
    fc.constantFrom('id', 'total', 'balance', 'user', 'partner', 'title', 'id=7', 'total=1'),
    fc.constantFrom('-1', '1e3', '1.5', '0x10', '١٢', '\ud83e', '\u0000', '\u202e', '\u2028'),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  const junk = fc.oneof(
    fc.array(pieces, { maxLength: 14 }).map((some) => some.join('')),
    fc.array(pieces, { maxLength: 8 }).map((some) => `foyer:order?id=7&${some.join('')}`),
    fc.string({ unit: 'binary', maxLength: 600 }),
  );

  it('never breaks the reading: it is null, or a lawful order all the same', () => {
    fc.assert(
      fc.property(junk, (text) => {
        const read = parseOrderCode(text);
        if (read !== null) expectLawful(read);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is one with a word too many, also where it is known and says the same twice', () => {
    fc.assert(
      fc.property(codes, ids, ({ said, text }, word) => {
        fc.pre(!(word in said) && !['total', 'balance', 'user', 'partner', 'title'].includes(word));

        expect(parseOrderCode(`${text}&${word}=1`)).toBeNull();
        expect(parseOrderCode(`${text}&id=${said.id}`)).toBeNull();
      }),
    );
  });

  it.each(['-1', '+1', '1.00', '1,00', '1e3', '0x10', ' 1', '', '٣', '123456789', 'NaN', '1%20'])(
    'is one whose amount is “%s”, which is no whole number of minor units',
    (amount) => {
      expect(parseOrderCode(`foyer:order?id=7&total=${amount}`)).toBeNull();
      expect(parseOrderCode(`foyer:order?id=7&total=100&balance=${amount}`)).toBeNull();
    },
  );

  it('is one that costs nothing', () => {
    expect(parseOrderCode('foyer:order?id=7&total=0')).toBeNull();
    expect(parseOrderCode('foyer:order?id=7&total=00')).toBeNull();
  });

  it.each([
    ['broken percent signs', 'foyer:order?id=7&title=%E0%A4%A'],
    ['a percent sign alone', 'foyer:order?id=7&title=100%'],
    ['bytes that are no text', 'foyer:order?id=7&title=%ff'],
    ['a zero byte', 'foyer:order?id=7&title=a%00b'],
    ['an end of line', 'foyer:order?id=7&title=a%0Ab'],
    ['a line separator', 'foyer:order?id=7&title=a%E2%80%A8b'],
    ['a sign that turns the text around', 'foyer:order?id=7&title=a%E2%80%AEb'],
    ['half a surrogate pair', 'foyer:order?id=7&title=a\ud83eb'],
    ['no id', 'foyer:order?total=100'],
    ['an empty id', 'foyer:order?id=&total=100'],
    ['an id that leaves its path', 'foyer:order?id=..%2Fusers'],
    ['an id with a space', 'foyer:order?id=7+8'],
    ['a user that leaves its path', 'foyer:order?id=7&user=a/b'],
    ['an empty partner', 'foyer:order?id=7&partner='],
    ['a fragment', 'foyer:order?id=7#top'],
    ['nothing after a joint', 'foyer:order?id=7&'],
    ['another scheme', 'https://order?id=7'],
    ['another place', 'foyer://sale?id=7'],
    ['a path', 'foyer://order/7?id=7'],
    ['no question', 'foyer:order'],
    ['two lines', '7\n8'],
    ['nothing at all', ''],
    ['an id that is too long', 'x'.repeat(65)],
  ])('is one with %s', (_, text) => {
    expect(parseOrderCode(text)).toBeNull();
  });

  it('is one of more than 400 characters, and one of a million', () => {
    const ofLength = (length: number): string => 'id=7&title='.padEnd(length, 'a');

    expect(parseOrderCode(`foyer:order?${ofLength(400)}`)).not.toBeNull();
    expect(parseOrderCode(`foyer:order?${ofLength(401)}`)).toBeNull();
    expect(parseOrderCode(`foyer:order?${ofLength(1_000_000)}`)).toBeNull();
  });
});
