import { declines, type Fault, type Milestone } from '../plan/fault.ts';
import type { SaleRun } from '../plan/sale-run.ts';
import type { CardCourse, ModelReader } from '../stripe/model-reader.ts';
import type { CardOutcome } from '../stripe/payment-intents.ts';
import type { Slot } from '../stripe/reader-slot.ts';
import type { Agenda } from '../time/agenda.ts';
import { drawnUnit } from '../time/chance.ts';
import { tapOf } from './tap-of.ts';
import type { OtherTill } from './other-till.ts';

export interface CardHolderParts {
  readonly seed: number;
  readonly agenda: Agenda;
  readonly otherTill: OtherTill;
  readonly reached: (run: SaleRun, milestone: Milestone) => void;
  readonly onFault: (name: string, run: SaleRun) => void;
}

/** The reader asks for the PIN by itself and tries again. */
const pinWanted: CardOutcome = {
  kind: 'declined',
  code: 'card_declined',
  declineCode: 'offline_pin_required',
  hasCharge: true,
};
const hesitatesMs = 80_000;

/** The customer at a reader that main leads, and the card in their hand. */
export class CardHolder {
  readonly #parts: CardHolderParts;

  constructor(parts: CardHolderParts) {
    this.#parts = parts;
  }

  /** The reader asks for their card. */
  isAsked(run: SaleRun, reader: ModelReader, slot: Slot): void {
    const { seed, agenda, reached } = this.#parts;
    run.turns += 1;
    const turn = run.turns;
    reached(run, 'collecting');
    const draw = drawnUnit(seed, 41, run.plan.index, turn);
    agenda.after(400 + Math.floor(draw * 1_500), () => this.#acts(run, reader, slot, turn));
  }

  #acts(run: SaleRun, reader: ModelReader, slot: Slot, turn: number): void {
    const { agenda, otherTill, onFault } = this.#parts;
    if (!reader.isAsking(slot)) return;
    if (run.does('walks_away', 'reader')) {
      onFault('walks_away', run);
      return;
    }
    if (run.turnFault('customer_canceled', turn) !== null) {
      onFault('customer_canceled', run);
      reader.giveUp(slot, 'customer_canceled');
      return;
    }
    if (run.turnFault('card_unreadable', turn) !== null) {
      onFault('card_unreadable', run);
      reader.giveUp(slot, 'card_read_failed');
      return;
    }
    const taken = run.turnFault('prompt_taken', turn);
    if (taken !== null) {
      if (otherTill.take(reader, taken.how, taken.forMs)) onFault(`prompt_taken_${taken.how}`, run);
      return;
    }
    if (run.turnFault('hesitates', turn) !== null) {
      onFault('hesitates', run);
      agenda.after(hesitatesMs, () => this.#present(run, reader, slot, turn));
      return;
    }
    this.#present(run, reader, slot, turn);
  }

  #present(run: SaleRun, reader: ModelReader, slot: Slot, turn: number): void {
    if (!reader.isAsking(slot)) return;
    this.#parts.reached(run, 'card_read');
    reader.present(slot, this.#course(run, turn));
  }

  #course(run: SaleRun, turn: number): CardCourse {
    const { seed, onFault } = this.#parts;
    const draw = drawnUnit(seed, 43, run.plan.index, turn);
    const secondTry = run.turnFault('charged_at_second_try', turn);
    if (secondTry !== null) onFault('charged_at_second_try', run);
    return {
      outcome: this.#outcome(run, turn),
      tap: tapOf(run, turn, false),
      takesMs: 600 + Math.floor(draw * 2_400),
      firstOutcome: secondTry === null ? null : pinWanted,
      trouble: this.#trouble(run, turn),
    };
  }

  #trouble(run: SaleRun, turn: number): CardCourse['trouble'] {
    const broken = run.turnFault('reader_connection_error', turn);
    const lost = run.turnFault('reader_lost_charging', turn);
    const fault: Extract<Fault, { effect: unknown }> | null = broken ?? lost;
    if (fault === null) return null;
    const { effect, lateMs } = fault;
    this.#parts.onFault(`${fault.kind}_${effect}`, run);
    return {
      kind: lost === null || broken !== null ? 'connection_error' : 'lost',
      effect,
      lateMs,
      forMs: lost?.forMs ?? 0,
    };
  }

  #outcome(run: SaleRun, turn: number): CardOutcome {
    const declined = run.turnFault('card_declined', turn);
    if (declined === null) return { kind: 'approved' };
    this.#parts.onFault(`declined_${declined.how}`, run);
    const [code, declineCode] = declines[declined.how];
    return { kind: 'declined', code, declineCode, hasCharge: declined.how !== 'without_charge' };
  }
}
