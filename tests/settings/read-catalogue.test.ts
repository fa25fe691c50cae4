import { readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../main/settings/read-catalogue.ts';
import { SettingsProblem } from '../../main/settings/settings-problem.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();

const dropIn = { id: 'drop-in', name: 'Drop-in class', price: 2_800 };

/** A good catalogue with one thing changed. */
function catalogueWith(item: Record<string, unknown>, rest: Record<string, unknown> = {}): string {
  return JSON.stringify({
    currency: 'usd',
    categories: [{ id: 'classes', name: 'Classes', items: [{ ...dropIn, ...item }] }],
    ...rest,
  });
}

function fileOf(text: string): string {
  const file = path.join(tempFolder(), 'catalogue.json');
  writeFileSync(file, text);
  return file;
}

function problemOf(file: string): SettingsProblem {
  try {
    readCatalogue(file);
  } catch (error) {
    if (error instanceof SettingsProblem) return error;
    throw error;
  }
  throw new Error('the catalogue was taken');
}

interface Bad {
  readonly what: string;
  readonly text: string;
  readonly field: string | null;
  /** Part of the sentence that says what to do. */
  readonly fix: string;
}

const price = 'categories[0].items[0].price';

const bad: readonly Bad[] = [
  { what: 'is not JSON', text: '{ "currency": "usd",\n oops }', field: null, fix: 'Mend it' },
  { what: 'is empty', text: '', field: null, fix: 'not valid JSON' },
  { what: 'is a list', text: '[]', field: null, fix: 'as a whole' },
  { what: 'is null', text: 'null', field: null, fix: 'as a whole' },
  {
    what: 'has a negative price',
    text: catalogueWith({ price: -1 }),
    field: price,
    fix: 'negative',
  },
  {
    what: 'has a fractional price',
    text: catalogueWith({ price: 28.5 }),
    field: price,
    fix: 'whole number of minor units',
  },
  {
    what: 'has a price in words',
    text: catalogueWith({ price: '28.00' }),
    field: price,
    fix: '25.00 dollars is 2500',
  },
  {
    what: 'has no price',
    text: catalogueWith({ price: undefined }),
    field: price,
    fix: 'minor units',
  },
  {
    what: 'has a price larger than Stripe takes',
    text: catalogueWith({ price: 100_000_000 }),
    field: price,
    fix: 'larger than Stripe takes',
  },
  {
    what: 'has an unknown currency',
    text: catalogueWith({}, { currency: 'xyz' }),
    field: 'currency',
    fix: 'like "usd"',
  },
  {
    what: 'writes the currency in capitals',
    text: catalogueWith({}, { currency: 'USD' }),
    field: 'currency',
    fix: 'like "usd"',
  },
  {
    what: 'has a number for a name',
    text: catalogueWith({ name: 7 }),
    field: 'categories[0].items[0].name',
    fix: 'must be a text',
  },
  {
    what: 'uses an id twice',
    text: catalogueWith(
      {},
      {
        categories: [
          { id: 'classes', name: 'Classes', items: [dropIn] },
          { id: 'passes', name: 'Passes', items: [dropIn] },
        ],
      },
    ),
    field: 'categories[1].items[0].id',
    fix: 'categories[0].items[0].id',
  },
  {
    what: 'uses a category’s id twice',
    text: catalogueWith(
      {},
      {
        categories: [
          { id: 'classes', name: 'A', items: [dropIn] },
          { id: 'classes', name: 'B', items: [{ ...dropIn, id: 'other' }] },
        ],
      },
    ),
    field: 'categories[1].id',
    fix: 'its own id',
  },
  {
    what: 'names a tax that is not there',
    text: catalogueWith({ tax: 'vat' }),
    field: 'categories[0].items[0].tax',
    fix: 'no tax "vat"',
  },
  {
    what: 'has a misspelt field',
    text: catalogueWith({ prize: 1 }),
    field: 'categories[0].items[0].prize',
    fix: 'mend its spelling',
  },
  {
    what: 'sells nothing',
    text: catalogueWith({}, { categories: [] }),
    field: 'categories',
    fix: 'at least one category',
  },
  {
    what: 'has no categories',
    text: JSON.stringify({ currency: 'usd' }),
    field: 'categories',
    fix: 'must be a list',
  },
];

describe('a catalogue that is refused', () => {
  it.each(bad)('because it $what names the file, the field and the fix', ({ text, field, fix }) => {
    const problem = problemOf(fileOf(text));

    expect(problem).toMatchObject({ kind: 'catalogue', file: 'catalogue.json', field });
    expect(problem.message).toContain('catalogue.json');
    expect(problem.message).toContain(fix);
    if (field !== null) expect(problem.message).toContain(field);
    expect(problem.message.trim()).toMatch(/\.$/);
  });

  it('because it is missing says so', () => {
    const problem = problemOf(path.join(tempFolder(), 'catalogue.json'));

    expect(problem).toMatchObject({ kind: 'catalogue', file: 'catalogue.json', field: null });
    expect(problem.message).toContain('was not found');
  });

  it('because it is a folder says so', () => {
    const file = path.join(tempFolder(), 'catalogue.json');
    mkdirSync(file);

    expect(problemOf(file).message).toContain('is not a file');
  });

  it('because it has 10 MB is not even read', () => {
    const problem = problemOf(fileOf(`"${'x'.repeat(10 * 1024 * 1024)}"`));

    expect(problem.message).toMatch(/larger than 1 MB/);
  });

  it('says on which line it stops being JSON', () => {
    expect(problemOf(fileOf('{\n  "currency": "usd",\n  oops\n}')).message).toContain('line 3');
  });
});

describe('a catalogue that is taken', () => {
  it('has every price as it was written', () => {
    expect(readCatalogue(fileOf(catalogueWith({ featured: true })))).toMatchObject({
      currency: 'usd',
      taxes: [],
      categories: [{ items: [{ id: 'drop-in', price: 2_800, featured: true, limit: 9 }] }],
    });
  });

  it('is the example that comes with the product', () => {
    const example = path.resolve(import.meta.dirname, '../../resources/catalogue.example.json');

    expect(readCatalogue(example).categories.length).toBeGreaterThan(0);
    expect(() => {
      JSON.parse(readFileSync(example, 'utf8'));
    }).not.toThrow();
  });
});
