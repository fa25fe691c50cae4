import type Database from 'better-sqlite3';
import { assert } from '../domain/assert.ts';
import { type Consent, type ConsentLink, hashedText } from '../domain/consent.ts';
import {
  consentId,
  type ConsentId,
  kioskId,
  memberKey,
  type MemberKey,
  paymentMethodId,
} from '../domain/ids.ts';
import { sha256 } from './chain.ts';
import { countBroken, isSealed, withSeal } from './sealed-tables.ts';

/** A row of `consents`. */
interface ConsentRow {
  readonly id: string;
  readonly member_key: string;
  readonly kiosk_id: string;
  readonly given_at_ms: number;
  readonly acted_by: string;
  readonly version: string;
  readonly language: string;
  readonly text: string;
  readonly hash: string;
  readonly seal: string;
}

/** A row of `consent_links`. */
interface LinkRow {
  readonly consent_id: string;
  readonly intent_id: string;
  readonly card_id: string;
  readonly last4: string;
  readonly at_ms: number;
  readonly seal: string;
}

/** A row of `consent_ends`. */
interface EndRow {
  readonly consent_id: string;
  readonly by: string;
  readonly at_ms: number;
  readonly seal: string;
}

/** What members agreed to, what it led to and how it ended: rows that are only ever added. */
export class ConsentsTable {
  readonly #db: Database.Database;
  readonly #insert: Database.Statement<[ConsentRow]>;
  readonly #insertLink: Database.Statement<[LinkRow]>;
  readonly #insertEnd: Database.Statement<[EndRow]>;
  readonly #find: Database.Statement<[string], ConsentRow>;
  readonly #of: Database.Statement<[string], ConsentRow>;
  readonly #link: Database.Statement<[string], LinkRow>;
  readonly #end: Database.Statement<[string], EndRow>;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#insert = db.prepare(`
      insert into consents (id, member_key, kiosk_id, given_at_ms, acted_by, version, language, text, hash, seal)
      values (:id, :member_key, :kiosk_id, :given_at_ms, :acted_by, :version, :language, :text, :hash, :seal)`);
    this.#insertLink = db.prepare(`
      insert into consent_links (consent_id, intent_id, card_id, last4, at_ms, seal)
      values (:consent_id, :intent_id, :card_id, :last4, :at_ms, :seal)`);
    this.#insertEnd = db.prepare(
      'insert into consent_ends (consent_id, by, at_ms, seal) values (:consent_id, :by, :at_ms, :seal)',
    );
    this.#find = db.prepare('select * from consents where id = ?');
    this.#of = db.prepare(
      'select * from consents where member_key = ? order by given_at_ms, number',
    );
    this.#link = db.prepare('select * from consent_links where consent_id = ?');
    this.#end = db.prepare('select * from consent_ends where consent_id = ?');
  }

  /** Refuses, by throwing, a hash that is not the text's, and a member who is not stored. */
  add(consent: Consent): void {
    assert(
      consent.hash === sha256(hashedText(consent)),
      'the hash of a consent is that of its text',
    );
    assert(consent.link === null && consent.revoked === null, 'a consent begins with its text');
    this.#insert.run(
      withSeal('consents', {
        id: consent.id,
        member_key: consent.memberKey,
        kiosk_id: consent.kioskId,
        given_at_ms: consent.givenAtMs,
        acted_by: consent.actedBy,
        version: consent.version,
        language: consent.language,
        text: consent.text,
        hash: consent.hash,
      }),
    );
  }

  /** Null also for one that is not what was written: it proves nothing, and nothing is charged by it. */
  find(id: ConsentId): Consent | null {
    const row = this.#find.get(id);
    return row === undefined ? null : (this.#sound(row)[0] ?? null);
  }

  /** Oldest first. */
  of(key: MemberKey): readonly Consent[] {
    return this.#of.all(key).flatMap((row) => this.#sound(row));
  }

  /** Whose consent it is, as the file says; null when it is not stored. */
  memberOf(id: ConsentId): string | null {
    return this.#find.get(id)?.member_key ?? null;
  }

  /** Refuses, by throwing, one that is linked to another card. */
  link(id: ConsentId, { intentId, cardId, last4, atMs }: ConsentLink): void {
    const known = this.#link.get(id);
    if (known !== undefined) {
      assert(known.card_id === cardId, 'one consent is for one card');
      return;
    }
    this.#insertLink.run(
      withSeal('consent_links', {
        consent_id: id,
        intent_id: intentId,
        card_id: cardId,
        last4,
        at_ms: atMs,
      }),
    );
  }

  /** The first end stays. */
  end(id: ConsentId, by: string, nowMs: number): void {
    if (this.#end.get(id) !== undefined) return;
    this.#insertEnd.run(withSeal('consent_ends', { consent_id: id, by, at_ms: nowMs }));
  }

  /** Reads every row. */
  damaged(): number {
    const tables = ['consents', 'consent_links', 'consent_ends'];
    return tables.reduce((sum, table) => sum + countBroken(this.#db, table), 0);
  }

  #sound(row: ConsentRow): readonly Consent[] {
    if (!isSealed('consents', row)) return [];
    const consent = {
      version: row.version,
      language: row.language,
      text: row.text,
      id: consentId(row.id),
      memberKey: memberKey(row.member_key),
      kioskId: kioskId(row.kiosk_id),
      givenAtMs: row.given_at_ms,
      actedBy: row.acted_by,
      hash: row.hash,
    };
    const end = this.#end.get(row.id);
    // A damaged end still ends it: nobody is charged because a disk forgot the hour.
    const revoked = end === undefined ? null : { atMs: end.at_ms, by: end.by };
    return [{ ...consent, link: soundLink(this.#link.get(row.id)), revoked }];
  }
}

function soundLink(row: LinkRow | undefined): ConsentLink | null {
  if (row === undefined || !isSealed('consent_links', row)) return null;
  return {
    intentId: row.intent_id,
    cardId: paymentMethodId(row.card_id),
    last4: row.last4,
    atMs: row.at_ms,
  };
}
