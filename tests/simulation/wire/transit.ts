import type { PaymentIntentId, ReaderId } from '../../../main/domain/ids.ts';
import type { Money } from '../../../main/domain/money.ts';
import type { Answer } from '../../../main/ports/payments-api.ts';
import type { Call, CallFault } from '../plan/fault.ts';
import type { SaleRun } from '../plan/sale-run.ts';
import type { IdempotencyKeys } from '../stripe/idempotency-keys.ts';
import { answerOf, type Reply } from '../stripe/reply.ts';
import type { Agenda } from '../time/agenda.ts';
import { drawnUnit } from '../time/chance.ts';
import type { KioskProcess } from '../kiosk/kiosk-process.ts';
import type { Network } from './network.ts';

/** The client gives a request up after this; main/backends/stripe does. In milliseconds. */
const answerLimitMs = 20_000;

/** A request as it leaves the kiosk. */
export interface Request {
  readonly call: Call;
  /** The sale it is for, or the setup; null where it is for neither. */
  readonly saleId: string | null;
  readonly intentId: PaymentIntentId | null;
  /** Of cards, Customers, refunds and letters: what it is about. */
  readonly about?: string;
  /** The reader it is about, if it is about one. */
  readonly readerId?: ReaderId;
  /** The idempotency key; null for what changes nothing. */
  readonly key: string | null;
  /** It changes something although the other side knows no keys: each one that arrives does it again. */
  readonly isUnkeyed?: true;
  /** The platform's order it is about. */
  readonly orderId?: string;
  /** Its parameters, to tell whether one key carries one set of them. */
  readonly words: string;
  /** The amount it asks for. */
  readonly total: Money | null;
}

/** Told of everything that crosses the wire. */
export interface WireWitness {
  left(request: Request, boot: number): void;
  /** The kiosk has the answer in its hands, or has given the request up. */
  answered(request: Request, answer: Answer<unknown>, boot: number): void;
}

export interface TransitParts {
  readonly seed: number;
  readonly agenda: Agenda;
  readonly network: Network;
  readonly process: KioskProcess;
  readonly witness: WireWitness;
  /** The planned sale a request is for: its own, or for lists the one in hand. */
  readonly runOf: (saleId: string | null) => SaleRun | null;
  /** A fault has taken effect. */
  readonly onFault: (fault: CallFault['kind'], request: Request) => void;
  /** A reply told the payment system's time, epoch milliseconds. */
  readonly onDate: (serverMs: number) => void;
}

interface Journey<Value> {
  readonly request: Request;
  readonly fault: CallFault | null;
  readonly serve: () => Reply<Value>;
  readonly keys: IdempotencyKeys<Value> | null;
  readonly downMs: number;
  readonly hand: (answer: Answer<Value>) => void;
}

/** One request's way there and back. Its effect and its answer are two things, and each may be lost or late. */
export class Transit {
  readonly #parts: TransitParts;

  constructor(parts: TransitParts) {
    this.#parts = parts;
  }

  send<Value>(
    request: Request,
    serve: () => Reply<Value>,
    signal: AbortSignal,
  ): Promise<Answer<Value>> {
    return this.#travel(request, null, serve, signal);
  }

  sendKeyed<Value>(
    request: Request,
    keys: IdempotencyKeys<Value>,
    serve: () => Reply<Value>,
    signal: AbortSignal,
  ): Promise<Answer<Value>> {
    return this.#travel(request, keys, serve, signal);
  }

