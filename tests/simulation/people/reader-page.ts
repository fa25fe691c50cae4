import type { ReaderEffect } from '../../../main/domain/effect.ts';
import type { AttemptId } from '../../../main/domain/ids.ts';
import type { ProcessHint } from '../../../main/domain/sale-event.ts';
import type { Errand, ReaderDriver } from '../../../main/ports/reader-driver.ts';
import type { Checkout } from '../../../main/services/checkout.ts';
import { ownerIdOf } from '../../../main/services/reader-errand.ts';
import type { ReaderReports } from '../../../main/services/reader-reports.ts';
import { declines, type Fault, type Milestone } from '../plan/fault.ts';
import type { SaleRun } from '../plan/sale-run.ts';
import type { CardOutcome, ModelIntent } from '../stripe/payment-intents.ts';
import type { ModelSetup } from '../stripe/setup-intents.ts';
import type { StripeModel } from '../stripe/stripe-model.ts';
import type { Agenda, Appointment } from '../time/agenda.ts';
import { drawnUnit } from '../time/chance.ts';
import type { KioskProcess } from '../kiosk/kiosk-process.ts';
import type { Network } from '../wire/network.ts';
import { lineOfErrand, lineOfSale, type PageLine } from './page-line.ts';
import { tapOf } from './tap-of.ts';

export interface ReaderPageParts {
  readonly seed: number;
  readonly agenda: Agenda;
  readonly network: Network;
  readonly stripe: StripeModel;
  readonly device: ReaderDevice;
  readonly process: KioskProcess;
  readonly checkout: () => Checkout | null;
  /** Null while nothing runs. */
  readonly reports: () => ReaderReports | null;
  readonly runOf: (owner: string) => SaleRun | null;
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

/** What a card is asked for, and how that is told. */
interface Order {
  readonly run: SaleRun;
  readonly attemptId: AttemptId;
  readonly line: PageLine;
  /** What the card is charged for; null where it is not charged. */
  readonly intent: ModelIntent | null;
  /** What comes of it when the request reaches Stripe. */
  readonly arrive: (turn: number) => ProcessHint;
}

interface Collected extends Order {
  readonly turn: number;
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
    const { attemptId } = effect;
    switch (effect.kind) {
      case 'reader.collect': {
        const order = this.#orderOf(errand, attemptId, clientSecret);
        if (order !== null) this.#collect(order);
        return;
      }
      case 'reader.process':
        this.#process(attemptId, effect.count);
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

  /** Null without a secret that Stripe knows: the SDK asks for nothing. */
  #orderOf(errand: Errand, attemptId: AttemptId, secret: string | null): Order | null {
    const { stripe, runOf, onCollect } = this.#parts;
    const run = runOf(ownerIdOf(errand));
    if (run === null) return null;
    const reports = () => (this.#parts.process.isGone ? null : this.#parts.reports());
    switch (errand.kind) {
      case 'payment': {
        const { id, keeping } = errand.sale;
        onCollect(run);
        const intent = this.#intentOf(secret);
        if (intent === null) return null;
        const line = lineOfSale(() => this.#checkout, id, attemptId);
        const keepsCard = keeping !== undefined;
        const arrive = (turn: number) => this.#charge(run, intent, turn, keepsCard);
        return { run, attemptId, line, intent, arrive };
      }
      case 'setup': {
        const line = lineOfErrand(reports, errand.setup.id, attemptId);
        const setup = [...stripe.setups.all.values()].find((one) => one.clientSecret === secret);
        if (setup === undefined) return null;
        const arrive = (turn: number) => this.#setUp(run, setup, turn);
        return { run, attemptId, line, intent: null, arrive };
      }
      case 'refund': {
        const { id, paymentIntentId, amount } = errand.refund;
        const line = lineOfErrand(reports, id, attemptId);
        const intent = stripe.intents.find(paymentIntentId);
        if (intent === null) return null;
        const arrive = () => this.#giveBack(intent, amount.amount);
        return { run, attemptId, line, intent: null, arrive };
      }
    }
  }

  #collect(order: Order): void {
    const { reached, seed } = this.#parts;
    const { run, attemptId, line } = order;
    this.#drop();
    run.turns += 1;
    const turn = run.turns;
    reached(run, 'collecting');
    if (this.#parts.device.inFlight > 0) {
      this.#later(300, () => line.collectFailed('reader_busy'));
      return;
    }
    if (this.#turnFault(run, 'reader_silent', turn) !== null) return;
    this.#later(150, () => line.prompted());
    const collected = { ...order, turn };
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
    const { run, line, attemptId, turn } = collected;
    if (run.does('walks_away', 'reader')) {
      this.#parts.onFault('walks_away', run);
      return;
    }
    if (this.#turnFault(run, 'canceled_on_reader', turn) !== null) {
      this.#drop();
      line.collectFailed('canceled_by_customer');
      return;
    }
    if (this.#turnFault(run, 'reader_lost_collecting', turn) !== null) {
      this.#drop();
      line.collectFailed('no_established_connection');
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
    const { run, line } = collected;
    this.#collecting = null;
    this.#collected = collected;
    this.#parts.reached(run, 'card_read');
    line.collected();
  }

  #process(attemptId: AttemptId, count: number): void {
    const { seed, reached, network } = this.#parts;
    const collected = this.#collected;
    if (collected?.attemptId !== attemptId) return;
    const { run, turn, line, intent } = collected;
    reached(run, 'process_sent');
    const page = this.#page;
    const answer = (hint: ProcessHint): void => {
      if (page !== this.#page) return;
      if (!this.#parts.process.isGone) line.answered(count, hint);
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
          this.#arrives(collected);
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
      const hint = this.#arrives(collected);
      this.#later(100 + (late?.lateMs ?? 0), () => {
        answer(hint);
      });
    });
    if (secondTry && intent !== null) {
      this.#parts.agenda.after(upMs, () => {
        this.#parts.stripe.intents.confirm(intent, pinWanted, 'reader');
        run.declinedInTurn = turn;
      });
    }
  }

