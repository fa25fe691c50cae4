import type { PaymentIntentId, ReaderId } from '../../../main/domain/ids.ts';
import type { Answer } from '../../../main/ports/payments-api.ts';
import type { ReaderFacts } from '../../../main/ports/readers-api.ts';
import type { ReaderRequest } from '../wire/readers-wire.ts';

interface Look {
  readonly atMs: number;
  readonly boot: number;
  readonly reader: ReaderFacts;
}

/** What the kiosk was shown of readers, and what it asked of them, kept by the checker. */
export class ReaderRecord {
  readonly #looks = new Map<ReaderId, Look>();
  /** The number of the last command of each sale's attempt, and whether a look came after it. */
  readonly #commands = new Map<string, { readonly ordinal: number; hasLooked: boolean }>();
  /** What staff were shown and mean to end. */
  staffMeans: PaymentIntentId | 'display' | null = null;

  answered(
    { call, readerId }: ReaderRequest,
    answer: Answer<unknown>,
    boot: number,
    atMs: number,
  ): void {
    if (call !== 'reader_read' || answer.kind !== 'done') return;
    // The wire's own answer to a read of a reader.
    this.#looks.set(readerId, { atMs, boot, reader: answer.value as ReaderFacts });
    for (const command of this.#commands.values()) command.hasLooked = true;
  }

  /** What a look that was answered at this very moment has shown; null without one. */
  justSeen(id: ReaderId, boot: number, nowMs: number): ReaderFacts | null {
    const look = this.#looks.get(id);
    return look?.boot === boot && look.atMs === nowMs ? look.reader : null;
  }

  /** The last command under this part of a key; null for none. */
  lastCommand(stem: string): Readonly<{ ordinal: number; hasLooked: boolean }> | null {
    return this.#commands.get(stem) ?? null;
  }

  commandLeft(stem: string, ordinal: number): void {
    this.#commands.set(stem, { ordinal, hasLooked: false });
  }
}
