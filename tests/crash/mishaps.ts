import type { CallName } from './call-names.ts';
import type { Mishap, RequestMishap } from './scenario.ts';

/**
 * Which request meets which mishap. Requests are counted over all lives of the kiosk: what has befallen one does not
 * befall the next life's again.
 */
export class Mishaps {
  readonly #planned: readonly RequestMishap[];
  readonly #seen = new Map<RequestMishap['on'], number>();

  constructor(planned: readonly RequestMishap[]) {
    this.#planned = planned;
  }

  /** Counts the request; null when nothing befalls it. */
  of(call: CallName): Mishap | null {
    const isAfterCreate = this.#count('create') > 0 && call !== 'connection_token';
    const names: readonly RequestMishap['on'][] = isAfterCreate
      ? [call, 'any_after_create']
      : [call];
    for (const name of names) this.#seen.set(name, this.#count(name) + 1);
    const met = this.#planned.find(({ on, nth = 1, times = 1 }) => {
      const number = this.#count(on);
      return names.includes(on) && number >= nth && number < nth + times;
    });
    return met?.mishap ?? null;
  }

  #count(name: RequestMishap['on']): number {
    return this.#seen.get(name) ?? 0;
  }
}
