import { describe, expect, it } from 'vitest';
import { keepingWords } from '../../../renderer/components/keeping-words.ts';
import { textFor } from '../../../renderer/text/text.ts';
import { aKeeping } from '../support/cards.ts';

const t = textFor('en');

describe('what a result says of the card', () => {
  it('is nothing when none was to be kept, or none is paid yet', () => {
    expect(keepingWords(t, null)).toBeNull();
    expect(keepingWords(t, aKeeping())).toBeNull();
  });

  it('names no card that is not known', () => {
    const words = keepingWords(t, aKeeping({ state: 'kept' }));

    expect(words?.said).toBe('Your card is on file. Remove it any time under My cards.');
  });

  it('says that a card is not kept although nobody told why', () => {
    const words = keepingWords(t, aKeeping({ state: 'not_kept' }));

    expect(words?.said).toBe("Your card couldn't be kept. Your payment is fine.");
  });
});
