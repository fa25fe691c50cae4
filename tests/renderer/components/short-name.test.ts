import { describe, expect, it } from 'vitest';
import { shortName } from '../../../renderer/components/short-name.ts';

describe('a name on a public screen', () => {
  it('is the first name and a letter', () => {
    expect(shortName('Ada Lovelace')).toBe('Ada L.');
    expect(shortName('Juan Carlos de la Vega')).toBe('Juan V.');
  });

  it('stays as it is when it is one word, or short already', () => {
    expect(shortName('Ada')).toBe('Ada');
    expect(shortName('Ada L.')).toBe('Ada L.');
  });

  it('keeps a letter whole that is written in two units', () => {
    expect(shortName('Mei 𠮷田')).toBe('Mei 𠮷.');
  });
});
