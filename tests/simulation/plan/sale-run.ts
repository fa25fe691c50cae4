import type { SaleId } from '../../../main/domain/ids.ts';
import type { Money } from '../../../main/domain/money.ts';
import type {
  Call,
  CallFault,
  CustomerFault,
  Milestone,
  MomentFault,
  Place,
  TurnFault,
} from './fault.ts';
import type { CommandFault } from './reader-fault.ts';
import type { SalePlan } from './sale-plan.ts';

/** A planned sale while it happens: how often what was done, and which fault is next. */
export class SaleRun {
  readonly plan: SalePlan;
  id: SaleId | null = null;
  /** How often the reader was asked to collect. */
  turns = 0;
  /** How often the customer asked for more time. */
  extensions = 0;
  /** What the customer was told it costs, by the price list; null until then. */
  total: Money | null = null;
  /** What of that is to be paid by card, as they chose it at review; null until then, and where it is all of it. */
  due: Money | null = null;
  /** The turn after which the screen said "not charged"; null while it has not. */
  clearedAtTurn: number | null = null;
  /** It was committed, and the file is still the same. */
  isStored = false;
  /** Its hold lapsed although the kiosk had not meant to release it. */
  hasLapsed = false;
  /** In which turn a bank last declined a card. */
  declinedInTurn: number | null = null;
  /** processPayment requests that have left the reader and not yet arrived. */
  inFlight = 0;
  /** The file that knew it was lost. */
  wasLost = false;
  /** It was on its way in a copy of the file that took the file's place. */
  wasRestored = false;
  /** What the kiosk knew of its card, or some of that, was lost with a file. */
  isCardForgotten = false;
  /** A receipt's address was given. */
  askedReceipt = false;
  readonly #calls = new Map<Call, number>();
  /** Commands to a reader that left. */
  #commands = 0;
  readonly #reached = new Set<Milestone>();
  readonly #momentFaults: readonly MomentFault[];

  constructor(plan: SalePlan) {
    this.plan = plan;
    this.#momentFaults = plan.faults.filter((fault): fault is MomentFault => 'at' in fault);
  }

  /** Counts a call; returns its number, from 1. */
  countCall(call: Call): number {
    const nth = (this.#calls.get(call) ?? 0) + 1;
    this.#calls.set(call, nth);
    return nth;
  }

  callFault(call: Call, nth: number): CallFault | null {
    for (const fault of this.plan.faults) {
      if (!('call' in fault) || fault.call !== call) continue;
      if (nth >= fault.nth && nth < fault.nth + fault.times) return fault;
    }
    return null;
  }

  /** Counts a command to a reader; returns its fault. */
  commandFault(): CommandFault | null {
    this.#commands += 1;
    const nth = this.#commands;
    for (const fault of this.plan.faults) {
      if (fault.kind !== 'reader_times_out') continue;
      if (nth >= fault.command && nth < fault.command + fault.times) return fault;
    }
    return null;
  }

  /** The fault of this kind for this turn. */
  turnFault<Kind extends TurnFault['kind']>(
    kind: Kind,
    turn: number,
  ): Extract<TurnFault, { kind: Kind }> | null {
    for (const fault of this.plan.faults) {
      if ('turn' in fault && fault.turn === turn && isKind(fault, kind)) return fault;
    }
    return null;
  }

  does(kind: Exclude<CustomerFault['kind'], 'wants_receipt'>, from: Place): boolean {
    return this.plan.faults.some((fault) => fault.kind === kind && fault.from === from);
  }

  get wantsReceipt(): boolean {
    return this.plan.faults.some(({ kind }) => kind === 'wants_receipt');
  }

  /** What is tied to this moment; nothing when it was reached before. */
  reach(milestone: Milestone): readonly MomentFault[] {
    if (this.#reached.has(milestone)) return [];
    this.#reached.add(milestone);
    return this.#momentFaults.filter(({ at }) => at === milestone);
  }
}

function isKind<Kind extends TurnFault['kind']>(
  fault: TurnFault,
  kind: Kind,
): fault is Extract<TurnFault, { kind: Kind }> {
  return fault.kind === kind;
}
