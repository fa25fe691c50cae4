import type { KioskBridge } from '../../preload/contract/contract.ts';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import { Asking } from './asking.svelte.ts';
import { CardCommands } from './card-commands.ts';
import { CartState } from './cart.svelte.ts';
import { CatalogueState } from './catalogue.svelte.ts';
import { ErrandState } from './errand.svelte.ts';
import { IdleState } from './idle.svelte.ts';
import { idlePlan } from './idle-plan.ts';
import { KioskState } from './kiosk.svelte.ts';
import { OrderCommands } from './order-commands.ts';
import { OrderState } from './order.svelte.ts';
import { SaleCommands } from './sale-commands.ts';
import { type Direction, direction, type Place, screenOf, type ScreenName } from './screen.ts';
import type { Timers } from './timers.ts';

type OwnPlace = Omit<Place, 'errand' | 'asksOrder'>;

const start: OwnPlace = { browsing: 'attract', afterPaying: 'approved', leftSaleId: null };

/** Where a scanned code opens its order; at review it does where one is to be named. */
const ordersComeTo: ReadonlySet<ScreenName | null> = new Set(['attract', 'choose', 'order_code']);

/**
 * One customer's visit: where they are, what they picked, and what the kiosk says of their sale.
 * It ends when main lets go of the sale, or when nobody stirs.
 */
export class VisitState {
  readonly kiosk: KioskState;
  readonly catalogue: CatalogueState;
  readonly cart: CartState;
  readonly commands: SaleCommands;
  readonly cards: CardCommands;
  readonly orders: OrderCommands;
  readonly errand: ErrandState;
  readonly order: OrderState;
  readonly idle: IdleState;
  #place = $state.raw<OwnPlace>(start);
  #shown: { readonly screen: ScreenName; readonly lingering: boolean } | null = null;
  #direction = $state<Direction>('forward');
  #isHeld = false;
  #addedAfter = $state<string | null>(null);
  readonly #asking = new Asking();

