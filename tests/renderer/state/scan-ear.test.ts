import { describe, expect, it } from 'vitest';
import { type HeardKey, ScanEar } from '../../../renderer/state/scan-ear.ts';

/** Each key so many milliseconds after the one before. */
function typed(keys: readonly string[], gapMs: number, ear = new ScanEar()): readonly HeardKey[] {
  return keys.map((key, index) => ear.hear(key, 1_000 + index * gapMs));
}

function signs(code: string): readonly string[] {
  return Array.from(code);
}

const scanner = 12;
const hand = 90;

describe('the ear for a scanner', () => {
  it('hears a code that comes in one rush and ends with Enter', () => {
    const heard = typed([...signs('cart-48213'), 'Enter'], scanner);

    expect(heard[0]).toEqual({ kind: 'first' });
    expect(heard.slice(1, -1).every(({ kind }) => kind === 'fast')).toBe(true);
    expect(heard.at(-1)).toEqual({ kind: 'code', code: 'cart-48213' });
  });

  it('hears the capital letters of a code, for which a scanner holds Shift', () => {
    const heard = typed(['Shift', 'W', 'z', 'e', 'Shift', 'D', 'Enter'], scanner);

    expect(heard.at(-1)).toEqual({ kind: 'code', code: 'WzeD' });
  });

  it('takes what a hand types for no code', () => {
    const heard = typed([...signs('48213'), 'Enter'], hand);

    expect(heard.map(({ kind }) => kind)).toEqual([
      'first',
      'first',
      'first',
      'first',
      'first',
      'other',
    ]);
  });

  it('takes an Enter that a hand presses after a rush for no part of it', () => {
    const ear = new ScanEar();
    typed(signs('48213'), scanner, ear);

    expect(ear.hear('Enter', 5_000)).toEqual({ kind: 'other' });
  });

  it('takes three quick keys and Enter for a hand', () => {
    expect(typed([...signs('123'), 'Enter'], scanner).at(-1)).toEqual({ kind: 'other' });
  });

  it('hears the second of two codes without the first', () => {
    const ear = new ScanEar();
    typed([...signs('first-code'), 'Enter'], scanner, ear);

    expect(typed([...signs('second'), 'Enter'], scanner, ear).at(-1)).toEqual({
      kind: 'code',
      code: 'second',
    });
  });

  it('begins anew after a key that is no sign', () => {
    const heard = typed([...signs('4821'), 'Tab', ...signs('foyer'), 'Enter'], scanner);

    expect(heard.at(-1)).toEqual({ kind: 'code', code: 'foyer' });
  });

  it('listens to no more than the longest code there is', () => {
    const heard = typed([...signs('x'.repeat(501)), 'Enter'], scanner);

    expect(heard.at(-1)).toEqual({ kind: 'other' });
  });
});
