import type { ConsentOffer, IdentifyAnswer, MemberView } from '../../preload/contract/cards.ts';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import type { CardCommands } from './card-commands.ts';
import { SetupTerms, type TermsScreen } from './setup-terms.svelte.ts';
import type { Timers } from './timers.ts';

/** What a member came to do: keep the card of this sale, be known at review, see the cards, add one. */
export type Wish = 'keep' | 'identify' | 'cards' | 'add';

/** The screens of an errand. They are the page's own: main knows only what came of them. */
export type ErrandScreen =
  | 'member_number'
  | 'member_phone'
  | 'consent'
  | 'my_cards'
  | 'remove_card'
  | 'pay_with'
  | TermsScreen;

/** Why the member was not found, as far as it may be said. */
export type IdentifyProblem =
  | { readonly kind: 'not_known' }
  /** Epoch milliseconds. */
  | { readonly kind: 'locked'; readonly untilMs: number }
  | { readonly kind: 'unreachable' };

interface Options {
  readonly commands: CardCommands;
  readonly timers: Timers;
  readonly snapshot: () => Snapshot | null;
  readonly onChange: () => void;
}

/** What is asked on the way from `My cards` to another card, and leads back there. */
const overHome: ReadonlySet<ErrandScreen | null> = new Set([
  'consent',
  'whose_order',
  'postal_code',
]);

/**
 * A member's errand with cards on file, from who they are to what they agreed to. It lies over
 * the sale at review and over its result, or stands alone; money in motion goes before it.
 */
export class ErrandState {
  /** What is asked beside the agreement, where the system wants it. */
  readonly terms = new SetupTerms();
  readonly #options: Options;
  #wish: Wish = 'identify';
  /** Where the errand returns to when its question is answered. */
  #home: 'my_cards' | null = null;
  #screen = $state.raw<ErrandScreen | null>(null);
  #number = $state('');
  #problem = $state.raw<IdentifyProblem | null>(null);
  #offer = $state.raw<ConsentOffer | null>(null);
  #isNewWording = $state(false);
  #cardId = $state<string | null>(null);
  /** From main's answer until the snapshot says the same. */
  #told = $state.raw<MemberView | null>(null);

  constructor(options: Options) {
    this.#options = options;
  }

  get screen(): ErrandScreen | null {
    return this.#screen;
  }

  get member(): MemberView | null {
    return this.#options.snapshot()?.member ?? this.#told;
  }

  /** What was typed as the member's number, so that going back finds it again. */
  get number(): string {
    return this.#number;
  }

  get problem(): IdentifyProblem | null {
    return this.#problem;
  }

  get offer(): ConsentOffer | null {
    return this.#offer;
  }

  /** True when the wording has changed since the member agreed to it, and must be agreed to anew. */
  get isNewWording(): boolean {
    return this.#isNewWording;
  }

  /** The card whose removal is being confirmed. */
  get cardId(): string | null {
    return this.#cardId;
  }

  /** Asks who the member is, unless that is known, and goes on to what they wish. */
  async begin(wish: Wish): Promise<void> {
    this.#wish = wish;
    this.#problem = null;
    this.terms.forget();
    if (this.member === null) this.#go('member_number');
    else await this.#goOn();
  }

  giveNumber(number: string): void {
    this.#number = number;
    this.#problem = null;
    this.#go('member_phone');
  }

