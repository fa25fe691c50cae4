import { randomUUID } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { join } from 'node:path';

/** What a second start tells the first. */
export interface SecondStart {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that has died and waits for its parent still answers; its state tells.
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT'
      ? process.platform !== 'linux'
      : false;
  }
}

/**
 * The lock that lets one instance run per user-data folder. It is a file that names the holder's
 * process, made by a hard link so that only one start can make it; a holder that has died is
 * replaced. A second start leaves a note in a folder which the holder watches.
 */
export class SingleInstance {
  private readonly folder: string;
  private readonly onSecondStart: (start: SecondStart) => void;
  private watcher: FSWatcher | undefined;

  constructor(userData: string, onSecondStart: (start: SecondStart) => void) {
    this.folder = join(userData, 'stand-in-instance');
    this.onSecondStart = onSecondStart;
  }

  get isHeld(): boolean {
    return this.watcher !== undefined;
  }

  /** Takes the lock, or leaves a note for the one who has it and answers false. */
  request(start: SecondStart): boolean {
    if (this.isHeld) return true;
    mkdirSync(this.notes, { recursive: true });
    const mine = join(this.folder, `claim-${randomUUID()}`);
    writeFileSync(mine, String(process.pid));
    try {
      for (let attempt = 0; attempt < 10; attempt++) {
        if (this.claim(mine)) {
          this.listen();
          return true;
        }
        if (this.holderIsAlive()) {
          this.leaveNote(start);
          return false;
        }
        this.clearAway();
      }
      return false;
    } finally {
      rmSync(mine, { force: true });
    }
  }

  release(): void {
    if (!this.isHeld) return;
    this.watcher?.close();
    this.watcher = undefined;
    rmSync(this.lock, { force: true });
  }

  private get lock(): string {
    return join(this.folder, 'lock');
  }

  private get notes(): string {
    return join(this.folder, 'notes');
  }

  private claim(mine: string): boolean {
    try {
      linkSync(mine, this.lock);
      return true;
    } catch {
      return false;
    }
  }

  private holderIsAlive(): boolean {
    try {
      return isAlive(Number(readFileSync(this.lock, 'utf8')));
    } catch {
      return false;
    }
  }

  /** Moves a dead holder's lock away; of several who try, only one succeeds with each lock. */
  private clearAway(): void {
    const away = join(this.folder, `stale-${randomUUID()}`);
    try {
      renameSync(this.lock, away);
      rmSync(away, { force: true });
    } catch {
      // Another start was quicker: the next attempt sees its lock.
    }
  }

  private leaveNote(start: SecondStart): void {
    const draft = join(this.folder, `draft-${randomUUID()}`);
    writeFileSync(draft, JSON.stringify(start));
    renameSync(draft, join(this.notes, `${randomUUID()}.json`));
  }

  private listen(): void {
    // Notes for an earlier holder are not ours.
    for (const name of readdirSync(this.notes)) rmSync(join(this.notes, name), { force: true });
    this.watcher = watch(this.notes, { persistent: false }, () => {
      this.readNotes();
    });
    process.once('exit', () => {
      this.release();
    });
  }

  private readNotes(): void {
    for (const name of readdirSync(this.notes)) {
      const note = join(this.notes, name);
      const start = JSON.parse(readFileSync(note, 'utf8')) as SecondStart;
      rmSync(note, { force: true });
      this.onSecondStart(start);
    }
  }
}
