import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { openDatabase } from '../../../main/storage/open.ts';

/** A folder in memory where there is one: a commit's sync costs nothing there. */
export function fastFolder(): string {
  const memory = '/dev/shm';
  return mkdtempSync(path.join(existsSync(memory) ? memory : tmpdir(), 'foyer-simulation-'));
}

/** The kiosk's disk in one seed. Every seed begins with a copy of one new file, so that its making is paid once. */
export class Disk {
  readonly #folder: string;
  readonly #name: string;
  #generation = 0;

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
    const template = path.join(folder, 'new.db');
    if (!existsSync(template)) openDatabase(template, { logPages: 0, reserveBytes: 0 }).close();
    copyFileSync(template, this.file);
  }

  get file(): string {
    return path.join(this.#folder, `${this.#name}-${String(this.#generation)}.db`);
  }

  /**
   * What a killed process leaves: the file and the log of what was not yet copied into it. Taken as it lies there,
   * before the dead process's connection is closed, which would tidy up.
   */
  keepAsKilled(): void {
    const before = this.file;
    this.#generation += 1;
    for (const end of ['', '-wal']) {
      if (existsSync(before + end)) copyFileSync(before + end, this.file + end);
    }
    this.#former.push(before);
  }

  /** The file is gone, as if the disk had been replaced. */
  lose(): void {
    this.#former.push(this.file);
    this.#generation += 1;
  }

  /** A copy as it lies there: whatever is committed, and nothing that is on its way. */
  backUp(): void {
    for (const end of ['', '-wal']) {
      rmSync(this.#backup + end, { force: true });
      if (existsSync(this.file + end)) copyFileSync(this.file + end, this.#backup + end);
    }
  }

  /** The file is gone, and the last copy takes its place. */
  restore(): void {
    this.lose();
    for (const end of ['', '-wal']) {
      if (existsSync(this.#backup + end)) copyFileSync(this.#backup + end, this.file + end);
    }
  }

  get #backup(): string {
    return path.join(this.#folder, `${this.#name}-backup.db`);
  }

  /** Removes files that nobody has open any more. */
  sweepFormer(): void {
    for (const file of this.#former.splice(0)) {
      for (const end of ['', '-wal', '-shm', '-writer', '-writer-journal', '-reserve']) {
        rmSync(file + end, { force: true });
      }
    }
  }

  removeAll(): void {
    this.#former.push(this.file, this.#backup);
    this.sweepFormer();
  }

  /** Changes amounts of a stored sale by hand, past every check; returns its id, or null when there is none to change. */
  damageRow(place: number): string | null {
    const db = new Database(this.file);
    try {
      db.pragma('ignore_check_constraints = 1');
      const rows = db
        .prepare<[], { readonly id: string; readonly record: string }>(
          'select id, record from sales order by added_at_ms desc, id desc limit 5',
        )
        .all();
      const row = rows[place % Math.max(1, rows.length)];
      if (row === undefined) return null;
      // The row's own columns, its record, the first entry of its journal, or the last two together.
      const kind = place % 4;
      if (kind === 0) {
        db.prepare('update sales set amount = amount + 1 where id = ?').run(row.id);
      }
      if (kind === 1 || kind === 3) {
        const more = (digits: string): string => String(Number(digits) + 1);
        const damaged = row.record.replaceAll(/(?<="amount":)\d+/g, more);
        db.prepare('update sales set record = ? where id = ?').run(damaged, row.id);
      }
      if (kind === 2 || kind === 3) {
        db.prepare(
          `update sale_events set event = replace(event, '"amount":', '"amount":1') where sale_id = ? and revision = 0`,
        ).run(row.id);
      }
      return row.id;
    } finally {
      db.close();
    }
  }

  readonly #former: string[] = [];
}
