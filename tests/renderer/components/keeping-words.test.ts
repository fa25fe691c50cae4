import { describe, expect, it } from 'vitest';
import { keepingWords } from '../../../renderer/components/keeping-words.ts';
import { textFor } from '../../../renderer/text/text.ts';
import { aKeeping } from '../support/cards.ts';

const t = textFor('en');

describe('what a result says of the card', () => {
  it('is nothing when none was to be kept, or none is paid yet', () => {
    expect(keepingWords(t, null, true)).toBeNull();
    expect(keepingWords(t, aKeeping(), true)).toBeNull();
  });

  it('names no card that is not known', () => {
    const words = keepingWords(t, aKeeping({ state: 'kept' }), true);

    expect(words?.said).toBe('Your card is on file. Remove it any time under My cards.');
  });

  it('sends a member to the desk where this kiosk takes no card off', () => {
    const words = keepingWords(t, aKeeping({ state: 'kept' }), false);

    expect(words?.said).toBe(
      'Your card is on file. To have it removed, ask at the desk at any time.',
    );
  });

  it('says that a card is not kept although nobody told why', () => {
    const words = keepingWords(t, aKeeping({ state: 'not_kept' }), true);

    expect(words?.said).toBe("Your card couldn't be kept. Your payment is fine.");
  });
});
