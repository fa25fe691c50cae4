import type Database from 'better-sqlite3';

export interface ConsentInFile {
  readonly id: string;
  readonly member_key: string;
  readonly text: string;
  readonly card_id: string | null;
  readonly revoked_at_ms: number | null;
}

export interface CardInFile {
  readonly id: string;
  readonly member_key: string;
  readonly consent_id: string;
  readonly removed_at_ms: number | null;
}

export interface KeepingInFile {
  readonly source: string;
  readonly outcome: 'kept' | 'not_kept';
  readonly card_id: string | null;
  readonly why: string | null;
}

export interface SetupInFile {
  readonly id: string;
  readonly state: string;
  readonly consent_id: string;
  readonly setup_intent_id: string | null;
}

export interface RefundInFile {
  readonly id: string;
  readonly sale_id: string;
  readonly payment_intent_id: string;
  readonly amount: number;
  readonly state: string;
  readonly stripe_refund_id: string | null;
  readonly record: string;
}

const consent = `select consents.id, member_key, text, consent_links.card_id, consent_ends.at_ms as revoked_at_ms
  from consents left join consent_links on consent_links.consent_id = consents.id
    left join consent_ends on consent_ends.consent_id = consents.id`;
const card = 'select id, member_key, consent_id, removed_at_ms from cards';
const keeping = 'select source, outcome, card_id, why from keepings';
const setup = 'select id, state, consent_id, setup_intent_id from card_setups';
const refund =
  'select id, sale_id, payment_intent_id, amount, state, stripe_refund_id, record from refunds';

/** Members, cards and refunds of the kiosk's file, as they are committed. Each question is prepared when first asked. */
export class CardFile {
  readonly #db: Database.Database;
  readonly #statements = new Map<string, Database.Statement<string[]>>();

  constructor(db: Database.Database) {
    this.#db = db;
  }

  consent(id: string): ConsentInFile | null {
    return this.#prepared<ConsentInFile>(`${consent} where consents.id = ?`).get(id) ?? null;
  }

  consents(): readonly ConsentInFile[] {
    return this.#prepared<ConsentInFile>(consent).all();
  }

  card(id: string): CardInFile | null {
    return this.#prepared<CardInFile>(`${card} where id = ?`).get(id) ?? null;
  }

  cards(): readonly CardInFile[] {
    return this.#prepared<CardInFile>(card).all();
  }

  keepingOf(source: string): KeepingInFile | null {
    return this.#prepared<KeepingInFile>(`${keeping} where source = ?`).get(source) ?? null;
  }

  keepings(): readonly KeepingInFile[] {
    return this.#prepared<KeepingInFile>(keeping).all();
  }

  setup(id: string): SetupInFile | null {
    return this.#prepared<SetupInFile>(`${setup} where id = ?`).get(id) ?? null;
  }

  setupOfIntent(id: string): SetupInFile | null {
    return this.#prepared<SetupInFile>(`${setup} where setup_intent_id = ?`).get(id) ?? null;
  }

  setups(): readonly SetupInFile[] {
    return this.#prepared<SetupInFile>(`${setup} order by id`).all();
  }

  refund(id: string): RefundInFile | null {
    return this.#prepared<RefundInFile>(`${refund} where id = ?`).get(id) ?? null;
  }

  refunds(): readonly RefundInFile[] {
    return this.#prepared<RefundInFile>(`${refund} order by id`).all();
  }

  /** True when this member is stored, and a Customer may be asked for under this number. */
  hasMember(memberKey: string, ordinal: number): boolean {
    const sql = 'select customer_ordinal from members where key = ?';
    const row = this.#prepared<{ readonly customer_ordinal: number }>(sql).get(memberKey);
    return row !== undefined && row.customer_ordinal >= ordinal;
  }

  /** Until when this sale's charge may wait, by its record; null where it may not. */
  mayWaitUntilMs(record: string): number | null {
    const until = /"mayWaitUntilMs":(\d+)/.exec(record)?.[1];
    return until === undefined ? null : Number(until);
  }

  #prepared<Row>(sql: string): Database.Statement<string[], Row> {
    const known = this.#statements.get(sql) ?? this.#db.prepare<string[]>(sql);
    this.#statements.set(sql, known);
    // Each text below selects the columns of its row.
    return known as Database.Statement<string[], Row>;
  }
}

/** True while the card may be charged: it is on file, and a consent of its member's for this very card stands. */
export function isLiveFor(file: CardFile, cardId: string): boolean {
  const kept = file.card(cardId);
  if (kept === null || kept.removed_at_ms !== null) return false;
  const given = file.consent(kept.consent_id);
  return (
    given !== null &&
    given.revoked_at_ms === null &&
    given.card_id === cardId &&
    given.member_key === kept.member_key
  );
}
