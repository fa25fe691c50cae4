import { type KioskId, saleId } from '../../../main/domain/ids.ts';
import type { IdSource } from '../../../main/ports/id-source.ts';
import { Disk } from '../kiosk/disk.ts';
import { KioskMachine } from '../kiosk/kiosk-machine.ts';
import type { CustomerFacts } from '../../../main/ports/cards-api.ts';
import { Arrivals } from '../people/arrivals.ts';
import { CardStaff } from '../people/card-staff.ts';
import { CardHolder } from '../people/card-holder.ts';
import { Customer } from '../people/customer.ts';
import { MemberAtScreen } from '../people/member-at-screen.ts';
import { ReaderStaff } from '../people/reader-staff.ts';
import { SetupCustomer } from '../people/setup-customer.ts';
import { Staff } from '../people/staff.ts';
import { OrderHolder } from '../people/order-holder.ts';
import { abilitiesOf } from '../plan/backend.ts';
import type { Milestone } from '../plan/fault.ts';
import type { SeedPlan } from '../plan/sale-plan.ts';
import { SaleRun } from '../plan/sale-run.ts';
import { isFinalWord, judgeBytes, judgeEnd } from '../promises/at-the-end.ts';
import type { CardFile } from '../promises/card-file.ts';
import {
  judgeCustomer,
  judgeGivenInPerson,
  judgeKeeping,
  judgeRefundCommitted,
  judgeRefundMade,
  judgeRefundsAtEnd,
  judgeStoredPaid,
} from '../promises/card-watch.ts';
import { judgeCards } from '../promises/cards-at-the-end.ts';
import { judgeDayClose } from '../promises/day-close.ts';
import type { Evidence } from '../promises/evidence.ts';
import { judgeCommitted } from '../promises/file-watch.ts';
import { isSettledByPlatform, judgeOrdersAtEnd } from '../promises/order-watch.ts';
import { judgeEntry } from '../promises/ledger-watch.ts';
import { ReaderRecord } from '../promises/reader-record.ts';
import { judgeGivenUp, judgeReaders, watchEnded, watchTaken } from '../promises/reader-watch.ts';
import { judgeScreen } from '../promises/screen-watch.ts';
import { WireRecord } from '../promises/wire-record.ts';
import type { ModelReader } from '../stripe/model-reader.ts';
import { mainReader, spareReader } from '../stripe/model-readers.ts';
import type { Actor, LedgerEntry, ModelIntent } from '../stripe/payment-intents.ts';
import type { ModelRefund } from '../stripe/refunds.ts';
import type { Slot } from '../stripe/reader-slot.ts';
import type { WallClock } from '../time/kiosk-clock.ts';
import { Network } from '../wire/network.ts';
import { KnownRecords } from './known-records.ts';
import { happen, type MomentParts } from './moments.ts';
import { PlannedDeaths } from './planned-deaths.ts';
import type { Shared } from './shared.ts';
import { sitePorts } from './site-ports.ts';

/** By then a kiosk that has started has looked through its file. In milliseconds. */
const checkedAfterMs = 10_000;

export interface SiteParts {
  readonly shared: Shared;
  readonly plan: SeedPlan;
  readonly kioskId: KioskId;
  readonly actor: Actor;
  readonly folder: string;
  /** Of its disk: unlike any other's in the folder. */
  readonly name: string;
}

/** One kiosk: the real desk on a real file, and the people, the network and the mishaps around it. */
export class Site {
  readonly evidence: Evidence;
  readonly runs: readonly SaleRun[];
  crashes = 0;
  readonly #shared: Shared;
  readonly #plan: SeedPlan;
  readonly #wall: WallClock = { aheadMs: 0 };
  readonly #network: Network;
  readonly #disk: Disk;
  readonly #machine: KioskMachine;
  readonly #arrivals: Arrivals;
  readonly #customer: Customer;
  readonly #cardHolder: CardHolder;
  readonly #staff: Staff;
  readonly #readerStaff: ReaderStaff;
  readonly #member: MemberAtScreen;
  readonly #setupCustomer: SetupCustomer;
  readonly #cardStaff: CardStaff;
  readonly #moments: MomentParts;
  readonly #runsById = new Map<string, SaleRun>();
  readonly #records: KnownRecords;
  readonly #damaged = new Set<string>();
  readonly #deaths: PlannedDeaths;
  #runningSinceMs = 0;
  #hurriedAtMs = 0;
  #lastFaultMs = Number.NEGATIVE_INFINITY;
  #isDraining = false;
  #clockWasSet = false;

