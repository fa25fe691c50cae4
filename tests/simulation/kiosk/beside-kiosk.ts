import { createHash } from 'node:crypto';
import type { CardsApi } from '../../../main/ports/cards-api.ts';
import type { IdSource } from '../../../main/ports/id-source.ts';
import type { Mailer } from '../../../main/ports/mailer.ts';
import type { RefundsApi } from '../../../main/ports/refunds-api.ts';
import type { BesideSalesOptions } from '../../../main/services/beside-sales.ts';
import type { CardSettings } from '../../../main/services/cards/card-settings.ts';
import type { FilePorts } from './mortal-ports.ts';

/** What of the world the kiosk keeps cards and gives money back with. */
export interface BesidePorts {
  /** Null where the system keeps no cards. */
  readonly cards: CardsApi | null;
  /** Null where nothing can be given back. */
  readonly refunds: RefundsApi | null;
  readonly mailer: Mailer;
}

export const merchant = 'Linden Yoga';

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** As the kiosk puts it together; whoever is asked to approve agrees. */
export function besideOf(
  { cardBook, refundBook }: FilePorts,
  { cards, refunds, mailer }: BesidePorts,
  ids: IdSource,
  waiting: CardSettings['waiting'],
): BesideSalesOptions {
  return {
    cards: {
      book: cardBook,
      api: cards,
      mailer,
      ids,
      hash: sha256,
      merchant,
      settings: { keep: true, waiting },
    },
    refunds: { book: refundBook, api: refunds },
    approval: { ask: ({ by }) => Promise.resolve({ kind: 'approved', by }) },
  };
}
