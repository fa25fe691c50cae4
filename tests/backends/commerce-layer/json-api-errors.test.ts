import { describe, expect, it } from 'vitest';
import {
  codeOf,
  errorsIn,
  type JsonApiError,
  sentenceOf,
} from '../../../main/backends/commerce-layer/json-api-errors.ts';

function error(code: string | null, pointer: string | null = null): JsonApiError {
  return { code, pointer };
}

describe('a sentence for staff', () => {
  it.each([
    [
      [error('INVALID_TOKEN')],
      'Commerce Layer does not take this kiosk’s access token: it is wrong, has expired, or may not do this.',
    ],
    [
      [error('RECORD_NOT_FOUND', '/data/relationships/order/data/id')],
      'Commerce Layer does not know the order.',
    ],
    [[error('RECORD_NOT_FOUND')], 'Commerce Layer does not know what was asked for.'],
    [
      [error('VALIDATION_ERROR', '/data/attributes/client_secret')],
      'Commerce Layer does not accept the PaymentIntent’s secret.',
    ],
    [
      [error('VALIDATION_ERROR', '/data/attributes/currency_code')],
      'Commerce Layer does not accept its field “currency_code”.',
    ],
    [[error('VALIDATION_ERROR', '/data')], 'Commerce Layer does not accept this payment.'],
    [
      [error('PARAM_NOT_ALLOWED', '/data/attributes/options')],
      'Commerce Layer refused this because of its field “options” (param_not_allowed).',
    ],
    [[error(null)], 'Commerce Layer refused this (commerce_layer_error).'],
  ])('of %j', (errors, sentence) => {
    expect(sentenceOf(errors)).toBe(sentence);
  });

  it('says each thing once', () => {
    const order = error('VALIDATION_ERROR', '/data/relationships/order');
    const secret = error('VALIDATION_ERROR', '/data/attributes/client_secret');

    expect(sentenceOf([order, order, secret])).toBe(
      'Commerce Layer does not accept the order. Commerce Layer does not accept the PaymentIntent’s secret.',
    );
  });

  it('repeats nothing that a platform may put into a pointer or a code', () => {
    const text = sentenceOf([
      error('pi_1_secret_2 is not valid', '/data/attributes/pi_1_secret_2 is not valid'),
    ]);

    expect(text).toBe('Commerce Layer refused this (commerce_layer_error).');
  });
});

it('errors are read from a JSON:API body, whatever else stands in it', () => {
  const body = {
    errors: [
      {
        title: 'can’t be blank',
        code: 'VALIDATION_ERROR',
        source: { pointer: '/data' },
        status: 422,
      },
      { source: 'odd' },
    ],
  };

  expect(errorsIn(body)).toEqual([error('VALIDATION_ERROR', '/data'), error(null)]);
});

it.each([[null], ['no'], [{}], [{ errors: [] }], [{ errors: 'no' }]])(
  'no errors are read from %j',
  (body) => {
    expect(errorsIn(body)).toBeNull();
  },
);

it('the code of an answer is one short word', () => {
  expect(codeOf([error('RECORD_NOT_FOUND')])).toBe('record_not_found');
  expect(codeOf([error('not a word')])).toBe('commerce_layer_error');
  expect(codeOf([])).toBe('commerce_layer_error');
});
