import type { PaymentIntentId } from '../../../main/domain/ids.ts';
import type { Answer } from '../../../main/ports/payments-api.ts';
import type { Request } from '../wire/transit.ts';

interface SentKey {
  readonly words: string;
  readonly firstAtMs: number;
  /** The boot that waits for its answer, or null. */
  inFlightOf: number | null;
}

/** What crossed the wire, kept by the checker: it answers what the kiosk could know, and what it sent. */
export class WireRecord {
  readonly #keys = new Map<string, SentKey>();
  /** Statuses of each PaymentIntent that an authoritative read has shown to the kiosk. */
  readonly #shown = new Map<PaymentIntentId, Set<string>>();
  /** By sale and call: the last attempt's number, and what reads have shown since. */
  readonly #ordinals = new Map<string, { ordinal: number; shownSince: string | null }>();

  keyOf(key: string): SentKey | null {
    return this.#keys.get(key) ?? null;
  }

  keySent(key: string, words: string, boot: number, nowMs: number): void {
    const known = this.#keys.get(key);
    if (known !== undefined) known.inFlightOf = boot;
    else this.#keys.set(key, { words, firstAtMs: nowMs, inFlightOf: boot });
  }

  hasShown(id: PaymentIntentId, status: string): boolean {
    return this.#shown.get(id)?.has(status) ?? false;
  }

  /** The number of the last attempt of this step that left, and what a read has shown since; null for none. */
  lastAttempt(
    saleId: string,
    call: string,
  ): { readonly ordinal: number; readonly shownSince: string | null } | null {
    return this.#ordinals.get(`${saleId} ${call}`) ?? null;
  }

  attemptLeft(saleId: string, call: string, ordinal: number): void {
    this.#ordinals.set(`${saleId} ${call}`, { ordinal, shownSince: null });
  }

  answered(request: Request, answer: Answer<unknown>): void {
    if (request.key !== null) {
      const sent = this.#keys.get(request.key);
      if (sent !== undefined) sent.inFlightOf = null;
    }
    const isLook = request.call === 'read' || request.call === 'look_up';
    if (!isLook || answer.kind !== 'done' || request.saleId === null) return;
    const shown = statusIn(answer.value);
    if (shown !== null) {
      const statuses = this.#shown.get(shown.id) ?? new Set();
      statuses.add(shown.status);
      this.#shown.set(shown.id, statuses);
    }
    for (const call of ['create', 'capture', 'cancel', 'receipt']) {
      const attempt = this.#ordinals.get(`${request.saleId} ${call}`);
      if (attempt !== undefined) attempt.shownSince = shown?.status ?? 'none';
    }
  }
}

function statusIn(
  value: unknown,
): { readonly id: PaymentIntentId; readonly status: string } | null {
  if (typeof value !== 'object' || value === null) return null;
  const facts = 'paymentIntent' in value ? value.paymentIntent : value;
  return isFacts(facts) ? facts : null;
}

function isFacts(
  value: unknown,
): value is { readonly id: PaymentIntentId; readonly status: string } {
  return typeof value === 'object' && value !== null && 'id' in value && 'status' in value;
}
