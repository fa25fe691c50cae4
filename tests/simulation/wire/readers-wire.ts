import type { KioskId, PaymentIntentId, ReaderId } from '../../../main/domain/ids.ts';
import type { Answer } from '../../../main/ports/payments-api.ts';
import type { ReaderFacts, ReadersApi } from '../../../main/ports/readers-api.ts';
import type { ReaderCall } from '../plan/reader-fault.ts';
import type { ModelReader } from '../stripe/model-reader.ts';
import type { ModelReaders } from '../stripe/model-readers.ts';
import type { ModelIntent } from '../stripe/payment-intents.ts';
import type { Reply } from '../stripe/reply.ts';
import type { StripeModel } from '../stripe/stripe-model.ts';
import { type Request, Transit, type TransitParts } from './transit.ts';

export interface ReadersWireParts extends TransitParts {
  readonly kioskId: KioskId;
  readonly asker: Asker;
  readonly stripe: StripeModel;
  readonly readers: ModelReaders;
  /** A command is at the reader's door; `isLate` when the kiosk has given it up or heard its answer before. */
  readonly onArrival: (request: ReaderRequest, reader: ModelReader, isLate: boolean) => void;
  /** What a reader refused, or a fault of its own. */
  readonly onReaderFault: (name: string, request: Request) => void;
}

/** A request that is about a reader. */
export type ReaderRequest = Request & {
  readonly call: ReaderCall;
  readonly readerId: ReaderId;
  readonly asker: Asker;
};

/** Whoever leads the reader, or staff. */
export type Asker = 'driver' | 'staff';

type FactsAnswer = Promise<Answer<ReaderFacts>>;
type Carry = (reader: ModelReader, intent: ModelIntent) => Reply<ReaderFacts>;

const missing = { status: 404, code: 'resource_missing' } as const;
const timedOut = { status: 400, code: 'terminal_reader_timeout' } as const;
const notModelled: Promise<Answer<never>> = Promise.resolve({
  kind: 'refused',
  status: 400,
  code: 'not_modelled',
  requestId: undefined,
});

/** The readers' port of one run of the kiosk's process: its calls cross the same network as all others. */
export class ReadersWire implements ReadersApi {
  readonly #parts: ReadersWireParts;
  readonly #transit: Transit;

  constructor(parts: ReadersWireParts) {
    this.#parts = parts;
    this.#transit = new Transit(parts);
  }

  read(id: ReaderId, signal: AbortSignal): FactsAnswer {
    const { asker } = this.#parts;
    const request: ReaderRequest = { ...bare, call: 'reader_read', readerId: id, asker };
    return this.#transit.send(
      request,
      () => ({ status: 200, value: this.#parts.readers.get(id).facts }),
      signal,
    );
  }

  list = (): Promise<Answer<never>> => notModelled;
  register = this.list;
  rename = this.list;
  deregister = this.list;
  listLocations = this.list;
  createLocation = this.list;

  processPaymentIntent: ReadersApi['processPaymentIntent'] = (id, intent, config, key, signal) =>
    this.#keyed('reader_process', id, intent, key, signal, (reader, found) =>
      reader.prompt('process_payment_intent', found, this.#parts.kioskId, config.keepsCard),
    );

  collectPaymentMethod: ReadersApi['collectPaymentMethod'] = (id, intent, config, key, signal) =>
    this.#keyed('reader_collect', id, intent, key, signal, (reader, found) =>
      reader.prompt('collect_payment_method', found, this.#parts.kioskId, config.keepsCard),
    );

  processSetupIntent: ReadersApi['processSetupIntent'] = (
    id,
    setupIntent,
    _config,
    key,
    signal,
  ) => {
    const { stripe, kioskId } = this.#parts;
    const setup = stripe.setups.all.get(setupIntent);
    const of = { saleId: setup?.setupId ?? null, intentId: null, about: setupIntent };
    return this.#prompt('reader_setup', id, of, setupIntent, key, signal, (reader) =>
      setup === undefined ? missing : reader.promptSetup(setup, kioskId),
    );
  };