  async givePhone(phoneLastFour: string): Promise<void> {
    const request = { memberId: this.#number, phoneLastFour };
    this.#problem = null;
    const answer = await this.#options.commands.identify(request);
    // Whoever went back or away meanwhile is not followed.
    if (answer === null || this.#screen !== 'member_phone') return;
    if (answer.kind === 'identified') {
      this.#told = answer.member;
      this.#number = '';
      await this.#goOn();
    } else {
      this.#problem = this.#problemOf(answer);
    }
  }

  /** An order of the member's own, which tells the system who they are. */
  async giveOrder(code: string): Promise<void> {
    this.terms.giveOrder(code);
    await this.#askTerms();
  }

  /** Of the card that is to be kept. */
  async givePostalCode(code: string): Promise<void> {
    this.terms.givePostalCode(code);
    await this.#askTerms();
  }

  /**
   * The consent on the screen is given. A wording that has changed meanwhile is shown anew, and what was not taken of
   * the rest is asked again.
   */
  async agree(copyByEmail: boolean): Promise<void> {
    const offer = this.#offer;
    if (offer === null) return;
    const saleId = this.#wish === 'keep' ? (this.#options.snapshot()?.sale?.id ?? null) : null;
    const { wordingHash } = offer;
    const terms = saleId === null ? this.terms.said : {};
    const request = { saleId, wordingHash, copyByEmail, ...terms };
    const answer = await this.#options.commands.save(request);
    if (answer === null) return;
    if (answer.kind === 'wording_changed') await this.#showWording(true);
    else if (answer.kind === 'not_taken') this.#go(this.terms.refuse(answer.why));
    else this.#go(this.#home);
  }

  async remove(): Promise<void> {
    if (this.#cardId === null) return;
    const removed = await this.#options.commands.remove(this.#cardId);
    if (removed) this.#go('my_cards');
  }

  confirmRemoval(cardId: string): void {
    this.#cardId = cardId;
    this.#go('remove_card');
  }

  choosePayment(): void {
    this.#go('pay_with');
  }

  /** One question back; from the first of them, back to where the errand began. */
  back(): void {
    this.#problem = null;
    if (this.#screen === 'member_phone') this.#go('member_number');
    else if (this.#screen === 'remove_card') this.#go('my_cards');
    else if (this.#home !== null && overHome.has(this.#screen)) this.#go(this.#home);
    else this.drop();
  }

  /** Ends the errand here. Who the member is stays known. */
  drop(): void {
    this.#number = '';
    this.#problem = null;
    this.#offer = null;
    this.#cardId = null;
    this.#home = null;
    this.terms.forget();
    this.#go(null);
  }

  /** Ends the errand and has main forget the member. */
  async leave(): Promise<void> {
    const isKnown = this.member !== null;
    this.#told = null;
    this.drop();
    if (isKnown) await this.#options.commands.leave();
  }

  /** Follows main: a member whom it forgot, or a sale that ended, takes the errand along. */
  follow(now: Snapshot, before: Snapshot | null): void {
    if (now.member !== null) this.#told = null;
    const isForgotten = now.member === null && before !== null && before.member !== null;
    const isOver = now.sale?.id !== before?.sale?.id && this.#home === null;
    if (this.#screen !== null && (isForgotten || isOver)) this.drop();
  }

  async #goOn(): Promise<void> {
    switch (this.#wish) {
      case 'identify':
        this.#go(null);
        break;
      case 'cards':
        this.#home = 'my_cards';
        this.#go('my_cards');
        break;
      case 'keep':
        await this.#showWording(false);
        break;
      case 'add':
        await this.#askTerms();
    }
  }

  /** What the agreement alone does not say comes before it. */
  async #askTerms(): Promise<void> {
    const missing = this.terms.missing(this.#options.snapshot());
    if (missing === null) await this.#showWording(false);
    else this.#go(missing);
  }

  async #showWording(isNew: boolean): Promise<void> {
    const offer = await this.#options.commands.offer();
    if (offer === null) return;
    this.#offer = offer;
    this.#isNewWording = isNew;
    this.#go('consent');
  }

  #problemOf(answer: Exclude<IdentifyAnswer, { kind: 'identified' }>): IdentifyProblem {
    if (answer.kind !== 'locked') return answer;
    return { kind: 'locked', untilMs: this.#options.timers.now() + answer.forMs };
  }

  #go(screen: ErrandScreen | null): void {
    this.#screen = screen;
    this.#options.onChange();
  }
}
