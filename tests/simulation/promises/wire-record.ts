import type { PaymentIntentId } from '../../../main/domain/ids.ts';
import type { PlatformFacts } from '../../../main/domain/platform-order.ts';
import type { RefundFacts } from '../../../main/domain/refund.ts';
import type { Answer } from '../../../main/ports/payments-api.ts';
import type { Request } from '../wire/transit.ts';

interface SentKey {
  readonly words: string;
  readonly firstAtMs: number;
  times: number;
  /** The boot that waits for its answer, or null. */
  inFlightOf: number | null;
}

interface CreateOfOrder {
  readonly saleId: string;
  /** It is known to have made nothing. */
  wasRefused: boolean;
}

interface Attempt {
  ordinal: number;
  /** What a read has shown since it left; `none` for no PaymentIntent, null for no read. */
  shownSince: string | null;
  /** What it was about; null for a create. */
  readonly intentId: PaymentIntentId | null;
}

/** What crossed the wire, kept by the checker: it answers what the kiosk could know, and what it sent. */
export class WireRecord {
  readonly #keys = new Map<string, SentKey>();
  /** Statuses of each PaymentIntent that an authoritative read has shown to the kiosk. */
  readonly #shown = new Map<PaymentIntentId, Set<string>>();
  /** Whose each PaymentIntent was when it was last shown. */
  readonly #owners = new Map<PaymentIntentId, string | null>();
  /** The boot that last read each PaymentIntent. */
  readonly #readers = new Map<string, number>();
  /** By sale and call. */
  readonly #attempts = new Map<string, Attempt>();
  /** Statuses of each Refund that were shown. */
  readonly #refunds = new Map<string, Set<string>>();
  /** Sales that a boot is calling for. */
  readonly #busy = new Map<string, number>();
  /** Sales whose create left and has not been proved to have made nothing. */
  readonly #unproved = new Set<string>();

  /** Creates that left, by what they were to pay. */
  readonly #creates = new Map<string, CreateOfOrder[]>();
  /** What the platform has told of the order of each sale. */
  readonly #told = new Map<string, Set<string>>();
  /** Sales whose payment was looked for in vain since the last record of it left. */
  readonly #unrecorded = new Set<string>();
  readonly #recordsLeft = new Map<string, number>();

  /** Sales whose PaymentIntent the payment system has ended at the kiosk's word. */
  readonly #ended = new Set<string>();

  /** True when the payment system has said that it ended the PaymentIntent of this sale. */
  wasEnded(saleId: string): boolean {
    return this.#ended.has(saleId);
  }

  /** Creates that left for this order, or for this sale where there is none. */
  createsOf(thing: string): readonly CreateOfOrder[] {
    return this.#creates.get(thing) ?? [];
  }

  createOfOrderLeft(thing: string, saleId: string): void {
    const before = this.#creates.get(thing) ?? [];
    this.#creates.set(thing, [...before, { saleId, wasRefused: false }]);
  }

  /** True when the platform has said so of the order of this sale. */
  hasToldOrder(saleId: string, status: string): boolean {
    return this.#told.get(saleId)?.has(status) ?? false;
  }

  /** True when the platform has said anything of the order of this sale. */
  hasAskedOrder(saleId: string): boolean {
    return this.#told.has(saleId);
  }

  mayRecord(saleId: string): boolean {
    return this.#unrecorded.has(saleId);
  }

  recordsLeft(saleId: string): number {
    return this.#recordsLeft.get(saleId) ?? 0;
  }

  keyOf(key: string): Readonly<SentKey> | null {
    return this.#keys.get(key) ?? null;
  }

  keySent(key: string, words: string, boot: number, nowMs: number): void {
    const known = this.#keys.get(key);
    if (known === undefined) {
      this.#keys.set(key, { words, firstAtMs: nowMs, times: 1, inFlightOf: boot });
      return;
    }
    known.inFlightOf = boot;
    known.times += 1;
  }

  /** True while a call of this boot for the sale is under way. */
  isBusy(saleId: string, boot: number): boolean {
    return this.#busy.get(saleId) === boot;
  }

  /** When a probe last left; rows wait for its answer in no order. */
  lastProbeMs = Number.NEGATIVE_INFINITY;

  left({ saleId, call }: Request, boot: number, nowMs: number): void {
    if (call === 'probe') this.lastProbeMs = nowMs;
    if (call === 'record') {
      this.#unrecorded.delete(saleId ?? '');
      this.#recordsLeft.set(saleId ?? '', this.recordsLeft(saleId ?? '') + 1);
    }
    if (saleId !== null && isOutboxWork(call)) this.#busy.set(saleId, boot);
  }

  createLeft(saleId: string): void {
    this.#unproved.add(saleId);
  }

  /** True when a PaymentIntent of this sale may exist, as far as anybody at the kiosk can know. */
  mayHaveBeenMade(saleId: string): boolean {
    return this.#unproved.has(saleId);
  }

  hasShown(id: PaymentIntentId, status: string): boolean {
    return this.#shown.get(id)?.has(status) ?? false;
  }

  /** Undefined when it was never shown. */
  lastOwner(id: PaymentIntentId): string | null | undefined {
    return this.#owners.get(id);
  }

  /** The last attempt of this step that left; null for none. */
  lastAttempt(saleId: string, call: string): Readonly<Attempt> | null {
    return this.#attempts.get(`${saleId} ${call}`) ?? null;
  }

