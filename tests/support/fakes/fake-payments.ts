import type { PaymentIntentFacts } from '../../../main/domain/payment-intent.ts';
import type { Answer, LivePaymentIntent, PaymentsApi } from '../../../main/ports/payments-api.ts';
import { facts } from './sales.ts';

export const clientSecret = 'pi_0001_secret_abcdefghijklmnopqrst';

export function done<Value>(value: Value): Answer<Value> {
  return { kind: 'done', value, requestId: 'req_test' };
}

export const unanswered: Answer<never> = { kind: 'unanswered', code: 'no_answer' };
export const uncertain: Answer<never> = { kind: 'uncertain', status: 500, requestId: undefined };
export const busy: Answer<never> = { kind: 'busy', status: 429, code: 'rate_limit' };
export const denied: Answer<never> = { kind: 'denied', status: 401, code: 'api_key_expired' };

export function refused(code: string): Answer<never> {
  return { kind: 'refused', status: 400, code, requestId: 'req_test' };
}

export function live(paymentIntent: PaymentIntentFacts = facts()): Answer<LivePaymentIntent> {
  return done({ paymentIntent, clientSecret });
}

/** Every call there is but those of some systems alone. */
type Call = Exclude<keyof PaymentsApi, 'recordOrder' | 'locationOf'>;

/** A call as it left, with its key where it has one. */
export interface Sent {
  readonly call: Call;
  readonly key: string | null;
}

type Answers = { [Name in Call]: Awaited<ReturnType<PaymentsApi[Name]>>[] };

/**
 * Answers each kind of call from its own queue; an empty queue never answers, until the call is given up.
 * Keeps what was sent, in order.
 */
export class FakePayments implements PaymentsApi {
  readonly sent: Sent[] = [];
  readonly #answers: Answers;

  constructor(answers: Partial<Answers> = {}) {
    this.#answers = {
      create: [...(answers.create ?? [])],
      read: [...(answers.read ?? [])],
      lookUp: [...(answers.lookUp ?? [])],
      capture: [...(answers.capture ?? [])],
      cancel: [...(answers.cancel ?? [])],
      confirm: [...(answers.confirm ?? [])],
      listPaymentIntents: [...(answers.listPaymentIntents ?? [])],
      listEvents: [...(answers.listEvents ?? [])],
      setReceiptEmail: [...(answers.setReceiptEmail ?? [])],
      createConnectionToken: [...(answers.createConnectionToken ?? [])],
      probe: [...(answers.probe ?? [])],
    };
  }

  create: PaymentsApi['create'] = (_request, key, signal) =>
    this.#answer('create', this.#answers.create, key, signal);
  read: PaymentsApi['read'] = (_id, signal) =>
    this.#answer('read', this.#answers.read, null, signal);
  lookUp: PaymentsApi['lookUp'] = (_id, _since, signal) =>
    this.#answer('lookUp', this.#answers.lookUp, null, signal);
  capture: PaymentsApi['capture'] = (_id, _total, key, signal) =>
    this.#answer('capture', this.#answers.capture, key, signal);
  cancel: PaymentsApi['cancel'] = (_id, key, signal) =>
    this.#answer('cancel', this.#answers.cancel, key, signal);
  confirm: PaymentsApi['confirm'] = (_id, _card, key, signal) =>
    this.#answer('confirm', this.#answers.confirm, key, signal);
  listPaymentIntents: PaymentsApi['listPaymentIntents'] = (_query, signal) =>
    this.#answer('listPaymentIntents', this.#answers.listPaymentIntents, null, signal);
  listEvents: PaymentsApi['listEvents'] = (_query, signal) =>
    this.#answer('listEvents', this.#answers.listEvents, null, signal);
  setReceiptEmail: PaymentsApi['setReceiptEmail'] = (_charge, _email, key, signal) =>
    this.#answer('setReceiptEmail', this.#answers.setReceiptEmail, key, signal);
  createConnectionToken: PaymentsApi['createConnectionToken'] = (signal) =>
    this.#answer('createConnectionToken', this.#answers.createConnectionToken, null, signal);
  probe: PaymentsApi['probe'] = (signal) =>
    this.#answer('probe', this.#answers.probe, null, signal);

  async #answer<Value>(
    call: Call,
    answers: Answer<Value>[],
    key: string | null,
    signal: AbortSignal,
  ): Promise<Answer<Value>> {
    this.sent.push({ call, key });
    const next = answers.shift();
    if (next !== undefined) return next;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const giveUp = (): void => {
      resolve(undefined);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    await promise;
    return { kind: 'unanswered', code: 'aborted' };
  }
}
