import type Database from 'better-sqlite3';
import { assert } from '../domain/assert.ts';
import { customerId, type CustomerId, memberKey, type MemberKey } from '../domain/ids.ts';
import type { Member } from '../domain/member.ts';
import { sha256 } from './chain.ts';
import { isSealed, withSeal } from './sealed-tables.ts';

/** A row of `members`. */
interface MemberRow {
  readonly key: string;
  readonly member_id: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly customer_id: string | null;
  readonly customer_ordinal: number;
  readonly saved_at_ms: number;
  readonly seal: string;
}

/** Members as this kiosk knows them. A row that is not what was written counts as not there. */
export class MembersTable {
  readonly #put: Database.Statement<[MemberRow]>;
  readonly #find: Database.Statement<[string], MemberRow>;
  readonly #byCustomer: Database.Statement<[string], MemberRow>;
  readonly #all: Database.Statement<[], MemberRow>;

  constructor(db: Database.Database) {
    const columns = [
      'member_id',
      'name',
      'email',
      'phone',
      'customer_id',
      'customer_ordinal',
      'saved_at_ms',
      'seal',
    ];
    this.#put = db.prepare(`
      insert into members (key, ${columns.join(', ')})
      values (:key, ${columns.map((column) => `:${column}`).join(', ')})
      on conflict (key) do update set ${columns.map((column) => `${column} = :${column}`).join(', ')}`);
    this.#find = db.prepare('select * from members where key = ?');
    this.#byCustomer = db.prepare('select * from members where customer_id = ?');
    this.#all = db.prepare('select * from members order by name, member_id');
  }

  /** Refuses, by throwing, a key that is not made from the member's number. */
  save(member: Member, nowMs: number): void {
    const madeKey = `member_${sha256(member.memberId).slice(0, 32)}`;
    assert(member.key === madeKey, 'the key of a member is made from their number');
    const known = this.find(member.key)?.customerOrdinal ?? 0;
    this.#put.run(
      withSeal('members', {
        key: member.key,
        member_id: member.memberId,
        name: member.name,
        email: member.email,
        phone: member.phone,
        customer_id: member.customerId,
        customer_ordinal: Math.max(known, member.customerOrdinal),
        saved_at_ms: nowMs,
      }),
    );
  }

  find(key: MemberKey): Member | null {
    return soundMember(this.#find.get(key));
  }

  ofCustomer(id: CustomerId): Member | null {
    return soundMember(this.#byCustomer.get(id));
  }

  /** Those in whom every word is found, by name; without a word everybody. A studio has thousands at most: they are looked through. */
  search(text: string, limit: number): readonly Member[] {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const found: Member[] = [];
    for (const row of this.#all.iterate()) {
      if (found.length >= limit) break;
      const member = words.every((word) => isIn(row, word)) ? soundMember(row) : null;
      if (member !== null) found.push(member);
    }
    return found;
  }
}

function isIn({ member_id: number, name, email, phone }: MemberRow, word: string): boolean {
  if ([number, name, email ?? ''].some((text) => text.toLowerCase().includes(word))) return true;
  const digits = /^[\d+().-]+$/.test(word) ? word.replaceAll(/\D/g, '') : '';
  return digits !== '' && (phone ?? '').replaceAll(/\D/g, '').includes(digits);
}

function soundMember(row: MemberRow | undefined): Member | null {
  if (row === undefined || !isSealed('members', row)) return null;
  return {
    key: memberKey(row.key),
    memberId: row.member_id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    customerId: row.customer_id === null ? null : customerId(row.customer_id),
    customerOrdinal: row.customer_ordinal,
  };
}
