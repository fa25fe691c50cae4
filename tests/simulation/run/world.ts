import { ourKiosk, secondKiosk } from '../kiosk/kiosk-ids.ts';
import { ProcessGone } from '../kiosk/kiosk-process.ts';
import { OtherTill } from '../people/other-till.ts';
import { abilitiesOf } from '../plan/backend.ts';
import type { SeedPlan } from '../plan/sale-plan.ts';
import { ModelOrders } from '../platforms/model-orders.ts';
import { type PromiseName, Verdicts, type Violation } from '../promises/verdicts.ts';
import type { ReaderWitness } from '../stripe/model-reader.ts';
import { ModelReaders } from '../stripe/model-readers.ts';
import type { LedgerEntry, ModelIntent } from '../stripe/payment-intents.ts';
import { StripeModel } from '../stripe/stripe-model.ts';
import { Agenda, settled } from '../time/agenda.ts';
import type { Shared } from './shared.ts';
import { nameBehind } from './platform-coverage.ts';
import { Site } from './site.ts';
import { Tally } from './tally.ts';
import { Trace } from './trace.ts';

/** Friday, 9:00 UTC. */
const startMs = Date.UTC(2026, 10, 20, 9, 0, 0);
const day = 24 * 3_600_000;
/** No seed takes longer; one that does has hung. */
const sellingMaxMs = 120 * day;
const stepsMax = 2_000_000;
/** How long everything stays well at the end: four times what P6 asks for. */
const drainMs = 40 * 60_000;

export interface SeedResult {
  readonly seed: number;
  readonly sales: number;
  readonly steps: number;
  readonly crashes: number;
  readonly faults: ReadonlyMap<string, number>;
  /** Final states of the sales, and customers who were refused. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** Every state a sale was seen in. */
  readonly states: ReadonlyMap<string, number>;
  readonly checks: Readonly<Record<PromiseName, number>>;
  readonly violations: readonly Violation[];
  readonly trace: readonly string[];
}

export interface WorldOptions {
  readonly folder: string;
  readonly isTraced: boolean;
  /** Does to the payment system's ledger what no kiosk may: to see that the checker notices. */
  readonly meddle?: (
    stripe: StripeModel,
    intent: ModelIntent,
    entry: LedgerEntry,
    orders: ModelOrders,
  ) => void;
}

/** One seed: real desks on real files, and a world in which everything else is a model. */
export class World {
  readonly #plan: SeedPlan;
  readonly #agenda = new Agenda(startMs);
  readonly #shared: Shared;
  readonly #sites: readonly Site[];
  #numbers = 0;

