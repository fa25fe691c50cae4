import { expect, it } from 'vitest';
import { weaknessOf } from '../../main/settings/staff-pin-strength.ts';

it.each(['2749', '0852', '190523', '112', '1'.repeat(13), 'abcd', '12a4', '', '١٢٣٤'])(
  'says of %j whether it is a PIN at all',
  (pin) => {
    expect(weaknessOf(pin) === null).toBe(/^[0-9]{4,12}$/.test(pin));
  },
);

it.each(['0000', '7777', '999999999999'])('refuses %s: one digit again and again', (pin) => {
  expect(weaknessOf(pin)).toMatch(/one digit/);
});

it.each(['1234', '4321', '0123', '3210', '7890', '0987', '123456789', '1234567890', '9012'])(
  'refuses %s: a straight run',
  (pin) => {
    expect(weaknessOf(pin)).toMatch(/in a row/);
  },
);

it.each(['1212', '6969', '123123', '27492749'])('refuses %s: it repeats itself', (pin) => {
  expect(weaknessOf(pin)).toMatch(/repeats/);
});

it.each(['1235', '1243', '2749', '13579', '121212121213'])('takes %s', (pin) => {
  expect(weaknessOf(pin)).toBeNull();
});
