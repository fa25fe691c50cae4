import type { ReaderEffect } from '../../../main/domain/effect.ts';
import type { AttemptId } from '../../../main/domain/ids.ts';
import type { ProcessHint } from '../../../main/domain/sale-event.ts';
import type { Sale } from '../../../main/domain/sale.ts';
import type { Errand, ReaderDriver } from '../../../main/ports/reader-driver.ts';
import type { Checkout } from '../../../main/services/checkout.ts';
import { declines, type Fault, type Milestone } from '../plan/fault.ts';
import type { SaleRun } from '../plan/sale-run.ts';
import type { CardOutcome, ModelIntent } from '../stripe/payment-intents.ts';
import type { StripeModel } from '../stripe/stripe-model.ts';
import type { Agenda, Appointment } from '../time/agenda.ts';
import { drawnUnit } from '../time/chance.ts';
import type { KioskProcess } from '../kiosk/kiosk-process.ts';
import type { Network } from '../wire/network.ts';

export interface ReaderPageParts {
  readonly seed: number;
  readonly agenda: Agenda;
  readonly network: Network;
  readonly stripe: StripeModel;
  readonly device: ReaderDevice;
  readonly process: KioskProcess;
  readonly checkout: () => Checkout | null;
  readonly runOf: (saleId: string) => SaleRun | null;
  readonly reached: (run: SaleRun, milestone: Milestone) => void;
  readonly onFault: (kind: Fault['kind'] | `declined_${string}`, run: SaleRun) => void;
  /** The reader is about to ask for a card. */
  readonly onCollect: (run: SaleRun) => void;
  readonly note: (what: string, run: SaleRun) => void;
}

/** The device itself: it works on one card at a time, whatever becomes of the page that asked it to. */
export interface ReaderDevice {
  /** Requests that have left it for the bank and have not arrived. */
  inFlight: number;
}

interface Collected {
  readonly run: SaleRun;
  readonly saleId: string;
  readonly attemptId: AttemptId;
  readonly turn: number;
  readonly intent: ModelIntent;
}

/** The reader asks for the PIN by itself and tries again, all within one processPayment. In milliseconds. */
const pinTakesMs = 4_000;
const pinWanted: CardOutcome = {
  kind: 'declined',
  code: 'card_declined',
  declineCode: 'offline_pin_required',
  hasCharge: true,
};
/** After this the SDK says that nobody answers. In milliseconds. */
const connectionLimitMs = 8_000;

/** The page with the reader's SDK, the reader, and the card in the customer's hand. */
export class ReaderPage implements ReaderDriver {
  readonly #parts: ReaderPageParts;
  /** Grows with each page: what a former page held is gone, and nobody hears its answers. */
  #page = 1;
  #collecting: { readonly attemptId: AttemptId; readonly acts: Appointment } | null = null;
  #collected: Collected | null = null;

  constructor(parts: ReaderPageParts) {
    this.#parts = parts;
  }