  refundPayment: ReadersApi['refundPayment'] = (id, { charge, amount }, _config, key, signal) => {
    const { stripe, kioskId } = this.#parts;
    const intent = [...stripe.intents.all.values()].find(({ charges }) =>
      charges.some((one) => one.id === charge),
    );
    const of = { saleId: intent?.saleId ?? null, intentId: intent?.id ?? null, about: charge };
    const words = `${charge} ${String(amount.amount)}`;
    return this.#prompt('reader_refund', id, of, words, key, signal, (reader) =>
      intent === undefined ? missing : reader.promptRefund(intent, amount.amount, kioskId),
    );
  };

  confirmPaymentIntent: ReadersApi['confirmPaymentIntent'] = (id, intent, key, signal) =>
    this.#keyed('reader_confirm', id, intent, key, signal, (reader, found) =>
      reader.confirm(found, this.#parts.kioskId),
    );

  cancelAction(id: ReaderId, signal: AbortSignal): FactsAnswer {
    return this.#plain('reader_cancel', id, signal, (reader) => reader.cancel(this.#parts.kioskId));
  }

  setReaderDisplay: ReadersApi['setReaderDisplay'] = ({ id }, _cart, signal) =>
    this.#plain('reader_display', id, signal, (reader) => reader.display(this.#parts.kioskId));

  #plain(
    call: ReaderCall,
    id: ReaderId,
    signal: AbortSignal,
    carry: (reader: ModelReader) => Reply<ReaderFacts>,
  ): FactsAnswer {
    const { asker } = this.#parts;
    const request: ReaderRequest = { ...bare, call, readerId: id, asker };
    return this.#heard(request, carry, (serve) => this.#transit.send(request, serve, signal));
  }

  #keyed(
    call: ReaderCall,
    id: ReaderId,
    intentId: PaymentIntentId,
    key: string,
    signal: AbortSignal,
    carry: Carry,
  ): FactsAnswer {
    const { stripe } = this.#parts;
    const saleId = stripe.intents.find(intentId)?.saleId ?? null;
    const of = { saleId, intentId, about: intentId };
    return this.#prompt(call, id, of, intentId, key, signal, (reader) => {
      const intent = stripe.intents.find(intentId);
      return intent === null ? missing : carry(reader, intent);
    });
  }

  #prompt(
    call: ReaderCall,
    id: ReaderId,
    of: Pick<Request, 'saleId' | 'intentId' | 'about'>,
    words: string,
    key: string,
    signal: AbortSignal,
    carryOut: (reader: ModelReader) => Reply<ReaderFacts>,
  ): FactsAnswer {
    const { readers, asker } = this.#parts;
    const said = { key, words: `${id} ${words}`, total: null };
    const request = { call, readerId: id, asker, ...of, ...said };
    return this.#heard(request, carryOut, (serve) =>
      this.#transit.sendKeyed(request, readers.keys, serve, signal),
    );
  }

  /** Lets the command time out where that is planned, and tells what arrives. */
  async #heard(
    request: ReaderRequest,
    carry: (reader: ModelReader) => Reply<ReaderFacts>,
    send: (serve: () => Reply<ReaderFacts>) => FactsAnswer,
  ): FactsAnswer {
    const { readers, runOf, process, onArrival, onReaderFault } = this.#parts;
    const reader = readers.get(request.readerId);
    const fault = runOf(request.saleId)?.commandFault() ?? null;
    let isLate = false;
    const answer = await send(() => {
      onArrival(request, reader, isLate || process.isGone);
      if (fault !== null)
        onReaderFault(`reader_times_out_${fault.heard ? 'heard' : 'unheard'}`, request);
      if (fault?.heard === false) return timedOut;
      const wasCharging = reader.isCharging;
      const reply = carry(reader);
      if (reply.status === 400) onReaderFault(nameOf(reply.code, wasCharging), request);
      return fault !== null && reply.status === 200 ? timedOut : reply;
    });
    isLate = true;
    return answer;
  }
}

const bare = { saleId: null, intentId: null, key: null, words: '', total: null } as const;

/** Under what a refusal of a reader is counted. */
function nameOf(code: string, wasCharging: boolean): string {
  return code === 'terminal_reader_busy' && wasCharging
    ? 'refused_while_charging'
    : `refused_${code}`;
}
