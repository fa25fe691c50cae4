import type { ReaderId } from '../../../main/domain/ids.ts';
import type { ReaderKeeping } from '../../../main/services/reader-keeping.ts';
import { ProcessGone } from '../kiosk/kiosk-process.ts';
import type { ReaderRecord } from '../promises/reader-record.ts';
import { isLive } from '../stripe/reader-slot.ts';
import type { ModelReaders } from '../stripe/model-readers.ts';
import type { Agenda } from '../time/agenda.ts';

export interface ReaderStaffParts {
  readonly agenda: Agenda;
  readonly readers: ModelReaders;
  readonly record: ReaderRecord;
  readonly keeping: () => ReaderKeeping | null;
  readonly note: (what: string) => void;
}

/** Whoever of the studio looks after the readers: they end what they were shown, and choose which one is used. */
export class ReaderStaff {
  readonly #parts: ReaderStaffParts;
  readonly #awaited = new Set<ReaderId>();

  constructor(parts: ReaderStaffParts) {
    this.#parts = parts;
  }

  /** Looks at the reader and ends what is shown, after some thought. Resolves to whether the kiosk did it. */
  async free(id: ReaderId, thinksMs: number): Promise<'accepted' | 'refused' | null> {
    const { agenda, record, note } = this.#parts;
    const { use } = (await this.#parts.keeping()?.check(id)) ?? { use: null };
    if (use === null || use.what === 'nothing') return null;
    await new Promise<void>((resolve) => void agenda.after(thinksMs, () => resolve()));
    const keeping = this.#parts.keeping();
    if (keeping === null) return null;
    const { paymentIntentId } = use;
    record.staffMeans = paymentIntentId ?? 'display';
    const answer = await keeping.free({ readerId: id, paymentIntentId, by: 'Mara' });
    record.staffMeans = null;
    note(`staff: free ${id} of ${paymentIntentId ?? 'a cart'} ${answer.result}`);
    return answer.result === 'done' ? 'accepted' : 'refused';
  }

  /** A customer could not pay because the reader was in use: somebody looks whether that is so. */
  hearsOfUse(id: ReaderId): void {
    const { agenda, readers } = this.#parts;
    if (this.#awaited.has(id)) return;
    this.#awaited.add(id);
    const { slot } = readers.get(id);
    agenda.after(120_000, () => {
      this.#awaited.delete(id);
      // What came since then is somebody's who pays now.
      if (isLive(slot) && readers.get(id).slot === slot) this.begin(() => this.free(id, 3_000));
    });
  }

  /** The main reader is used again, once it is there. */
  returnsToMain(): void {
    this.#parts.agenda.after(600_000, () => {
      const keeping = this.#parts.keeping();
      if (keeping === null || keeping.use('main', 'Mara').result !== 'done') this.returnsToMain();
    });
  }

  /** What a process that dies meanwhile leaves undone is nobody's fault. */
  begin(what: () => Promise<unknown>): void {
    void what().catch((error: unknown) => {
      if (!(error instanceof ProcessGone)) throw error;
    });
  }
}
