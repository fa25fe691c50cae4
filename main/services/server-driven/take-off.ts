import { faultMessage } from '../../domain/fault-message.ts';
import type { ReaderPrompt } from '../../ports/reader-book.ts';
import { ownerInLog } from '../reader-errand.ts';
import type { ReaderCalls } from './reader-calls.ts';
import type { ReaderLines } from './reader-lines.ts';
import type { ReaderParts } from './reader-parts.ts';
import type { PromptEnd } from './what-is-on-it.ts';
import { withdrawPrompt } from './withdraw-prompt.ts';

/** Told how the prompt had ended by itself; null when it was taken off, or is gone. */
export type Told = (end: PromptEnd | null) => void;

/**
 * Takes prompts off their readers, as often as it takes. Between two tries the reader is anybody's: a reader that is
 * away for hours must not hold up who wants it when it is back.
 */
export class TakingOff {
  readonly #parts: ReaderParts;
  readonly #calls: ReaderCalls;
  readonly #lines: ReaderLines;
  readonly #told = new Map<ReaderPrompt['id'], Told[]>();
  readonly #work = new Set<Promise<void>>();

  constructor(parts: ReaderParts, calls: ReaderCalls, lines: ReaderLines) {
    this.#parts = parts;
    this.#calls = calls;
    this.#lines = lines;
  }

  /** Begins, or, where that prompt is being taken off already, only adds who is told. */
  begin(prompt: ReaderPrompt, told: Told | null = null): void {
    const known = this.#told.get(prompt.id);
    const all = known ?? [];
    if (told !== null) all.push(told);
    if (known !== undefined) return;
    this.#told.set(prompt.id, all);
    const work = this.#untilOff(prompt).finally(() => this.#work.delete(work));
    this.#work.add(work);
  }

  /** Resolves when everything that was begun is over, which the end of the lines brings about. */
  async ended(): Promise<void> {
    await Promise.all(this.#work);
  }

  async #untilOff(prompt: ReaderPrompt): Promise<void> {
    const { signal } = this.#lines;
    const isOver = (): boolean => signal.aborted;
    for (let tries = 0; !isOver(); tries += 1) {
      const withdrawn = await this.#lines.stand(prompt.readerId, () =>
        withdrawPrompt(this.#parts, this.#calls, prompt, { tries, signal }),
      );
      if (isOver()) return;
      if (withdrawn?.kind === 'off') {
        this.#tell(prompt, withdrawn.end);
        return;
      }
      const againMs = withdrawn?.againMs ?? faultPauseMs;
      await this.#parts.clock.sleep(againMs, signal).catch(() => undefined);
    }
  }

  /** Who can't store what it means hears of the money by a read of its own; the others are told all the same. */
  #tell({ id, readerId, owner }: ReaderPrompt, end: PromptEnd | null): void {
    const told = this.#told.get(id) ?? [];
    this.#told.delete(id);
    for (const tell of told) {
      try {
        tell(end);
      } catch (error) {
        const why = faultMessage(error);
        this.#parts.log.write('error', 'reader.fault', {
          reader: readerId,
          ...ownerInLog(owner),
          why,
        });
      }
    }
  }
}

/** How long to wait after a fault of our own, such as a full disk. Milliseconds. */
const faultPauseMs = 2_000;
