import type { MemberChargeRow, MemberSheet } from '../../../preload/contract/cards.ts';
import type { Timers } from '../../state/timers.ts';
import { Polled } from '../polled.svelte.ts';
import type { StaffCalls } from '../staff-calls.ts';

/** What staff wait for is seen this soon; main tells of most of it by itself. */
const everyMs = 3_000;

/** A charge that was just asked for. */
export interface AskedCharge {
  readonly saleId: string;
  readonly code: string;
}

/** The member whose sheet lies open, asked again every three seconds while no form lies over it. */
export class OpenMember {
  readonly sheet: Polled<MemberSheet>;
  #memberId = $state<string | null>(null);
  #asked = $state.raw<AskedCharge | null>(null);

  constructor(calls: StaffCalls, timers: Timers, pauses: () => boolean) {
    this.sheet = new Polled({
      ask: () => calls.ask('members:read', { memberId: this.#memberId ?? '' }),
      timers,
      everyMs,
      pauses,
    });
  }

  /** The number of whoever lies open; null when nobody does. */
  get memberId(): string | null {
    return this.#memberId;
  }

  /** The charge staff have just asked for on this sheet. */
  get asked(): AskedCharge | null {
    return this.#asked;
  }

  /** How that charge stands; null before main has listed it. */
  get askedRow(): MemberChargeRow | null {
    const charges = this.sheet.value?.charges ?? [];
    return charges.find(({ saleId }) => saleId === this.#asked?.saleId) ?? null;
  }

  open(memberId: string): void {
    this.close();
    this.#memberId = memberId;
    this.sheet.begin();
  }

  close(): void {
    this.sheet.end();
    this.#memberId = null;
    this.#asked = null;
  }

  /** Follows a charge until it is final. */
  follow(asked: AskedCharge): void {
    this.#asked = asked;
    void this.sheet.refresh();
  }
}
