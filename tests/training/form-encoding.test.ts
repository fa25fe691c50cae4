import fc from 'fast-check';
import { expect, test } from 'vitest';

import { decodeForm } from '../../main/training/model/form/decode-form.ts';
import { formFrom } from '../../main/training/model/form/form-value.ts';
import { openTraining } from './support/training.ts';

test.each([
  ['indexes', 'a[0]=x&a[1]=y', { a: ['x', 'y'] }],
  ['empty brackets', 'a[]=x&a[]=y', { a: ['x', 'y'] }],
  ['levels', 'a[b][c]=x&a[b][d]=y&e=z', { a: { b: { c: 'x', d: 'y' } }, e: 'z' }],
  ['escaped brackets', 'a%5Bb%5D=x', { a: { b: 'x' } }],
  ['plus and percent', 'a=one+two%2B%C3%A9', { a: 'one two+é' }],
  ['an empty value', 'a=&b', { a: '', b: '' }],
  ['a name given twice', 'a=x&a=y', { a: 'y' }],
  ['nothing', '', {}],
])('a form with %s is read as its client meant it', (_, text, meaning) => {
  expect(decodeForm(text)).toEqual(formFrom(meaning));
});

test.each([
  'a[b=1',
  'a]=1',
  '[a]=1',
  'a=%E0%A4',
  'a=1&a[b]=2',
  'a[b]=1&a=2',
  `a${'[b]'.repeat(20)}=1`,
])('the broken form %s is refused', (text) => {
  expect(() => decodeForm(text)).toThrow(/^Inval/);
});

test('names of JavaScript’s own are names like any other', () => {
  expect(decodeForm('__proto__[a]=x').get('__proto__')).toEqual(new Map([['a', 'x']]));
});

test('every flat form survives its own encoding', () => {
  const names = fc.stringMatching(/^[\w %+&=é]{1,12}$/);
  const values = fc.string({ unit: 'grapheme', maxLength: 30 });
  fc.assert(
    fc.property(fc.dictionary(names, values), (form) => {
      const text = Object.entries(form)
        .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
        .join('&');

      expect(decodeForm(text)).toEqual(new Map(Object.entries(form)));
    }),
  );
});

test('a body that is too large is refused with 413 and the server goes on', async () => {
  await using training = await openTraining();
  const headers = {
    authorization: `Bearer ${training.secretKey}`,
    'content-type': 'application/x-www-form-urlencoded',
  };

  const large = await fetch(`${training.url}/v1/customers`, {
    method: 'POST',
    headers,
    body: `name=${'x'.repeat(300 * 1024)}`,
  });
  const next = await fetch(`${training.url}/v1/customers`, {
    method: 'POST',
    headers,
    body: 'name=Ada',
  });

  expect([large.status, next.status]).toEqual([413, 200]);
});

test('a body that is not a form is refused', async () => {
  await using training = await openTraining();

  const response = await fetch(`${training.url}/v1/customers`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${training.secretKey}`,
      'content-type': 'application/json',
    },
    body: '{"name":"Ada"}',
  });

  expect(response.status).toBe(400);
});