  constructor({ shared, plan, kioskId, actor, folder, name }: SiteParts) {
    const { agenda, stripe, verdicts, trace, readers, faults } = shared;
    const { seed } = plan;
    const abilities = abilitiesOf(plan.behind);
    this.#shared = shared;
    this.#plan = plan;
    this.#network = new Network(agenda);
    this.#disk = new Disk(folder, name);
    this.runs = plan.sales.map((sale) => new SaleRun(sale));
    this.#records = new KnownRecords(() => new Set([...this.runs, ...this.#runsById.values()]));
    this.#deaths = new PlannedDeaths(shared, this.#wall, () => {
      this.#clockWasSet = true;
    });
    const record = new ReaderRecord();
    this.evidence = {
      agenda,
      kioskId,
      actor,
      stripe,
      abilities,
      orders: shared.orders,
      network: this.#network,
      wire: new WireRecord(),
      verdicts,
      modelReaders: readers,
      readers: record,
      isShared: plan.readers?.isShared ?? false,
      lastFaultMs: () => this.#lastFaultMs,
      file: () => this.#machine.file,
      runOf: (id) => this.#runsById.get(id) ?? null,
      kioskNowMs: () => this.#machine.nowMs,
      boot: () => this.#machine.boots,
      hurriedAtMs: () => this.#hurriedAtMs,
      clockWasSet: () => this.#clockWasSet,
    };
    const note = (what: string): void => trace.add(what);
    this.#cardStaff = new CardStaff({
      agenda,
      desk: () => this.#machine.desk,
      newRequest: () => `request${shared.nextNumber().toString(36).padStart(12, '0')}`,
      register: (id, run) => this.#runsById.set(id, run),
      note,
    });
    this.#machine = this.#makeMachine();
    const beside = () => this.#machine.desk?.beside ?? null;
    this.#member = new MemberAtScreen({ agenda, beside, note });
    const holder = new OrderHolder({
      orders: () => this.#machine.desk?.orders ?? null,
      platform: shared.orders,
      note,
      onHappened: (what) => faults.add(what),
    });
    const checkout = () => this.#machine.desk?.checkout ?? null;
    const felt = (kind: string, run: SaleRun): void => this.#felt(kind, run);
    const reached = (run: SaleRun, milestone: Milestone): void => this.#reached(run, milestone);
    this.#arrivals = new Arrivals({
      agenda,
      runs: this.runs,
      checkout,
      onArrived: (run) => this.#arrived(run),
      onStarted: (run) => reached(run, 'started'),
      opensOrder: (run) => holder.opens(run),
      isKeeping: () => beside()?.cards.setups.setup != null,
      keepsAlone: (run) => {
        this.#member.keepsAlone(run, () => {
          reached(run, 'ended');
          this.#arrivals.expect();
        });
      },
    });
    this.#customer = new Customer({
      seed,
      agenda,
      checkout,
      runOf: this.evidence.runOf,
      onFault: felt,
      namesOrder: (sale, run) => holder.atReview(sale, run),
      atReview: (sale, run, then) => this.#member.atReview(sale, run, then),
      askReceipt: (sale) => {
        // No screen offers what the system does not declare.
        if (!abilities.receiptEmail) return;
        faults.add('wants_receipt');
        this.#machine.desk?.receipts.email(sale.id, 'member@example.com');
      },
      onGone: (run) => {
        reached(run, 'ended');
        this.#arrivals.expect();
      },
    });
    this.#setupCustomer = new SetupCustomer({
      agenda,
      setups: () => beside()?.cards.setups ?? null,
      runOf: this.evidence.runOf,
      onFault: felt,
      onGone: (run) => {
        reached(run, 'ended');
        this.#arrivals.expect();
      },
    });
    const { otherTill } = shared;
    this.#cardHolder = new CardHolder({ seed, agenda, otherTill, reached, onFault: felt });
    this.#staff = new Staff({
      seed,
      agenda,
      desk: () => this.#machine.desk,
      note,
      onClosed: () => judgeDayClose(this.evidence),
    });
    const keeping = () => this.#machine.keeping;
    this.#readerStaff = new ReaderStaff({ agenda, readers, record, keeping, note });
    this.#moments = this.#makeMoments();
  }

  boot(): void {
    this.#machine.boot();
  }

  get isUp(): boolean {
    return this.#machine.isUp;
  }

  /** Everybody has been there, and the screen is free. */
  get isSold(): boolean {
    const { desk } = this.#machine;
    const isKeeping = desk?.beside?.cards.setups.setup != null;
    return this.#arrivals.isOver && desk?.checkout?.sale === null && !isKeeping;
  }

  /** Nothing is unfinished any more, by the file. */
  get isCalm(): boolean {
    const view = this.#machine.file;
    if (view === null || !this.#machine.isUp) return false;
    if (this.#shared.agenda.nowMs - this.#runningSinceMs < checkedAfterMs) return false;
    const isSwept = this.#machine.desk?.sweep.lastOutcome?.kind === 'complete';
    return (
      isSwept && view.unfinished() === 0 && view.openWork() === 0 && view.openPrompts().length === 0
    );
  }

  /** Everything is well from now on, and nobody buys: what is unfinished must be finished or told. */
  drain(): void {
    this.#isDraining = true;
    this.#arrivals.close();
    this.#deaths.disarm();
    this.#network.mend();
    this.#machine.fill(false);
  }

  judge(): void {
    const { verdicts, outcomes } = this.#shared;
    const view = this.#machine.file;
    if (view === null) {
      verdicts.check('P7', false, () => 'the kiosk is not running at the end');
    } else {
      judgeEnd(this.evidence, view, this.runs, this.#damaged);
      judgeReaders(this.evidence);
      judgeCards(this.evidence, view, this.#damaged);
      judgeRefundsAtEnd(this.evidence);
      judgeGivenInPerson(this.evidence);
      judgeOrdersAtEnd(this.evidence, view);
      this.#countCards(view.cards);
      for (const { state, record } of view.sales()) {
        outcomes.add(state);
        if (record.includes('"storedCard":{')) outcomes.add(`stored_${state}`);
        if (record.includes('"superseded":"')) outcomes.add('stored_then_in_person');
        if (this.#plan.readers !== null) outcomes.add(`${state}_server_driven`);
      }
      verdicts.check('P7', view.broken().length === 0, () => {
        return `broken chains: ${view.broken().join()}`;
      });
    }
    judgeBytes(this.evidence, this.#disk.file);
    if (this.#arrivals.refused > 0) outcomes.add('refused', this.#arrivals.refused);
  }

  shut(): Promise<void> {
    return this.#machine.shut();
  }

  /** Its files, once nobody has them open. */
  removeFiles(): void {
    this.#disk.removeAll();
  }

  /** The payment system's ledger has a new entry. */
  entered(intent: ModelIntent, entry: LedgerEntry): void {
    const run = this.evidence.runOf(intent.saleId ?? '');
    const isOnReader = this.#plan.readers !== null && entry.by === 'reader';
    const isOfTurn = isOnReader || intent.storedCard !== null;
    if (run !== null && isOfTurn && entry.what === 'declined') run.declinedInTurn = run.turns;
    judgeEntry(this.evidence, intent, entry);
  }

  customerMade(made: CustomerFacts, by: Actor): void {
    judgeCustomer(this.evidence, made, by);
  }

  refundMade(refund: ModelRefund): void {
    judgeRefundMade(this.evidence, refund);
  }

  /** A reader asks for the card of one of its sales, setups or refunds. */
  prompted(reader: ModelReader, slot: Slot): void {
    const run = this.evidence.runOf(slot.setup?.setupId ?? slot.intent?.saleId ?? '');
    if (run === null) return;
    if (reader.id === spareReader) this.#felt('spare_taken', run);
    this.#cardHolder.isAsked(run, reader, slot);
  }

  taken(slot: Slot): void {
    watchTaken(this.evidence, slot);
  }

  charging(slot: Slot): void {
    const run = this.evidence.runOf(paymentOf(slot));
    if (run === null) return;
    run.inFlight += 1;
    this.#reached(run, 'process_sent');
  }

  charged(slot: Slot): void {
    const run = this.evidence.runOf(paymentOf(slot));
    if (run === null) return;
    run.inFlight -= 1;
    this.#reached(run, 'process_done');
  }

  #arrived(run: SaleRun): void {
    for (const fault of run.plan.faults) {
      if (fault.kind === 'crash' || fault.kind === 'crash_in_recovery') this.#deaths.arm(fault);
      if (fault.kind === 'backup_restored') {
        this.#disk.backUp();
        this.#records.copied(this.#machine.file);
      }
    }
    this.#shared.trace.add(`customer ${String(run.plan.index)} arrives`);
  }

  #reached(run: SaleRun, milestone: Milestone): void {
    for (const fault of run.reach(milestone)) {
      this.#shared.agenda.after(fault.afterMs, () => {
        if (this.#isDraining) return;
        if (fault.kind === 'clock_set') this.#clockWasSet = true;
        happen(this.#moments, fault, run);
      });
    }
  }

  #felt(kind: string, run: SaleRun): void {
    const { faults, trace } = this.#shared;
    faults.add(kind);
    if (trace.isKept) trace.add(`fault: ${kind} for customer ${String(run.plan.index)}`);
  }

  #makeMachine(): KioskMachine {
    const { agenda, trace, verdicts, faults } = this.#shared;
    const { askBeforeCharging, readers } = this.#plan;
    return new KioskMachine({
      agenda,
      wall: this.#wall,
      disk: this.#disk,
      network: this.#network,
      kioskId: this.evidence.kioskId,
      askBeforeCharging,
      readers,
      waiting: this.#plan.waiting,
      abilities: this.evidence.abilities,
      ids: this.#idSource(),
      ...sitePorts({
        shared: this.#shared,
        evidence: this.evidence,
        seed: this.#plan.seed,
        behind: this.#plan.behind,
        checkout: () => this.#machine.desk?.checkout ?? null,
        inHand: () => this.#arrivals.inHand,
        reached: (run, milestone) => this.#reached(run, milestone),
        felt: (kind, run) => this.#felt(kind, run),
        reports: () => this.#machine.desk?.reports ?? null,
        courseOf: (id) => this.#cardStaff.courseOf(id),
        onCallFault: () => {
          this.#lastFaultMs = agenda.nowMs;
        },
      }),
      diesAt: (boundary) => this.#deaths.at(boundary),
      onCommit: (touched) => this.#committed(touched),
      onChange: () => this.#shown(),
      onOpened: (view) => {
        const left = view.withoutWork().filter((id) => !this.#damaged.has(id));
        verdicts.check('P2', left.length === 0, () => {
          return `${left.join()} waits for Stripe, and nothing in the file asks it`;
        });
      },
      onRunning: () => {
        trace.add('the kiosk runs');
        this.#runningSinceMs = agenda.nowMs;
        this.evidence.readers.staffMeans = null;
        this.#customer.looksAgain();
        this.#setupCustomer.looksAgain();
        this.#deaths.started();
        this.#shown();
        this.#arrivals.expect();
      },
      onReserveGivenUp: () => {
        faults.add('reserve_given_up');
      },
      onEnd: (how) => {
        if (how === 'died') this.crashes += 1;
        trace.add(`the kiosk ${how}`);
      },
    });
  }

  #makeMoments(): MomentParts {
    const { agenda, stripe, readers, otherTill } = this.#shared;
    return {
      agenda,
      stripe,
      readers,
      otherTill,
      kioskId: this.evidence.kioskId,
      isSettledByPlatform: isSettledByPlatform(this.evidence.abilities),
      cardStaff: this.#cardStaff,
      readerStaff: this.#readerStaff,
      wall: this.#wall,
      disk: this.#disk,
      network: this.#network,
      machine: this.#machine,
      staff: this.#staff,
      onHappened: (kind, run) => this.#felt(kind, run),
      onHurried: (run) => {
        this.#felt('hurried', run);
        this.#hurriedAtMs = agenda.nowMs;
      },
      onLost: () => {
        this.#machine.lostRecords();
        this.#records.lost();
      },
      onRestored: () => {
        this.#machine.lostRecords();
        this.#records.restored();
      },
      onDamaged: (id) => this.#damaged.add(id),
    };
  }

  #committed(touched: readonly string[]): void {
    const { states, trace } = this.#shared;
    for (const id of new Set(touched)) {
      if (!id.startsWith('sale_')) {
        this.#cardsCommitted(id);
        continue;
      }
      judgeKeeping(this.evidence, id);
      const sale = judgeCommitted(this.evidence, id);
      if (sale === null) continue;
      const run = this.#runsById.get(id);
      if (run !== undefined) run.isStored = true;
      if (sale.state === 'paid') judgeStoredPaid(this.evidence, sale);
      states.add(sale.state);
      if (this.#plan.readers !== null) judgeGivenUp(this.evidence, sale);
      trace.add(`file: ${id} is ${sale.state} at ${String(sale.revision)}`);
      if (sale.state === 'needs_staff') this.#staff.isAsked(saleId(id));
      if (isFinalWord(sale.state)) this.#ended(id, sale.record);
    }
  }

  /** Of a setup, a refund or a card. */
  #cardsCommitted(id: string): void {
    if (id.startsWith('setup_')) judgeKeeping(this.evidence, id);
    if (!id.startsWith('refund_')) return;
    const state = judgeRefundCommitted(this.evidence, id);
    if (state !== null) this.#shared.trace.add(`file: ${id} is ${state}`);
  }

  #countCards(file: CardFile): void {
    const { outcomes } = this.#shared;
    for (const { state } of file.setups()) outcomes.add(`setup_${state}`);
    for (const { state } of file.refunds()) outcomes.add(`refund_${state}`);
    for (const { outcome, why } of file.keepings()) outcomes.add(`card_${why ?? outcome}`);
  }

  #ended(id: string, record: string): void {
    if (this.#plan.readers === null) return;
    watchEnded(this.evidence, id);
    if (!record.includes('"cancelReason":"reader_in_use"')) return;
    for (const reader of [mainReader, spareReader]) this.#readerStaff.hearsOfUse(reader);
  }

  #shown(): void {
    const { desk } = this.#machine;
    const sale = desk?.checkout?.sale ?? null;
    if (sale === null) {
      const setup = desk?.beside?.cards.setups.setup ?? null;
      if (setup === null) this.#arrivals.expect();
      else this.#setupCustomer.sees(setup);
      return;
    }
    judgeScreen(this.evidence, sale);
    this.#customer.sees(sale);
  }

  #idSource(): IdSource {
    const seed = String(this.#plan.seed % 1_000_000_000).padStart(9, '0');
    return {
      next: (prefix) => {
        const number = this.#shared.nextNumber().toString(36).padStart(12, '0');
        const id = `${prefix}_${seed}${number}`;
        const { inHand } = this.#arrivals;
        if (prefix === 'sale' && inHand !== null) {
          inHand.id = saleId(id);
          this.#runsById.set(id, inHand);
        }
        if (prefix === 'setup' && inHand !== null) this.#runsById.set(id, inHand);
        return id;
      },
    };
  }
}

/** The sale whose card is charged; none for what charges nothing. */
function paymentOf({ intent, setup, givesBack }: Slot): string {
  return setup === null && givesBack === null ? (intent?.saleId ?? '') : '';
}
