import type { TestCard } from '../test-cards.ts';

/** One card shown to one reader for one PaymentIntent, and what the customer chose there. */
export interface Presentation {
  readonly card: TestCard;
  /** The PaymentMethod made for this presentation. */
  readonly paymentMethod: string;
  /** Smallest unit; null when no tip was asked for. */
  readonly tipAmount: number | null;
  readonly allowRedisplay: 'always' | 'limited' | 'unspecified' | null;
  readonly reader: string | null;
  readonly location: string | null;
}
