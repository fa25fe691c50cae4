import type { PlatformRequest, RefusalBody } from './wire.ts';

/** What goes wrong with one call. */
export type PlatformFault =
  /** The reply comes `ms` later. With `before`, the work too waits so long; without, it is done at once. */
  | { readonly kind: 'slow'; readonly ms: number; readonly before?: boolean }
  /** Lost on its way: nothing happened, and the socket is closed. */
  | { readonly kind: 'request_lost' }
  /** Carried out, and the socket is closed before a word of it. */
  | { readonly kind: 'reply_lost' }
  /** A 5xx. With `after`, what was asked was carried out even so. */
  | { readonly kind: 'server_error'; readonly status: 500 | 502 | 503; readonly after?: boolean }
  /** 401, as when a token expired; nothing happened. */
  | { readonly kind: 'unauthorized'; readonly body?: RefusalBody }
  /** 403; nothing happened. */
  | { readonly kind: 'forbidden'; readonly body?: RefusalBody }
  /** 422; nothing happened. */
  | { readonly kind: 'unprocessable'; readonly body?: RefusalBody }
  /** 200 with a page for people in place of the answer. With `before`, nothing happened. */
  | { readonly kind: 'html'; readonly before?: boolean }
  /** Carried out; the body breaks off half-way. */
  | { readonly kind: 'cut' }
  /** Carried out and answered; `Date` is wrong by so much. */
  | { readonly kind: 'skew'; readonly ms: number }
  /** 200 whose body says that it was refused. With `after`, it was carried out even so. */
  | { readonly kind: 'error_in_200'; readonly after?: boolean };

/** Which calls a fault meets. */
export interface FaultTarget {
  /** A part of the path, such as `payment_intent`. Default: any path. */
  readonly on?: string;
  /** Default: any method. */
  readonly method?: string;
  /** How many calls. Default: 1; `Infinity` until `clear`. */
  readonly times?: number;
}

interface Armed {
  readonly fault: PlatformFault;
  readonly target: FaultTarget;
  left: number;
}

/** The faults that wait for their calls, the first that was armed first. One call meets at most one. */
export class PlatformFaults {
  #armed: Armed[] = [];

  /** How many faults still wait. */
  get waiting(): number {
    return this.#armed.length;
  }

  /** The next call, or the next to `target`, goes wrong like this. */
  next(fault: PlatformFault, target: FaultTarget = {}): void {
    this.#armed.push({ fault, target, left: target.times ?? 1 });
  }

  /** Calls off everything that waits. */
  clear(): void {
    this.#armed = [];
  }

  /** The fault this call meets, which is then used up; null for none. */
  take({ method, path }: Pick<PlatformRequest, 'method' | 'path'>): PlatformFault | null {
    const met = this.#armed.find(
      ({ target }) =>
        path.includes(target.on ?? '') && (target.method ?? method).toUpperCase() === method,
    );
    if (met === undefined) return null;
    met.left -= 1;
    if (met.left <= 0) this.#armed = this.#armed.filter((armed) => armed !== met);
    return met.fault;
  }
}