  constructor(bridge: KioskBridge, timers: Timers) {
    this.kiosk = new KioskState(bridge, timers, (now, before) => {
      this.#follow(now, before);
    });
    this.catalogue = new CatalogueState(bridge);
    this.cart = new CartState(this.catalogue);
    this.commands = new SaleCommands(bridge, this.#asking);
    this.cards = new CardCommands(bridge, this.#asking);
    this.errand = new ErrandState({
      commands: this.cards,
      timers,
      snapshot: () => this.kiosk.snapshot,
      onChange: () => {
        this.#arrive();
      },
    });
    this.orders = new OrderCommands(bridge, this.#asking);
    this.order = new OrderState({
      commands: this.orders,
      snapshot: () => this.kiosk.snapshot,
      onChange: () => {
        this.#arrive();
      },
    });
    this.idle = new IdleState(timers, () => void this.leave());
  }

  /** Null until main has answered for the first time. */
  get screen(): ScreenName | null {
    const { snapshot } = this.kiosk;
    if (snapshot === null) return null;
    const { asks: asksOrder } = this.order;
    return screenOf(snapshot, { ...this.#place, asksOrder, errand: this.errand.screen });
  }

  get direction(): Direction {
    return this.#direction;
  }

  /** The paid sale after which a card was kept without one. */
  get addedAfter(): string | null {
    return this.#addedAfter;
  }

  begin(): void {
    void this.catalogue.load();
    this.#go({ browsing: 'choose' });
  }

  /** Back to the start, with nothing picked and nobody known. */
  async end(): Promise<void> {
    this.cart.clear();
    this.order.drop();
    this.#go({ browsing: 'attract', afterPaying: 'approved' });
    await this.errand.leave();
  }

  async review(): Promise<void> {
    const started = await this.commands.start(this.cart.request());
    // What is sold may have changed since it was shown; the refusal says so.
    if (!started) await this.catalogue.load();
  }

  /**
   * From review, or from a card that is awaited, back to the choice with the cart as it was: the sale is cancelled,
   * and what is chosen then is a sale of its own. From an order nothing was chosen for, back to the start. Stays when
   * main refuses.
   */
  async change(saleId: string): Promise<void> {
    const browsing = this.hasChoice ? 'choose' : 'attract';
    const wentBack = await this.#goBack(saleId, browsing);
    if (wentBack && browsing === 'attract') await this.errand.leave();
  }

  /** False for an order that a platform made and whose code was all there was to choose. */
  get hasChoice(): boolean {
    const isOrder = this.kiosk.snapshot?.sale?.platformOrder != null;
    return this.cart.count > 0 || !isOrder;
  }

  /** A scanner's code, whatever screen it comes to: only where an order is welcome does anything come of it. */
  scanned(code: string): void {
    const { sale = null, features } = this.kiosk.snapshot ?? {};
    if (features?.orders !== true) return;
    const { screen } = this;
    const isWelcome = screen === 'review' ? sale?.needsOrder === true : ordersComeTo.has(screen);
    if (isWelcome) void this.order.give(code);
    else if (screen === 'whose_order') void this.errand.giveOrder(code);
  }

  showReceipt(): void {
    this.#go({ afterPaying: 'receipt' });
  }

  showEmail(): void {
    this.#go({ afterPaying: 'email' });
  }

  showApproved(): void {
    this.#go({ afterPaying: 'approved' });
  }

  async email(saleId: string, address: string): Promise<void> {
    const taken = await this.commands.email(saleId, address);
    if (taken) this.showApproved();
  }

  /** The customer has read the sale's result; the member goes with it. */
  async done(saleId: string): Promise<void> {
    const dismissed = await this.commands.dismiss(saleId);
    if (dismissed) await this.errand.leave();
  }

  /** At review: with this card on file, or with null at the reader. */
  async payWith(cardId: string | null): Promise<void> {
    const sale = this.kiosk.snapshot?.sale ?? null;
    if (sale === null) return;
    const chosen = await this.cards.pay(sale.id, cardId);
    if (chosen) this.errand.drop();
  }

  /** A member has read what became of the card; from `My cards` they go back there. */
  async doneKeeping(setupId: string): Promise<void> {
    const { setup = null, sale = null } = this.kiosk.snapshot ?? {};
    if (setup?.state === 'kept') this.#addedAfter = sale?.id ?? null;
    const dismissed = await this.cards.dismissSetup(setupId);
    const isVisitOver = this.errand.screen === null && this.kiosk.snapshot?.sale == null;
    if (dismissed && isVisitOver) await this.end();
  }

  /** What came of the last card is put away, and another one is asked for. */
  async keepAnother(setupId: string): Promise<void> {
    const dismissed = await this.cards.dismissSetup(setupId);
    if (dismissed) await this.errand.begin('add');
  }

  /** What the screen does when nobody is there any more. */
  async leave(): Promise<void> {
    const { sale = null, setup = null } = this.kiosk.snapshot ?? {};
    if (setup !== null) await this.cards.dismissSetup(setup.id);
    if (sale === null) {
      await this.end();
    } else if (sale.state === 'open') {
      this.cart.clear();
      this.order.drop();
      await this.#goBack(sale.id, 'attract');
      await this.errand.leave();
    } else {
      await this.done(sale.id);
    }
    // A refusal leaves the screen where it was; it is asked again after the next quiet time.
    this.#watch();
  }

  /** While staff stand before the screen, nobody is asked whether they are still there. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#watch();
  }

  /** True when main let the sale go. */
  async #goBack(saleId: string, browsing: Place['browsing']): Promise<boolean> {
    this.#go({ browsing, leftSaleId: saleId });
    const canceled = await this.commands.cancel(saleId);
    if (canceled) await this.#letGo();
    else this.#go({ leftSaleId: null });
    return canceled;
  }

  /** A sale the customer went back from needs no result screen: it is dismissed unseen. */
  async #letGo(): Promise<void> {
    const sale = this.kiosk.snapshot?.sale ?? null;
    if (sale === null || sale.id !== this.#place.leftSaleId || sale.state !== 'canceled') return;
    if (!this.commands.waiting) await this.commands.dismiss(sale.id);
  }

  #go(change: Partial<OwnPlace>): void {
    this.#place = { ...this.#place, ...change };
    this.#arrive();
  }

  #follow(now: Snapshot, before: Snapshot | null): void {
    const wasSale = before?.sale ?? null;
    if (now.sale?.id !== wasSale?.id) {
      // A card that was charged while its customer went back has paid for the cart.
      const wentBack = wasSale?.state === 'canceled' && wasSale.id === this.#place.leftSaleId;
      this.#place = { ...this.#place, afterPaying: 'approved', leftSaleId: null };
      if (wasSale !== null && !wentBack) {
        this.cart.clear();
        this.#place = start;
      }
    }
    this.errand.follow(now, before);
    this.order.follow(now, before);
    if (before === null || (before.closed === null) !== (now.closed === null)) {
      void this.catalogue.load();
    }
    void this.#letGo();
    this.#arrive();
  }

  #arrive(): void {
    const { screen, snapshot } = { screen: this.screen, snapshot: this.kiosk.snapshot };
    if (screen === null || snapshot === null) return;
    const lingering = snapshot.sale?.lingering ?? false;
    const former = this.#shown;
    if (former?.screen === screen && former.lingering === lingering) return;
    if (former !== null && former.screen !== screen) {
      this.#direction = direction(former.screen, screen);
      this.#asking.forget();
    }
    this.#shown = { screen, lingering };
    this.#watch();
  }

  #watch(): void {
    const { screen, snapshot } = { screen: this.screen, snapshot: this.kiosk.snapshot };
    const watched = !this.#isHeld && screen !== null && snapshot !== null;
    this.idle.follow(watched ? idlePlan(screen, snapshot) : null);
  }
}
