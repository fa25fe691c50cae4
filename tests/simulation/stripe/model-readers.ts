import { type ReaderId, readerId } from '../../../main/domain/ids.ts';
import type { ReaderFacts } from '../../../main/ports/readers-api.ts';
import { IdempotencyKeys } from './idempotency-keys.ts';
import { ModelReader, type ModelReaderParts } from './model-reader.ts';

export const mainReader: ReaderId = readerId('tmr_main');
export const spareReader: ReaderId = readerId('tmr_spare');

/** The readers of the account, and the replies kept under the keys of what was asked of them. */
export class ModelReaders {
  readonly all: ReadonlyMap<ReaderId, ModelReader>;
  readonly keys = new IdempotencyKeys<ReaderFacts>();

  constructor(parts: Omit<ModelReaderParts, 'id'>) {
    this.all = new Map(
      [mainReader, spareReader].map((id) => [id, new ModelReader({ ...parts, id })]),
    );
  }

  get(id: ReaderId): ModelReader {
    const reader = this.all.get(id);
    if (reader === undefined) throw new Error(`there is no reader ${id}`);
    return reader;
  }
}
