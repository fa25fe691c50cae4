import type { KioskBridge } from '../../preload/contract/contract.ts';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import { CartState } from './cart.svelte.ts';
import { CatalogueState } from './catalogue.svelte.ts';
import { IdleState } from './idle.svelte.ts';
import { idlePlan } from './idle-plan.ts';
import { KioskState } from './kiosk.svelte.ts';
import { SaleCommands } from './sale-commands.svelte.ts';
import { type Direction, direction, type Place, screenOf, type ScreenName } from './screen.ts';
import type { Timers } from './timers.ts';

const start: Place = { browsing: 'attract', afterPaying: 'approved', leftSaleId: null };

/**
 * One customer's visit: where they are, what they picked, and what the kiosk says of their sale.
 * It ends when main lets go of the sale, or when nobody stirs.
 */
export class VisitState {
  readonly kiosk: KioskState;
  readonly catalogue: CatalogueState;
  readonly cart: CartState;
  readonly commands: SaleCommands;
  readonly idle: IdleState;
  #place = $state.raw<Place>(start);
  #shown: { readonly screen: ScreenName; readonly lingering: boolean } | null = null;
  #direction = $state<Direction>('forward');
  #isHeld = false;

  constructor(bridge: KioskBridge, timers: Timers) {
    this.kiosk = new KioskState(bridge, timers, (now, before) => {
      this.#follow(now, before);
    });
    this.catalogue = new CatalogueState(bridge);
    this.cart = new CartState(this.catalogue);
    this.commands = new SaleCommands(bridge);
    this.idle = new IdleState(timers, () => void this.leave());
  }

  /** Null until main has answered for the first time. */
  get screen(): ScreenName | null {
    return this.kiosk.snapshot === null ? null : screenOf(this.kiosk.snapshot, this.#place);
  }

  get direction(): Direction {
    return this.#direction;
  }

  begin(): void {
    void this.catalogue.load();
    this.#go({ browsing: 'choose' });
  }

  /** Back to the start, with nothing picked. */
  end(): void {
    this.cart.clear();
    this.#go({ browsing: 'attract', afterPaying: 'approved' });
  }

  async review(): Promise<void> {
    const started = await this.commands.start(this.cart.request());
    // What is sold may have changed since it was shown; the refusal says so.
    if (!started) await this.catalogue.load();
  }

  /**
   * From review, or from a card that is awaited, back to the choice with the cart as it was: the sale is cancelled,
   * and what is chosen then is a sale of its own. Stays when main refuses.
   */
  async change(saleId: string): Promise<void> {
    await this.#goBack(saleId, 'choose');
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

  /** What the screen does when nobody is there any more. */
  async leave(): Promise<void> {
    const sale = this.kiosk.snapshot?.sale ?? null;
    if (sale === null) {
      this.end();
    } else if (sale.state === 'open') {
      this.cart.clear();
      await this.#goBack(sale.id, 'attract');
    } else {
      await this.commands.dismiss(sale.id);
    }
    // A refusal leaves the screen where it was; it is asked again after the next quiet time.
    this.#watch();
  }

  /** While staff stand before the screen, nobody is asked whether they are still there. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#watch();
  }

  async #goBack(saleId: string, browsing: Place['browsing']): Promise<void> {
    this.#go({ browsing, leftSaleId: saleId });
    const canceled = await this.commands.cancel(saleId);
    if (canceled) await this.#letGo();
    else this.#go({ leftSaleId: null });
  }

  /** A sale the customer went back from needs no result screen: it is dismissed unseen. */
  async #letGo(): Promise<void> {
    const sale = this.kiosk.snapshot?.sale ?? null;
    if (sale === null || sale.id !== this.#place.leftSaleId || sale.state !== 'canceled') return;
    if (!this.commands.waiting) await this.commands.dismiss(sale.id);
  }

  #go(change: Partial<Place>): void {
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
      this.commands.forget();
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
