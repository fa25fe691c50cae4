import { describe, expect, it } from 'vitest';
import type { RefusalCode } from '../../../preload/contract/envelope.ts';
import { en } from '../../../renderer/text/en.ts';
import { pseudo } from '../../../renderer/text/pseudo.ts';
import { refusalKey } from '../../../renderer/text/refusal-key.ts';
import { textFor } from '../../../renderer/text/text.ts';

describe('the words', () => {
  it('are filled where they have gaps', () => {
    expect(textFor('en')('approved.with', { brand: 'Visa', last4: '4242' })).toBe(
      'with Visa ending 4242',
    );
  });

  it('leave names and numbers alone in the pseudo-locale', () => {
    const sentence = textFor('en-XA')('choose.addItem', { name: 'Vinyasa flow' });

    expect(sentence).toContain('Vinyasa flow');
    expect(sentence).toMatch(/^\[.*\]$/);
  });

  it('have no exclamation marks', () => {
    expect(Object.values(en).filter((sentence) => sentence.includes('!'))).toEqual([]);
  });

  it('have a sentence for every refusal, also one main has no key for', () => {
    const codes: readonly RefusalCode[] = [
      'bad_request',
      'unknown_sender',
      'not_now',
      'locked',
      'closed',
      'unavailable',
      'internal',
    ];
    for (const code of codes) {
      const key = refusalKey({ code, messageKey: 'no.such.key', retryable: false });
      expect(key).toBe(`refusal.${code}`);
    }
  });
});

describe('the pseudo-locale', () => {
  it('makes every sentence at least forty per cent longer', () => {
    const short = Object.values(en).filter(
      (sentence) => pseudo(sentence).length < sentence.length * 1.4,
    );

    expect(short).toEqual([]);
  });

  it('changes every word, so that a word outside the table is seen', () => {
    expect(
      Object.values(en).filter(
        (sentence) => /[a-z]/.test(wordsOf(sentence)) && pseudo(sentence).includes(sentence),
      ),
    ).toEqual([]);
  });
});

/** A sentence without what is put into it. */
function wordsOf(sentence: string): string {
  return sentence.replaceAll(/\{\w+\}/g, '');
}