  attemptLeft(
    owner: string,
    call: string,
    ordinal: number,
    intentId: PaymentIntentId | null,
  ): void {
    this.#attempts.set(`${owner} ${call}`, { ordinal, shownSince: null, intentId });
  }

  /** True when this run of the kiosk has been shown the PaymentIntent. */
  hasRead(id: string, boot: number): boolean {
    return this.#readers.get(id) === boot;
  }

  answered(request: Request, answer: Answer<unknown>, boot: number): void {
    const { call, key, saleId, intentId } = request;
    if (call === 'read' && answer.kind === 'done') this.#readers.set(intentId ?? '', boot);
    const sent = key === null ? undefined : this.#keys.get(key);
    if (sent !== undefined) sent.inFlightOf = null;
    if (call.startsWith('refund_')) this.#refundsSeen(request, answer);
    if (saleId === null) return;
    this.#heardOfOrder(saleId, request, answer);
    if (isOutboxWork(call)) this.#busy.delete(saleId);
    // Only a refusal of the very first try proves that nothing was made.
    const isOver = request.isUnkeyed === true && wasNotCarriedOut(answer);
    const isRefusal = answer.kind === 'refused' || answer.kind === 'denied' || isOver;
    if (call === 'create' && isRefusal && sent?.times === 1) this.#unproved.delete(saleId);
    if (call === 'create' && answer.kind === 'done') {
      const made = shownIn(answer.value);
      if (made !== null) this.#owners.set(made.id, made.kioskId);
    }
    if ((call === 'read' || call === 'stamp' || call === 'look_up') && answer.kind === 'done') {
      this.#looked(saleId, call, shownIn(answer.value));
    }
  }

  #heardOfOrder(
    saleId: string,
    { call, orderId, isUnkeyed }: Request,
    answer: Answer<unknown>,
  ): void {
    const left = this.createsOf(orderId ?? saleId).findLast((one) => one.saleId === saleId);
    if (call === 'create' && left !== undefined && wasNotCarriedOut(answer)) left.wasRefused = true;
    if (answer.kind !== 'done') return;
    if (call === 'cancel') this.#ended.add(saleId);
    // Ended as a part of its create: it was made, and is no more.
    if (call === 'cancel' && isUnkeyed === true) this.#unproved.delete(saleId);
    if (call === 'status') {
      const { status } = answer.value as PlatformFacts;
      this.#told.set(saleId, (this.#told.get(saleId) ?? new Set()).add(status));
    }
    if (call === 'record_look' && answer.value === null) this.#unrecorded.add(saleId);
  }

  /** A read of this Refund has shown it so. */
  hasShownRefund(id: string, status: string): boolean {
    return this.#refunds.get(id)?.has(status) ?? false;
  }

  #refundsSeen({ call, intentId }: Request, answer: Answer<unknown>): void {
    if (answer.kind !== 'done') return;
    // The wire's own answers to what is asked of Refunds.
    const all = [answer.value].flat() as readonly RefundFacts[];
    for (const { id, status } of all) {
      const statuses = this.#refunds.get(id) ?? new Set();
      this.#refunds.set(id, statuses.add(status));
    }
    if (call !== 'refund_list') return;
    for (const [name, attempt] of this.#attempts) {
      if (!name.startsWith('refund_') || attempt.intentId !== intentId) continue;
      const owner = name.slice(0, name.indexOf(' '));
      attempt.shownSince = all.some(({ refundId }) => refundId === owner) ? 'made' : 'none';
    }
  }

  #looked(saleId: string, call: string, shown: Shown | null): void {
    if (shown !== null) {
      const statuses = this.#shown.get(shown.id) ?? new Set();
      statuses.add(shown.status);
      this.#shown.set(shown.id, statuses);
      this.#owners.set(shown.id, shown.kioskId);
    }
    // The newest of this sale: where that has ended nothing newer is there.
    if (call === 'look_up' && (shown === null || shown.status === 'canceled')) {
      this.#unproved.delete(saleId);
    }
    for (const step of ['create', 'capture', 'cancel', 'confirm', 'receipt']) {
      const attempt = this.#attempts.get(`${saleId} ${step}`);
      if (attempt !== undefined) attempt.shownSince = shown?.status ?? 'none';
    }
  }
}

function wasNotCarriedOut({ kind }: Answer<unknown>): boolean {
  return kind === 'refused' || kind === 'denied' || kind === 'busy';
}

/** Calls that keep a sale's capture from being made. */
const ofSales: ReadonlySet<Request['call']> = new Set([
  'create',
  'read',
  'look_up',
  'capture',
  'cancel',
  'confirm',
  'receipt',
  'left_behind',
  'card_read',
  'card_attach',
] as const);

function isOutboxWork(call: Request['call']): boolean {
  return ofSales.has(call);
}

interface Shown {
  readonly id: PaymentIntentId;
  readonly status: string;
  readonly kioskId: string | null;
}

function shownIn(value: unknown): Shown | null {
  if (typeof value !== 'object' || value === null) return null;
  const facts = 'paymentIntent' in value ? value.paymentIntent : value;
  return isShown(facts) ? facts : null;
}

function isShown(value: unknown): value is Shown {
  return typeof value === 'object' && value !== null && 'id' in value && 'kioskId' in value;
}
