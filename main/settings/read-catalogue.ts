import { z } from 'zod';
import type { Catalogue } from '../domain/catalogue.ts';
import { exponentOf, stepOf } from '../domain/money.ts';
import { largestAmount } from '../domain/order.ts';
import { fieldName, parseJsonFile, type ReadOrProblems, valueOf } from './read-json-file.ts';

const sizeMax = 1024 * 1024;

const id = z
  .string({ error: 'must be a text, such as "drop-in"' })
  .regex(
    /^[a-z0-9][a-z0-9-]{0,63}$/,
    'use lower-case letters, digits and hyphens, such as "drop-in"',
  );
const name = z
  .string({ error: 'must be a text' })
  .min(1, 'must not be empty')
  .max(80, 'is longer than 80 characters');

const price = z
  .number({ error: 'must be a number of minor units: 25.00 dollars is 2500' })
  .int('must be a whole number of minor units: 25.00 dollars is 2500')
  .min(0, 'must not be negative')
  .max(largestAmount, 'is larger than Stripe takes in one payment');

const item = z.strictObject({
  id,
  name,
  description: z.string().max(200, 'is longer than 200 characters').optional(),
  note: z.string().max(80, 'is longer than 80 characters').optional(),
  featured: z.boolean({ error: 'must be true or false' }).optional(),
  price,
  tax: z.string({ error: 'must be the id of a tax' }).optional(),
  limit: z
    .int('must be a whole number from 1 to 20')
    .min(1, 'must be at least 1')
    .max(20, 'must be at most 20')
    .optional(),
});

const catalogueFile = z.strictObject({
  currency: z
    .string({ error: 'must be a currency such as "usd"' })
    .refine(
      (code) => exponentOf(code) !== null,
      'is not a currency Stripe takes; write it like "usd"',
    ),
  taxes: z
    .array(
      z.strictObject({
        id,
        label: name,
        basisPoints: z
          .number({ error: 'must be a number: 875 is 8.75 %' })
          .int('must be a whole number: 875 is 8.75 %')
          .min(0, 'must not be negative')
          .max(10_000, 'is more than 100 %'),
        included: z.boolean({ error: 'must be true when prices contain the tax, else false' }),
      }),
    )
    .max(20, 'has more than 20 taxes')
    .optional(),
  categories: z
    .array(
      z.strictObject({ id, name, items: z.array(item).min(1, 'must have at least one item') }),
      { error: 'must be a list of categories' },
    )
    .min(1, 'must have at least one category')
    .max(30, 'has more than 30 categories'),
});

const catalogueSchema = catalogueFile.superRefine((file, context) => {
  const taxes = new Set(file.taxes?.map((tax) => tax.id));
  const seen = new Map<string, string>();
  const once = (text: string, place: (string | number)[]): void => {
    const before = seen.get(text);
    if (before === undefined) {
      seen.set(text, fieldName(place) ?? '');
      return;
    }
    const message = `"${text}" is used before, at ${before}; give each its own id`;
    context.addIssue({ code: 'custom', path: place, message });
  };
  file.taxes?.forEach((tax, index) => once(`tax ${tax.id}`, ['taxes', index, 'id']));
  file.categories.forEach((category, index) => {
    once(`category ${category.id}`, ['categories', index, 'id']);
    category.items.forEach((sold, place) => {
      const here = ['categories', index, 'items', place];
      once(sold.id, [...here, 'id']);
      if (sold.price % stepOf(file.currency) !== 0) {
        const message = `must be a multiple of ${stepOf(file.currency)}: Stripe takes ${file.currency} only so`;
        context.addIssue({ code: 'custom', path: [...here, 'price'], message });
      }
      if (sold.tax !== undefined && !taxes.has(sold.tax)) {
        const message = `there is no tax "${sold.tax}" in taxes`;
        context.addIssue({ code: 'custom', path: [...here, 'tax'], message });
      }
    });
  });
});

/** Reads the studio's catalogue. Refuses, by SettingsProblem, whatever could make a wrong price. */
export function readCatalogue(file: string): Catalogue {
  return valueOf(parseCatalogue(file));
}

/** The same, with every problem that was found. */
export function parseCatalogue(file: string): ReadOrProblems<Catalogue> {
  const read = parseJsonFile({ kind: 'catalogue', file, schema: catalogueSchema, sizeMax });
  return read.kind === 'refused' ? read : { kind: 'read', value: catalogueOf(read.value) };
}

function catalogueOf(read: z.infer<typeof catalogueSchema>): Catalogue {
  return {
    currency: read.currency,
    taxes: read.taxes ?? [],
    categories: read.categories.map((category) => ({
      id: category.id,
      name: category.name,
      items: category.items.map((sold) => ({
        id: sold.id,
        name: sold.name,
        description: sold.description ?? null,
        note: sold.note ?? null,
        featured: sold.featured ?? false,
        price: sold.price,
        taxId: sold.tax ?? null,
        limit: sold.limit ?? 9,
      })),
    })),
  };
}