  #travel<Value>(
    request: Request,
    keys: IdempotencyKeys<Value> | null,
    serve: () => Reply<Value>,
    signal: AbortSignal,
  ): Promise<Answer<Value>> {
    const { seed, network, process, witness, runOf, onFault } = this.#parts;
    const { promise, resolve } = Promise.withResolvers<Answer<Value>>();
    if (process.passes('call_leaves')) return promise;
    witness.left(request, process.boot);

    let isOpen = true;
    const hand = (answer: Answer<Value>): void => {
      if (!isOpen) return;
      isOpen = false;
      signal.removeEventListener('abort', giveUp);
      if (process.passes('answer_arrives')) return;
      witness.answered(request, answer, process.boot);
      resolve(answer);
    };
    const giveUp = (): void => {
      hand({ kind: 'unanswered', code: 'aborted' });
    };
    if (signal.aborted) {
      giveUp();
      return promise;
    }
    signal.addEventListener('abort', giveUp, { once: true });

    const run = runOf(request.saleId);
    const nth = run?.countCall(request.call) ?? 0;
    const fault = run?.callFault(request.call, nth) ?? null;
    if (fault !== null) onFault(fault.kind, request);
    const place = (run?.plan.index ?? -1) * 1_000 + nth;
    const draw = drawnUnit(seed, 31, place, request.call.length, request.call.charCodeAt(0));
    const upMs = 20 + Math.floor(draw * 150);
    const journey: Journey<Value> = {
      request,
      fault,
      serve,
      keys,
      hand,
      downMs: 20 + Math.floor(((draw * 7_919) % 1) * 150),
    };
    if (network.has('network_off') || fault?.kind === 'request_lost') {
      const isQuick = fault?.kind === 'request_lost' ? fault.quickly : draw < 0.7;
      this.#silence(journey, isQuick ? upMs : answerLimitMs);
      return promise;
    }
    this.#leave(journey, upMs);
    return promise;
  }

  #leave<Value>(journey: Journey<Value>, upMs: number): void {
    const { agenda } = this.#parts;
    const { fault } = journey;
    switch (fault?.kind) {
      case 'request_late':
        this.#silence(journey, answerLimitMs);
        agenda.after(answerLimitMs + fault.lateMs, () => this.#arrive(journey));
        return;
      case 'answer_lost':
        this.#silence(journey, fault.quickly ? upMs * 2 : answerLimitMs);
        agenda.after(upMs, () => this.#arrive(journey));
        return;
      case 'worked_on_long':
        this.#silence(journey, answerLimitMs);
        agenda.after(upMs, () => this.#arrive(journey));
        return;
      case 'request_twice':
        agenda.after(upMs, () => this.#arrive(journey));
        agenda.after(upMs + fault.apartMs, () => this.#arrive({ ...journey, hand: ignore }));
        return;
      case undefined:
      case 'request_lost':
      case 'answer_slow':
      case 'rate_limited':
      case 'server_error_before':
      case 'server_error_after':
      case 'odd_reply':
        agenda.after(upMs, () => this.#arrive(journey));
    }
  }

  #silence<Value>({ hand }: Journey<Value>, afterMs: number): void {
    this.#parts.agenda.after(afterMs, () => {
      hand({ kind: 'unanswered', code: 'no_answer' });
    });
  }

  /** At the payment system's door. What happens here happens whether or not the kiosk still lives. */
  #arrive<Value>(journey: Journey<Value>): void {
    const { agenda, network } = this.#parts;
    const { request, fault, keys } = journey;
    if (network.has('network_off')) {
      this.#silence(journey, answerLimitMs);
      return;
    }
    if (network.has('stripe_down')) {
      this.#reply(journey, { status: 500, code: 'api_error' });
      return;
    }
    if (network.has('key_denied')) {
      this.#reply(journey, { status: 401, code: 'api_key_expired' });
      return;
    }
    const isLimited = request.call === 'capture' && network.has('captures_limited');
    if (isLimited || fault?.kind === 'rate_limited') {
      this.#reply(journey, { status: 429, code: 'rate_limit' });
      return;
    }
    if (keys === null || request.key === null) {
      if (fault?.kind === 'worked_on_long' && request.isUnkeyed === true) {
        agenda.after(fault.longMs, () => {
          journey.serve();
        });
        return;
      }
      this.#reply(journey, stumbled(journey));
      return;
    }
    const { key } = request;
    const met = keys.arrive(key, request.words, agenda.nowMs);
    if (met.kind === 'answer') {
      this.#reply(journey, met.reply);
      return;
    }
    if (fault?.kind === 'worked_on_long') {
      agenda.after(fault.longMs, () => {
        keys.store(key, journey.serve());
      });
      return;
    }
    const reply = stumbled(journey);
    keys.store(key, reply);
    this.#reply(journey, reply);
  }

  #reply<Value>(journey: Journey<Value>, reply: Reply<Value>): void {
    const { agenda, network, onDate } = this.#parts;
    const { fault, downMs, hand } = journey;
    if (fault?.kind === 'answer_lost') return;
    const serverMs = Math.floor(agenda.nowMs / 1_000) * 1_000;
    const slowMs = fault?.kind === 'answer_slow' ? Math.min(fault.slowMs, answerLimitMs - 500) : 0;
    agenda.after(downMs + slowMs, () => {
      if (network.has('network_off')) {
        this.#silence(journey, answerLimitMs - slowMs);
        return;
      }
      onDate(serverMs);
      hand(
        fault?.kind === 'odd_reply'
          ? { kind: 'unanswered', code: 'unbelievable_reply' }
          : answerOf(reply),
      );
    });
  }
}

/** A 500, whether or not something was done first. Under a key it is stored like any other result. */
function stumbled<Value>({ fault, serve }: Journey<Value>): Reply<Value> {
  if (fault?.kind === 'server_error_before') return { status: 500, code: 'api_error' };
  const reply = serve();
  return fault?.kind === 'server_error_after' ? { status: 500, code: 'api_error' } : reply;
}

function ignore(): void {
  // The copy's answer goes nowhere.
}
