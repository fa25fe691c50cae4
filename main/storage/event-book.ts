import type Database from 'better-sqlite3';
import type { EventCursor } from '../ports/books.ts';

/** How far the event poller has come, and which events it has dealt with. */
export class EventBook {
  readonly #cursor: Database.Statement<[], { readonly id: string; readonly created_at_ms: number }>;
  readonly #move: Database.Statement;
  readonly #see: Database.Statement;
  readonly #seen: Database.Statement<[string], { readonly id: string }>;
  readonly #forget: Database.Statement;

  constructor(db: Database.Database) {
    this.#cursor = db.prepare('select id, created_at_ms from event_cursor');
    this.#move = db.prepare(`
      insert into event_cursor (one, id, created_at_ms) values (1, :id, :createdAtMs)
      on conflict (one) do update set id = :id, created_at_ms = :createdAtMs`);
    this.#see = db.prepare(
      'insert into events_seen (id, created_at_ms) values (:id, :createdAtMs) on conflict (id) do nothing',
    );
    this.#seen = db.prepare('select id from events_seen where id = ?');
    this.#forget = db.prepare('delete from events_seen where created_at_ms < ?');
  }

  cursor(): EventCursor | null {
    const row = this.#cursor.get();
    return row === undefined ? null : { id: row.id, createdAtMs: row.created_at_ms };
  }

  save(cursor: EventCursor, seen: readonly EventCursor[], forgetBeforeMs: number): void {
    this.#move.run({ id: cursor.id, createdAtMs: cursor.createdAtMs });
    for (const { id, createdAtMs } of seen) this.#see.run({ id, createdAtMs });
    this.#forget.run(forgetBeforeMs);
  }

  isSeen(id: string): boolean {
    return this.#seen.get(id) !== undefined;
  }
}
