import type { ReadersView } from '../../../preload/contract/readers.ts';
import type { Timers } from '../../state/timers.ts';
import { Polled } from '../polled.svelte.ts';
import type { StaffCalls } from '../staff-calls.ts';
import type { TypedName } from '../typed-name.svelte.ts';
import { ReaderDeeds } from './reader-deeds.svelte.ts';

const everyMs = 10_000;

/** The readers as staff see them, asked again every ten seconds while nothing is under way; and what they do with them. */
export class ReaderDesk {
  readonly list: Polled<ReadersView>;
  readonly deeds: ReaderDeeds;

  constructor(calls: StaffCalls, timers: Timers, who: TypedName) {
    this.list = new Polled({
      ask: () => calls.ask('readers:list', {}),
      timers,
      everyMs,
      pauses: () => this.deeds.isBusy,
    });
    this.deeds = new ReaderDeeds(calls, who, () => void this.list.refresh());
  }

  begin(): void {
    this.list.begin();
  }

  /** Asks no more, and forgets what was told, typed and said. */
  end(): void {
    this.list.end();
    this.deeds.forget();
  }
}
