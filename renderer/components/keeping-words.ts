import type { KeepingView } from '../../preload/contract/cards.ts';
import type { Say } from '../text/text.ts';
import { cardName } from './card-name.ts';

/** What stands where a sentence may come: what is said now, and what may follow, whose room is kept. */
export interface KeepingWords {
  readonly said: string;
  readonly later: readonly string[];
}

/**
 * What the result of a sale says of the card the customer wanted to keep, and how it is taken off: here, where the
 * system lets it. Null when there is nothing to say.
 */
export function keepingWords(
  t: Say,
  keeping: KeepingView | null,
  mayRemove: boolean,
): KeepingWords | null {
  const removing = t(mayRemove ? 'cards.remove_here' : 'cards.remove_elsewhere');
  switch (keeping?.state) {
    case undefined:
    case 'asked':
      return null;
    case 'waiting':
      return {
        said: t('keeping.waiting'),
        // About as long as a card's name is; which card it is, is not known yet.
        later: [
          `${t('keeping.kept', { card: cardName({ brand: 'mastercard', last4: '0000' }) })} ${removing}`,
        ],
      };
    case 'kept':
      return { said: `${keptSentence(t, keeping)} ${removing}`, later: [] };
    case 'not_kept':
      return { said: t(`keeping.${keeping.failure ?? 'refused'}`), later: [] };
  }
}

function keptSentence(t: Say, { brand, last4 }: KeepingView): string {
  return brand === null || last4 === null
    ? t('setup.kept.unnamed')
    : t('keeping.kept', { card: cardName({ brand, last4 }) });
}
