import type { TapKind } from '../stripe/tap.ts';
import type { StoredBank } from './card-fault.ts';

/** What a customer does about cards on file. */
export const cardWishes = [
  'nothing',
  /** Agrees to keeping the card they pay with. */
  'keeps',
  /** Buys nothing, and has a card kept. */
  'keeps_alone',
  /** Pays with a card on file, where they have one. */
  'pays',
] as const;

export type CardWish = (typeof cardWishes)[number];

/** What a seed decided of a customer's cards; it changes nothing of the rest of their plan. */
export interface CardPlan {
  readonly wish: CardWish;
  /** Which of the studio's members stands there, from 0. */
  readonly member: number;
  readonly tap: TapKind;
  /** What their card on file meets. */
  readonly bank: StoredBank;
  readonly copyByEmail: boolean;
}
