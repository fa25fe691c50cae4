import type Database from 'better-sqlite3';
import { assert } from '../domain/assert.ts';
import type { CardOnFile } from '../domain/card-on-file.ts';
import {
  consentId,
  customerId,
  memberKey,
  type MemberKey,
  paymentMethodId,
  type PaymentMethodId,
} from '../domain/ids.ts';
import { isSealed, withSeal } from './sealed-tables.ts';

/** A row of `cards`. */
interface CardRow {
  readonly id: string;
  readonly member_key: string;
  readonly consent_id: string;
  readonly customer_id: string | null;
  readonly brand: string;
  readonly last4: string;
  readonly exp_month: number;
  readonly exp_year: number;
  readonly fingerprint: string | null;
  readonly allow_redisplay: string;
  readonly wallet: string | null;
  readonly kept_at_ms: number;
  readonly removed_at_ms: number | null;
  readonly removed_by: string | null;
  readonly seal: string;
}

const redisplays = [
  'always',
  'limited',
  'unspecified',
] as const satisfies readonly CardOnFile['allowRedisplay'][];

const columns = [
  'member_key',
  'consent_id',
  'customer_id',
  'brand',
  'last4',
  'exp_month',
  'exp_year',
  'fingerprint',
  'allow_redisplay',
  'wallet',
  'kept_at_ms',
  'removed_at_ms',
  'removed_by',
  'seal',
] as const satisfies readonly (keyof CardRow)[];

/** The cards that are, or were, kept. A row that is not what was written counts as not there. */
export class CardsTable {
  readonly #put: Database.Statement<[CardRow]>;
  readonly #find: Database.Statement<[string], CardRow>;
  readonly #of: Database.Statement<[string], CardRow>;
  readonly #alike: Database.Statement<[string], CardRow>;

  constructor(db: Database.Database) {
    this.#put = db.prepare(`
      insert into cards (id, ${columns.join(', ')})
      values (:id, ${columns.map((column) => `:${column}`).join(', ')})
      on conflict (id) do update set ${columns.map((column) => `${column} = :${column}`).join(', ')}`);
    this.#find = db.prepare('select * from cards where id = ?');
    this.#of = db.prepare('select * from cards where member_key = ? order by kept_at_ms desc, id');
    this.#alike = db.prepare(`
      select * from cards where fingerprint = ? and removed_at_ms is null order by kept_at_ms, id`);
  }

  /** Refuses, by throwing, a card of another member. One that was removed stays so: Stripe takes no card back. */
  save(card: CardOnFile): void {
    const known = this.find(card.id);
    assert(known === null || known.memberKey === card.memberKey, 'a card stays with its member');
    const removed = known?.removedAtMs == null ? card : known;
    this.#put.run(
      withSeal('cards', {
        id: card.id,
        member_key: card.memberKey,
        consent_id: card.consentId,
        customer_id: card.customerId,
        brand: card.brand,
        last4: card.last4,
        exp_month: card.expMonth,
        exp_year: card.expYear,
        fingerprint: card.fingerprint,
        allow_redisplay: card.allowRedisplay,
        wallet: card.wallet,
        kept_at_ms: card.keptAtMs,
        removed_at_ms: removed.removedAtMs,
        removed_by: removed.removedBy,
      }),
    );
  }

  find(id: PaymentMethodId): CardOnFile | null {
    return soundCards([this.#find.get(id)])[0] ?? null;
  }

  /** Newest first. */
  of(key: MemberKey): readonly CardOnFile[] {
    return soundCards(this.#of.all(key));
  }

  withFingerprint(fingerprint: string): readonly CardOnFile[] {
    return soundCards(this.#alike.all(fingerprint));
  }
}

function soundCards(rows: readonly (CardRow | undefined)[]): readonly CardOnFile[] {
  return rows.flatMap((row) => (row !== undefined && isSealed('cards', row) ? [cardOf(row)] : []));
}

function cardOf(row: CardRow): CardOnFile {
  const allowRedisplay = redisplays.find((one) => one === row.allow_redisplay);
  assert(allowRedisplay !== undefined, 'a sealed card says how it may be shown');
  return {
    id: paymentMethodId(row.id),
    memberKey: memberKey(row.member_key),
    consentId: consentId(row.consent_id),
    customerId: row.customer_id === null ? null : customerId(row.customer_id),
    brand: row.brand,
    last4: row.last4,
    expMonth: row.exp_month,
    expYear: row.exp_year,
    fingerprint: row.fingerprint,
    allowRedisplay,
    wallet: row.wallet,
    keptAtMs: row.kept_at_ms,
    removedAtMs: row.removed_at_ms,
    removedBy: row.removed_by,
  };
}