  /** The request reaches the bank, whatever has become of the page and of the kiosk. */
  #arrives({ run, turn, arrive }: Collected): ProcessHint {
    const hint = arrive(turn);
    this.#parts.reached(run, 'process_done');
    return hint;
  }

  #charge(run: SaleRun, intent: ModelIntent, turn: number, keepsCard: boolean): ProcessHint {
    const { stripe, note } = this.#parts;
    const outcome = this.#outcome(run, turn);
    const charges = intent.charges.length;
    const tap = tapOf(run, turn, keepsCard);
    const refusal = stripe.intents.confirm(intent, outcome, 'reader', tap);
    if (intent.charges.length > charges && intent.lastPaymentError !== null) {
      run.declinedInTurn = turn;
    }
    note(`card: ${refusal === null ? outcome.kind : refusal.refused}`, run);
    const { status } = intent;
    if (refusal !== null) return failed(refusal.refused, null, status);
    if (outcome.kind === 'approved') return { kind: 'processed' };
    return failed(outcome.code, outcome.declineCode, status);
  }

  #setUp(run: SaleRun, setup: ModelSetup, turn: number): ProcessHint {
    const outcome = this.#outcome(run, turn);
    const code = this.#parts.stripe.setups.confirm(setup, outcome, tapOf(run, turn, true));
    this.#parts.note(`card: setup ${code ?? 'succeeded'}`, run);
    if (code === null) return { kind: 'processed' };
    const declineCode = outcome.kind === 'declined' ? outcome.declineCode : null;
    return failed(code, declineCode, 'requires_payment_method');
  }

  /** What a reader gives back bears nobody's metadata. */
  #giveBack(intent: ModelIntent, amount: number): ProcessHint {
    const wanted = { intent, amount, refundId: null, kioskId: null };
    const reply = this.#parts.stripe.refunds.create(wanted, 'succeeds', 'reader');
    if (reply.status === 200) return { kind: 'processed' };
    return failed(reply.code, null, 'requires_payment_method');
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