  command(errand: Errand, effect: ReaderEffect, clientSecret: string | null): void {
    if (this.#parts.process.passes('reader_commanded')) return;
    if (errand.kind !== 'payment') return;
    const { sale } = errand;
    const run = this.#parts.runOf(sale.id);
    if (run === null) return;
    switch (effect.kind) {
      case 'reader.collect':
        this.#collect(run, sale, effect.attemptId, clientSecret);
        return;
      case 'reader.process':
        this.#process(run, effect.attemptId, effect.count);
        return;
      case 'reader.cancel':
        this.#cancel(effect.attemptId);
    }
  }

  /** A page is loaded anew; a request that has left for the bank goes on by itself. */
  reload(): void {
    this.#page += 1;
    this.#drop();
  }

  #drop(): void {
    if (this.#collecting !== null) this.#collecting.acts.called = false;
    this.#collecting = null;
    this.#collected = null;
  }

  #cancel(attemptId: AttemptId): void {
    if (this.#collecting?.attemptId === attemptId) this.#drop();
  }

  #collect(run: SaleRun, sale: Sale, attemptId: AttemptId, secret: string | null): void {
    const { reached, seed } = this.#parts;
    this.#drop();
    this.#parts.onCollect(run);
    run.turns += 1;
    const turn = run.turns;
    reached(run, 'collecting');
    const intent = this.#intentOf(secret);
    if (intent === null) return;
    if (this.#parts.device.inFlight > 0) {
      this.#later(300, () => this.#checkout?.collectFailed(sale.id, attemptId, 'reader_busy'));
      return;
    }
    if (this.#turnFault(run, 'reader_silent', turn) !== null) return;
    this.#later(150, () => this.#checkout?.readerPrompted(sale.id, attemptId));
    const collected = { run, saleId: sale.id, attemptId, turn, intent };
    const draw = drawnUnit(seed, 41, run.plan.index, turn);
    const acts = this.#later(400 + Math.floor(draw * 1_500), () => {
      this.#customerActs(collected);
    });
    this.#collecting = { attemptId, acts };
  }

  #intentOf(secret: string | null): ModelIntent | null {
    if (secret === null) return null;
    for (const intent of this.#parts.stripe.intents.all.values()) {
      if (intent.clientSecret === secret) return intent;
    }
    return null;
  }

  #customerActs(collected: Collected): void {
    const { run, saleId, attemptId, turn } = collected;
    if (run.does('walks_away', 'reader')) {
      this.#parts.onFault('walks_away', run);
      return;
    }
    if (this.#turnFault(run, 'canceled_on_reader', turn) !== null) {
      this.#drop();
      this.#checkout?.collectFailed(saleId, attemptId, 'canceled_by_customer');
      return;
    }
    if (this.#turnFault(run, 'reader_lost_collecting', turn) !== null) {
      this.#drop();
      this.#checkout?.collectFailed(saleId, attemptId, 'no_established_connection');
      return;
    }
    if (this.#turnFault(run, 'hesitates', turn) !== null) {
      const acts = this.#later(80_000, () => this.#present(collected));
      this.#collecting = { attemptId, acts };
      return;
    }
    this.#present(collected);
  }

  #present(collected: Collected): void {
    const { run, saleId, attemptId } = collected;
    this.#collecting = null;
    this.#collected = collected;
    this.#parts.reached(run, 'card_read');
    this.#checkout?.cardCollected(saleId, attemptId);
  }

  #process(run: SaleRun, attemptId: AttemptId, count: number): void {
    const { seed, reached, network } = this.#parts;
    const collected = this.#collected;
    if (collected?.attemptId !== attemptId) return;
    reached(run, 'process_sent');
    const { turn } = collected;
    const page = this.#page;
    const answer = (hint: ProcessHint): void => {
      if (page !== this.#page) return;
      this.#checkout?.processAnswered(collected.saleId, attemptId, count, hint);
    };
    const draw = drawnUnit(seed, 43, run.plan.index, turn, count);
    const upMs = 150 + Math.floor(draw * 900);
    if (network.has('network_off') || this.#parts.device.inFlight > 0) {
      this.#later(connectionLimitMs, () => {
        answer(connectionError);
      });
      return;
    }

    const lost =
      count === 1
        ? (this.#turnFault(run, 'process_connection_error', turn) ??
          this.#turnFault(run, 'process_answer_lost', turn))
        : null;
    if (lost !== null) {
      const afterMs = lost.effect === 'late' ? connectionLimitMs + lost.lateMs : upMs;
      if (lost.effect !== 'none') {
        this.#atStripe(run, afterMs, () => {
          this.#charge(collected);
        });
      }
      if (lost.kind === 'process_connection_error') {
        this.#later(connectionLimitMs, () => {
          answer(connectionError);
        });
      }
      return;
    }
    const late = count === 1 ? this.#turnFault(run, 'process_answer_late', turn) : null;
    const secondTry = this.#turnFault(run, 'charged_at_second_try', turn) !== null;
    this.#atStripe(run, secondTry ? upMs + pinTakesMs : upMs, () => {
      const hint = this.#charge(collected);
      this.#later(100 + (late?.lateMs ?? 0), () => {
        answer(hint);
      });
    });
    if (secondTry) {
      this.#parts.agenda.after(upMs, () => {
        this.#parts.stripe.intents.confirm(collected.intent, pinWanted, 'reader');
        run.declinedInTurn = turn;
      });
    }
  }

  /** The request reaches the bank, whatever has become of the page and of the kiosk. */
  #charge({ run, turn, intent }: Collected): ProcessHint {
    const { stripe, reached, note } = this.#parts;
    const outcome = this.#outcome(run, turn);
    const charges = intent.charges.length;
    const refusal = stripe.intents.confirm(intent, outcome, 'reader');
    if (intent.charges.length > charges && intent.lastPaymentError !== null) {
      run.declinedInTurn = turn;
    }
    note(`card: ${refusal === null ? outcome.kind : refusal.refused}`, run);
    reached(run, 'process_done');
    const { status } = intent;
    if (refusal !== null) return failed(refusal.refused, null, status);
    if (outcome.kind === 'approved') return { kind: 'processed' };
    return failed(outcome.code, outcome.declineCode, status);
  }

  #outcome(run: SaleRun, turn: number): CardOutcome {
    const declined = this.#turnFault(run, 'card_declined', turn);
    if (declined !== null) {
      this.#parts.onFault(`declined_${declined.how}`, run);
      const [code, declineCode] = declines[declined.how];
      return { kind: 'declined', code, declineCode, hasCharge: declined.how !== 'without_charge' };
    }
    return { kind: 'approved' };
  }

  #turnFault<Kind extends Parameters<SaleRun['turnFault']>[0]>(
    run: SaleRun,
    kind: Kind,
    turn: number,
  ): ReturnType<typeof run.turnFault<Kind>> {
    const fault = run.turnFault(kind, turn);
    if (fault !== null) this.#parts.onFault(kind, run);
    return fault;
  }

  get #checkout(): Checkout | null {
    return this.#parts.process.isGone ? null : this.#parts.checkout();
  }

  /** On this page: nothing comes of it once the page or the process is gone. */
  #later(afterMs: number, run: () => void): Appointment {
    const page = this.#page;
    return this.#parts.agenda.after(afterMs, () => {
      if (page === this.#page && !this.#parts.process.isGone) run();
    });
  }

  #atStripe(run: SaleRun, afterMs: number, arrives: () => void): void {
    const { device } = this.#parts;
    run.inFlight += 1;
    device.inFlight += 1;
    this.#parts.agenda.after(afterMs, () => {
      device.inFlight -= 1;
      run.inFlight -= 1;
      arrives();
    });
  }
}

const connectionError: ProcessHint = {
  kind: 'failed',
  code: 'reader_connection_error',
  declineCode: null,
  paymentIntentStatus: null,
};

function failed(code: string, declineCode: string | null, status: string): ProcessHint {
  return { kind: 'failed', code, declineCode, paymentIntentStatus: status };
}
