import type Database from 'better-sqlite3';
import type { EventCursor } from '../ports/books.ts';
import { isSealed, withSeal } from './sealed-tables.ts';

interface CursorRow {
  readonly id: string;
  readonly created_at_ms: number;
  readonly seal: string;
}

/** How far the event poller has come, and which events it has dealt with. */
export class EventBook {
  readonly #cursor: Database.Statement<[], CursorRow>;
  readonly #move: Database.Statement;
  readonly #see: Database.Statement;
  readonly #seen: Database.Statement<[string], { readonly id: string }>;
  readonly #forget: Database.Statement;

  constructor(db: Database.Database) {
    this.#cursor = db.prepare('select id, created_at_ms, seal from event_cursor');
    this.#move = db.prepare(`
      insert or replace into event_cursor (one, id, created_at_ms, seal) values (1, :id, :created_at_ms, :seal)`);
    this.#see = db.prepare(
      'insert into events_seen (id, created_at_ms) values (:id, :createdAtMs) on conflict (id) do nothing',
    );
    this.#seen = db.prepare('select id from events_seen where id = ?');
    this.#forget = db.prepare('delete from events_seen where created_at_ms < ?');
  }

  /** Null also for one that is not what was written: every open object is then read instead. */
  cursor(): EventCursor | null {
    const row = this.#cursor.get();
    return row === undefined || !isSealed('event_cursor', row)
      ? null
      : { id: row.id, createdAtMs: row.created_at_ms };
  }

  save(cursor: EventCursor, seen: readonly EventCursor[], forgetBeforeMs: number): void {
    const { id: newest, createdAtMs: newestAtMs } = cursor;
    this.#move.run(withSeal('event_cursor', { id: newest, created_at_ms: newestAtMs }));
    for (const { id, createdAtMs } of seen) this.#see.run({ id, createdAtMs });
    this.#forget.run(forgetBeforeMs);
  }

  isSeen(id: string): boolean {
    return this.#seen.get(id) !== undefined;
  }
}