  constructor(plan: SeedPlan, { folder, isTraced, meddle }: WorldOptions) {
    this.#plan = plan;
    const agenda = this.#agenda;
    const elapsedMs = (): number => agenda.nowMs - startMs;
    const trace = new Trace(isTraced, elapsedMs);
    const stripe = new StripeModel(agenda, plan.cardsAttach, {
      entered: (intent, entry) => {
        if (trace.isKept) {
          trace.add(`ledger: ${intent.id} of ${intent.saleId ?? '-'} ${entry.what} by ${entry.by}`);
        }
        this.#shared.orders.entered(intent, entry);
        for (const site of this.#sites) site.entered(intent, entry);
        meddle?.(stripe, intent, entry, this.#shared.orders);
      },
      customerMade: (made, by) => {
        if (trace.isKept) trace.add(`ledger: ${made.id} of ${made.memberId ?? '-'} by ${by}`);
        for (const site of this.#sites) site.customerMade(made, by);
      },
      cardChanged: (card, what) => {
        if (trace.isKept) trace.add(`ledger: ${card.id} of ${card.source} ${what}`);
      },
      refundMade: (refund) => {
        if (trace.isKept) {
          trace.add(`ledger: ${refund.id} of ${refund.refundId ?? '-'} by ${refund.by}`);
        }
        for (const site of this.#sites) site.refundMade(refund);
      },
    });
    const faults = new Tally();
    const { settles, accountBalance } = abilitiesOf(plan.behind);
    const orders = new ModelOrders({
      agenda,
      intents: stripe.intents,
      isSettledByKiosk: settles === 'kiosk',
      hasBalance: accountBalance,
      note: (what) => trace.add(what),
      onHappened: (what) => faults.add(what),
    });
    this.#shared = {
      agenda,
      trace,
      verdicts: new Verdicts(elapsedMs),
      stripe,
      orders,
      readers: new ModelReaders({
        agenda,
        intents: stripe.intents,
        setups: stripe.setups,
        refunds: stripe.refunds,
        witness: this.#witness(stripe, trace),
        collectEnds: plan.readers?.collectEnds ?? 'succeeded',
      }),
      otherTill: new OtherTill({ agenda, intents: stripe.intents }),
      faults,
      states: new Tally(),
      outcomes: new Tally(),
      nextNumber: () => {
        this.#numbers += 1;
        return this.#numbers;
      },
    };
    const name = String(plan.seed);
    const around = { shared: this.#shared, folder };
    const ours = new Site({ ...around, plan, kioskId: ourKiosk, actor: 'kiosk', name });
    this.#sites = [ours];
    if (plan.second !== null) {
      const second = { plan: { ...plan, sales: plan.second }, name: `${name}-second` } as const;
      const who = { kioskId: secondKiosk, actor: 'second_kiosk' } as const;
      this.#sites = [ours, new Site({ ...around, ...second, ...who })];
    }
  }

  async run(): Promise<SeedResult> {
    for (const site of this.#sites) site.boot();
    await this.#runUntil(startMs + sellingMaxMs, () => this.#every((site) => site.isSold));
    await this.#drain();
    for (const site of this.#sites) site.judge();
    for (const site of this.#sites) await site.shut();
    await settled();
    for (const site of this.#sites) site.removeFiles();
    return this.#result();
  }

  async #drain(): Promise<void> {
    const { trace, readers } = this.#shared;
    for (const site of this.#sites) site.drain();
    for (const reader of readers.all.values()) reader.mend();
    trace.add('everything is well again');
    const untilMs = this.#agenda.nowMs + drainMs;
    if (!this.#every((site) => site.isUp)) {
      await this.#runUntil(this.#agenda.nowMs + 8 * day, () => this.#every((site) => site.isUp));
    }
    for (let round = 0; round < 4; round += 1) {
      await this.#runUntil(untilMs + round * drainMs, () => this.#isCalm());
      if (this.#isCalm()) return;
    }
  }

  #isCalm(): boolean {
    return this.#agenda.steps % 16 === 0 && this.#every((site) => site.isCalm);
  }

  #every(holds: (site: Site) => boolean): boolean {
    return this.#sites.every(holds);
  }

  #result(): SeedResult {
    const { faults, outcomes, states, verdicts, trace } = this.#shared;
    nameBehind(this.#plan.behind, faults, states);
    return {
      seed: this.#plan.seed,
      sales: this.#sites.reduce((sum, { runs }) => sum + runs.length, 0),
      steps: this.#agenda.steps,
      crashes: this.#sites.reduce((sum, { crashes }) => sum + crashes, 0),
      faults: faults.counts,
      outcomes: outcomes.counts,
      states: states.counts,
      checks: verdicts.checks,
      violations: verdicts.violations,
      trace: trace.lines,
    };
  }

  async #runUntil(untilMs: number, isOver: () => boolean): Promise<void> {
    for (let steps = 0; steps < stepsMax; steps += 1) {
      let went = false;
      try {
        went = this.#agenda.next(untilMs);
      } catch (error) {
        went = true;
        this.#thrown(error);
      }
      await settled();
      if (!went || isOver()) return;
    }
    this.#shared.verdicts.check('P7', false, () => 'the kiosk went on without end');
  }

  /** What a person or the page set off and the kiosk refused by throwing; the window shows a fault for it. */
  #thrown(error: unknown): void {
    if (error instanceof ProcessGone) return;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'SQLITE_FULL') {
      this.#shared.faults.add('disk_full_felt');
      return;
    }
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#shared.verdicts.check('P7', false, () => `the kiosk threw: ${what}`);
  }

  /** What happens on a reader concerns the kiosk whose sale is on it. */
  #witness({ events }: StripeModel, trace: Trace): ReaderWitness {
    const note = (what: string): void => trace.add(`reader: ${what}`);
    return {
      prompted: (reader, slot) => {
        if (trace.isKept)
          note(`${reader.id} asks ${slot.by} for a card of ${slot.intent?.id ?? ''}`);
        for (const site of this.#sites) site.prompted(reader, slot);
      },
      taken: (reader, slot, by) => {
        if (trace.isKept) note(`${reader.id} is taken from ${slot.intent?.id ?? ''} by ${by}`);
        const owner = this.#sites.find(({ evidence }) => evidence.kioskId === slot.by);
        if (by === slot.by) return;
        if (this.#sites.some(({ evidence }) => evidence.kioskId === by)) {
          this.#shared.faults.add('prompt_taken_by_kiosk');
        }
        owner?.taken(slot);
      },
      charging: (slot) => {
        for (const site of this.#sites) site.charging(slot);
      },
      charged: (slot, outcome) => {
        if (trace.isKept) note(`${slot.intent?.id ?? ''} ${outcome?.kind ?? 'never arrives'}`);
        for (const site of this.#sites) site.charged(slot);
      },
      event: (reader, slot, what) => {
        const id = slot.intent;
        if (trace.isKept) note(`${reader.id} ${slot.kind} ${what} ${slot.failureCode ?? ''}`);
        events.addOfReader(reader.id, id, what, this.#agenda.nowMs);
      },
    };
  }
}
