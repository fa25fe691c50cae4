import type Database from 'better-sqlite3';

/** A wish to keep a card, by the sale or the setup that it came with. */
export interface FiledKeeping {
  readonly source: string;
  readonly outcome: 'kept' | 'not_kept';
  readonly cardId: string | null;
}

export interface FiledCard {
  readonly id: string;
  /** True while it may be charged: it is on file, and its consent stands and is linked to it. */
  readonly isLive: boolean;
}

export interface FiledRefund {
  readonly id: string;
  readonly paymentIntent: string;
  readonly amount: number;
  readonly state: string;
  readonly stripeRefund: string | null;
  readonly isInPerson: boolean;
}

/** What the file holds of cards and of money given back. */
export interface FiledCards {
  /** Sales and setups that were paid, or set up, with a card that was to be kept, and that are over. */
  readonly wishes: readonly string[];
  readonly keepings: readonly FiledKeeping[];
  readonly cards: readonly FiledCard[];
  readonly refunds: readonly FiledRefund[];
}

export const nothingFiled: FiledCards = { wishes: [], keepings: [], cards: [], refunds: [] };

export function filedCards(db: Database.Database): FiledCards {
  return {
    wishes: db
      .prepare<[], string>(
        `select id from sales where state = 'paid' and json_extract(record, '$.keeping') is not null
         union all select id from card_setups where state in ('kept', 'not_kept')`,
      )
      .pluck()
      .all(),
    keepings: db
      .prepare<[], FiledKeeping>('select source, outcome, card_id as cardId from keepings')
      .all(),
    cards: db
      .prepare<[], { readonly id: string; readonly isLive: number }>(
        `select cards.id, removed_at_ms is null and consent_links.card_id = cards.id
           and consent_ends.consent_id is null as isLive
         from cards left join consent_links on consent_links.consent_id = cards.consent_id
           left join consent_ends on consent_ends.consent_id = cards.consent_id`,
      )
      .all()
      .map(({ id, isLive }) => ({ id, isLive: isLive === 1 })),
    refunds: db
      .prepare<[], Omit<FiledRefund, 'isInPerson'> & { readonly isInPerson: number }>(
        `select id, payment_intent_id as paymentIntent, amount, state, stripe_refund_id as stripeRefund,
           json_extract(record, '$.way') = 'in_person' as isInPerson
         from refunds order by added_at_ms, id`,
      )
      .all()
      .map((refund) => ({ ...refund, isInPerson: refund.isInPerson === 1 })),
  };
}
