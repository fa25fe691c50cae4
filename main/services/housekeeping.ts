import { faultMessage } from '../domain/fault-message.ts';
import type { SaleId } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { StorageCare } from '../ports/storage-care.ts';
import { repeatedly } from './repeatedly.ts';

/** After the start, so that the first customer does not wait for it. Milliseconds, as all here. */
const firstCheckMs = 5_000;
const checkEveryMs = 24 * 3_600_000;
const firstBackupMs = 60_000;
const backupEveryMs = 3_600_000;
const firstRoomMs = 2_000;
const roomEveryMs = 60_000;
const suspectAgainMs = 600_000;

export interface HousekeepingOptions {
  readonly care: StorageCare;
  readonly clock: Clock;
  readonly log: Log;
  /** Sets the damaged sale aside and puts back what can be proved of it. */
  readonly mend: (id: SaleId) => void;
  /** SQLite's own structures are damaged: nothing new may be put into this file. */
  readonly onUnsound: () => void;
  readonly onChange: () => void;
}

/** How the file is, for staff. */
export interface StorageHealth {
  readonly hasRoom: boolean;
  readonly check: {
    readonly atMs: number;
    readonly sound: boolean;
    readonly damaged: number;
  } | null;
  readonly backup: { readonly atMs: number } | null;
  /** What the last check or backup failed of; null when it went well. */
  readonly fault: string | null;
}

/** Checks, copies and keeps room for the file, each by its own clock, until `close`. */
export class Housekeeping {
  readonly #options: HousekeepingOptions;
  readonly #closing = new AbortController();
  #check: StorageHealth['check'] = null;
  #backup: StorageHealth['backup'] = null;
  #fault: string | null = null;
  #suspectedAtMs: number | null = null;
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: HousekeepingOptions) {
    this.#options = options;
  }

  get health(): StorageHealth {
    return {
      hasRoom: this.#options.care.hasRoom(),
      check: this.#check,
      backup: this.#backup,
      fault: this.#fault,
    };
  }

  /** Something could not be read or written: the file is looked through soon, but not again and again. */
  suspect(): void {
    const { clock } = this.#options;
    const now = clock.monotonicMs();
    if (this.#suspectedAtMs !== null && now - this.#suspectedAtMs < suspectAgainMs) return;
    this.#suspectedAtMs = now;
    const look = this.#checkFile().catch((error: unknown) => {
      this.#fault = faultMessage(error);
    });
    this.#running = Promise.all([this.#running, look.finally(this.#options.onChange)]);
  }

  start(): void {
    this.#running = Promise.all([
      this.#every(firstCheckMs, checkEveryMs, 'storage.check', () => this.#checkFile()),
      this.#every(firstBackupMs, backupEveryMs, 'storage.backup', () => this.#backUp()),
      this.#every(firstRoomMs, roomEveryMs, 'storage.room', () => this.#keepRoom()),
    ]);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  #every(
    firstMs: number,
    everyMs: number,
    event: string,
    what: () => Promise<void> | void,
  ): Promise<void> {
    const { clock, log, onChange } = this.#options;
    const onFault = (why: string): void => {
      this.#fault = why;
      log.write('error', `${event}_failed`, { why });
      onChange();
    };
    return repeatedly(
      async () => {
        await what();
        onChange();
      },
      { clock, signal: this.#closing.signal, firstMs, everyMs, onFault },
    );
  }

  async #checkFile(): Promise<void> {
    const { care, clock, log, mend } = this.#options;
    const { sound, damaged } = await care.check();
    this.#fault = null;
    this.#check = { atMs: clock.nowMs(), sound, damaged: damaged.length };
    if (!sound) {
      log.write('error', 'storage.not_sound');
      this.#options.onUnsound();
    }
    for (const sale of damaged) {
      log.write('error', 'sale.damaged', { sale });
      mend(sale);
    }
  }

  async #backUp(): Promise<void> {
    const { care, clock, log } = this.#options;
    await care.backUp();
    this.#fault = null;
    this.#backup = { atMs: clock.nowMs() };
    log.write('info', 'storage.backed_up');
  }

  #keepRoom(): void {
    const { care, log } = this.#options;
    const hadRoom = care.hasRoom();
    care.makeRoom();
    if (!hadRoom && care.hasRoom()) log.write('info', 'storage.has_room_again');
  }
}
