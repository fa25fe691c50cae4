import type { PinKeeper } from '../../main/ipc/staff-session.ts';

type State = ReturnType<PinKeeper['state']>;

/** A PIN without a file: five wrong tries lock it out, as the real one does. */
export class FakePin implements PinKeeper {
  #pin: string | null;
  #wrong = 0;
  override: State | null = null;

  constructor(pin: string | null) {
    this.#pin = pin;
  }

  state(): State {
    if (this.override !== null) return this.override;
    if (this.#wrong >= 5) return { kind: 'locked_out', forMs: 30_000 };
    return { kind: this.#pin === null ? 'not_set' : 'set' };
  }

  set(pin: string, current: string | null): ReturnType<PinKeeper['set']> {
    if (pin.length < 4) return Promise.resolve({ kind: 'refused', sentence: 'Too short.' });
    if (this.#pin !== null && this.#pin !== current) return this.#counted();
    this.#pin = pin;
    return Promise.resolve({ kind: 'set' });
  }

  check(pin: string): ReturnType<PinKeeper['check']> {
    if (this.#pin === null) return Promise.resolve({ kind: 'not_set' });
    return pin === this.#pin ? Promise.resolve({ kind: 'right' }) : this.#counted();
  }

  #counted(): Promise<
    | { readonly kind: 'wrong'; readonly triesLeft: number }
    | { readonly kind: 'locked_out'; readonly forMs: number }
  > {
    this.#wrong += 1;
    return Promise.resolve(
      this.#wrong >= 5
        ? { kind: 'locked_out', forMs: 30_000 }
        : { kind: 'wrong', triesLeft: 5 - this.#wrong },
    );
  }
}
