import type { CardFeatures } from '../../preload/contract/cards.ts';
import type { KioskBridge } from '../../preload/contract/contract.ts';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import { IdleState } from '../state/idle.svelte.ts';
import type { Timers } from '../state/timers.ts';
import { DayWork } from './day-work.svelte.ts';
import { Decision } from './decision.svelte.ts';
import { mayCover } from './may-cover.ts';
import { MemberDesk } from './members/member-desk.svelte.ts';
import { MoneyDesk } from './money-desk.svelte.ts';
import { ReaderDesk } from './readers/reader-desk.svelte.ts';
import { RefundDesk } from './refunds/refund-desk.svelte.ts';
import { SaleSearch } from './sale-search.svelte.ts';
import { StaffCalls } from './staff-calls.ts';
import { StaffDoor } from './staff-door.svelte.ts';
import { TypedName } from './typed-name.svelte.ts';

/** Two minutes without a touch in all, as main counts them too; the last twenty seconds are announced. */
const openPlan = { quietMs: 100_000, warningMs: 20_000 } as const;
/** Before the PIN nobody needs the page: it gives the screen back to customers. */
const doorPlan = { quietMs: 60_000, warningMs: null } as const;
/** Main's own two minutes hear nothing of typing; this often a touch is passed on. */
const passOnEveryMs = 30_000;

export const sections = ['settle', 'queue', 'sales', 'members', 'day', 'readers', 'kiosk'] as const;

/** The parts of the staff page. */
export type Section = (typeof sections)[number];

export interface StaffOptions {
  readonly bridge: KioskBridge;
  readonly timers: Timers;
  /** Hears when the page comes before the customer's screen, and when it is gone again. */
  readonly onCover: (covers: boolean) => void;
  /** Prints the page as it stands. */
  readonly print: () => void;
}

/** The staff page as a whole: whether it stands before the customer's screen, its door, and what is behind it. */
export class StaffState {
  readonly door: StaffDoor;
  readonly desk: MoneyDesk;
  readonly search: SaleSearch;
  readonly decision: Decision;
  readonly refunds: RefundDesk;
  readonly members: MemberDesk;
  readonly day: DayWork;
  readonly readers: ReaderDesk;
  readonly idle: IdleState;
  readonly #calls: StaffCalls;
  readonly #who = new TypedName();
  readonly #timers: Timers;
  readonly #onCover: StaffOptions['onCover'];
  #covers = $state(false);
  #section = $state<Section>('settle');
  #features = $state.raw<CardFeatures>({ keep: false, pay: false });
  #cameFor: string | null = null;
  #passedOnAtMs = 0;

  constructor({ bridge, timers, onCover, print }: StaffOptions) {
    this.#timers = timers;
    this.#onCover = onCover;
    this.#calls = new StaffCalls(bridge, () => {
      this.#shut(true);
    });
    this.door = new StaffDoor(this.#calls, timers, () => {
      this.#opened();
    });
    this.desk = new MoneyDesk(this.#calls, timers);
    this.refunds = new RefundDesk(this.#calls, timers, this.#who, () => {
      this.search.followUp();
      void this.desk.refresh();
    });
    this.search = new SaleSearch(this.#calls, timers, (saleId) => {
      this.refunds.follow(saleId);
    });
    this.members = new MemberDesk(this.#calls, timers, this.#who);
    this.decision = new Decision(this.#calls, this.#who, () => void this.desk.refresh());
    this.day = new DayWork(this.#calls, () => void this.desk.refresh(), print);
    this.readers = new ReaderDesk(this.#calls, timers, this.#who);
    this.idle = new IdleState(timers, () => {
      this.#nobodyThere();
    });
    bridge.on('kiosk:changed', (snapshot) => {
      this.#follow(snapshot);
    });
  }

  /** True while the page stands before the customer's screen. */
  get covers(): boolean {
    return this.#covers;
  }

  get section(): Section {
    return this.#section;
  }

  /** What of cards on file this kiosk can do. */
  get features(): CardFeatures {
    return this.#features;
  }

  /** Brings the door before the customer's screen. Refused, by doing nothing, over a sale in progress. */
  come(snapshot: Snapshot): void {
    const { sale } = snapshot;
    const cameFor = sale?.state === 'finding_out' ? sale.id : null;
    if (this.#covers || !mayCover(snapshot, cameFor)) return;
    this.#cameFor = sale?.id ?? null;
    this.#covers = true;
    this.#features = snapshot.cards;
    this.#section = 'settle';
    this.#onCover(true);
    this.#toDoor(false);
  }

  /** Gives the screen back to the customer and locks the page behind. */
  leave(): void {
    if (!this.#covers) return;
    this.#forgetAll();
    this.door.shut(false);
    this.idle.follow(null);
    this.#covers = false;
    this.#onCover(false);
    void this.#calls.ask('staff:lock', {});
  }

  /** Locks at once and shows the door. */
  lock(): void {
    void this.#calls.ask('staff:lock', {});
    this.#shut(false);
  }

  go(section: Section): void {
    this.#section = section;
    this.search.close();
    this.decision.drop();
    this.day.forget();
    this.desk.forget();
    this.readers.end();
    this.members.end();
    if (section === 'members') this.members.begin();
    if (section === 'sales') void this.search.list(null);
    if (section === 'readers') this.readers.begin();
  }

  /** A touch or a key. */
  stir(): void {
    if (!this.#covers) return;
    this.idle.stir();
    const nowMs = this.#timers.now();
    if (this.door.face !== 'open' || nowMs - this.#passedOnAtMs < passOnEveryMs) return;
    this.#passedOnAtMs = nowMs;
    void this.#calls.ask('staff:touch', {});
  }

  #follow(snapshot: Snapshot): void {
    if (!this.#covers) return;
    this.#features = snapshot.cards;
    if (!mayCover(snapshot, this.#cameFor)) this.leave();
    else if (this.door.face === 'open') {
      void this.desk.refresh();
      this.refunds.refresh();
      this.members.refresh();
    }
  }

  #opened(): void {
    this.#passedOnAtMs = this.#timers.now();
    this.idle.follow(openPlan);
    this.desk.begin();
    this.refunds.begin();
    this.go('settle');
  }

  #nobodyThere(): void {
    if (this.door.face !== 'open') {
      this.leave();
      return;
    }
    void this.#calls.ask('staff:lock', {});
    this.#shut(true);
  }

  /** `locked` may be said while the page is already at its door, or gone. */
  #shut(byItself: boolean): void {
    if (!this.#covers || this.door.face !== 'open') return;
    this.#forgetAll();
    this.#toDoor(byItself);
  }

  #toDoor(byItself: boolean): void {
    this.door.shut(byItself);
    this.idle.follow(doorPlan);
    void this.door.look();
  }

  /** What one person saw and typed is not there for the next. */
  #forgetAll(): void {
    this.desk.end();
    this.search.end();
    this.refunds.end();
    this.decision.forget();
    this.members.end();
    this.day.forget();
    this.readers.end();
    this.#who.forget();
  }
}
