import type { Catalogue } from '../../domain/catalogue.ts';
import type { CardSetup } from '../../domain/card-setup.ts';
import type { AttemptId, KioskId, SetupId } from '../../domain/ids.ts';
import type { PlatformOrder } from '../../domain/platform-order.ts';
import { defaultWaitLimits } from '../../domain/sale-waits.ts';
import { isFinal, type Sale } from '../../domain/sale.ts';
import { type CardAbilities, directAbilities } from '../../ports/abilities.ts';
import type { Approval } from '../../ports/approval.ts';
import type { CardBook } from '../../ports/card-book.ts';
import type { CardStore } from '../../ports/card-store.ts';
import type { CardsApi } from '../../ports/cards-api.ts';
import type { IdSource } from '../../ports/id-source.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { Log } from '../../ports/log.ts';
import type { Mailer } from '../../ports/mailer.ts';
import type { PaymentsApi } from '../../ports/payments-api.ts';
import type { ReaderDriver } from '../../ports/reader-driver.ts';
import { KeyAge } from '../key-age.ts';
import type { KnownTime } from '../known-time.ts';
import { repeatedly } from '../repeatedly.ts';
import type { SaleSteps } from '../sale-steps.ts';
import type { StripeReach } from '../stripe-reach.ts';
import type { SaleCards } from '../stripe-work.ts';
import { absentCards } from './absent-cards.ts';
import { type OfferedOfCards, offeredOfCards } from './card-features.ts';
import type { CardSettings } from './card-settings.ts';
import { CardWork } from './card-work.ts';
import { Consents } from './consents.ts';
import { Customers } from './customers.ts';
import { MemberSession } from './member-session.ts';
import { Members } from './members.ts';
import { SetupDesk } from './setup-desk.ts';
import { SetupSecrets } from './setup-secrets.ts';
import { SetupSteps } from './setup-steps.ts';
import { TermsOfSetups } from './setup-terms.ts';
import { SetupTimers } from './setup-timers.ts';
import type { SetupLimits } from './setup-waits.ts';
import { StaffCharges } from './staff-charges.ts';
import { StoredCards } from './stored-cards.ts';
import type { TextHash } from './text-hash.ts';

/** How often waits that are over and members who have left are looked for. Milliseconds. */
const lookEveryMs = 15_000;

export interface CardDeskOptions {
  readonly ledger: Ledger;
  /** In the same file as the ledger. */
  readonly book: CardBook;
  /** Null: the system behind this kiosk keeps no cards. */
  readonly cards: CardsApi | null;
  /** Where the system has customers of its own: what it keeps cards by. Null, or absent: this kiosk attaches them. */
  readonly store?: CardStore | null;
  /** What the system can do of cards; everything, unless given. */
  readonly abilities?: CardAbilities;
  readonly payments: PaymentsApi;
  /** Null: no letters are sent. */
  readonly mailer: Mailer | null;
  readonly approval: Approval;
  readonly driver: ReaderDriver;
  readonly sales: SaleSteps;
  readonly reach: StripeReach;
  readonly time: KnownTime;
  readonly log: Log;
  readonly ids: IdSource;
  readonly hash: TextHash;
  readonly kioskId: KioskId;
  /** The studio's name, as the consent says it. */
  readonly merchant: string;
  readonly settings: CardSettings;
  /** Null: nothing can be sold. */
  readonly catalogue: Catalogue | null;
  readonly maySell: () => boolean;
  readonly saleOnScreen: () => Sale | null;
  /** The reader in use is silent: true when the attempt goes on at the spare. Absent where there is none. */
  readonly moveFromSilent?: (setup: CardSetup, attempt: AttemptId) => boolean;
  readonly limits?: SetupLimits;
  /** There is work for the outbox. */
  readonly wake: () => void;
  /** Something the window shows has changed. */
  readonly onChange: () => void;
}

/** Everything about members, their consents and their cards, put together from ports alone. */
export class CardDesk implements SaleCards {
  readonly customers: Customers;
  readonly members: Members;
  readonly session: MemberSession;
  readonly consents: Consents;
  readonly setups: SetupDesk;
  readonly setupSteps: SetupSteps;
  /** Client secrets of setups, for whoever leads the reader. */
  readonly secrets: SetupSecrets;
  /** What setups must tell a system with users of its own. */
  readonly terms: TermsOfSetups;
  readonly storedCards: StoredCards;
  readonly charges: StaffCharges;
  readonly work: CardWork;
  readonly features: OfferedOfCards;
  readonly canMail: boolean;
  /** Only where the system has customers of its own: with it, none is looked for or made here. */
  readonly memberIdOf?: NonNullable<SaleCards['memberIdOf']>;
  readonly #options: CardDeskOptions;
  readonly #timers: SetupTimers;

  constructor(options: CardDeskOptions) {
    const { ledger, book, time, log, ids, hash, kioskId, merchant, wake, onChange } = options;
    const { sales, saleOnScreen, settings, mailer, catalogue, maySell, approval } = options;
    const cards = options.cards ?? absentCards;
    const store = options.store ?? null;
    const abilities = options.abilities ?? directAbilities.cards;
    const hasCustomers = options.cards !== null && store === null;
    const clock = time;
    const records = { ledger, book, cards, clock, log, hash };
    const around = { ...records, hasCustomers, onEnqueued: wake, onChange };
    this.#options = options;
    this.features = offeredOfCards({ cards: options.cards, store, abilities }, settings.keep);
    if (store !== null) this.memberIdOf = (member) => book.findMember(member)?.memberId;
    this.canMail = mailer !== null;
    this.customers = new Customers(around);
    this.members = new Members(around);
    this.session = new MemberSession({
      ...around,
      customers: this.customers,
      isBusy: () => saleOnScreen() !== null || this.setups.isUnderWay,
    });
    this.secrets = new SetupSecrets();
    this.terms = new TermsOfSetups();
    this.#timers = new SetupTimers(time, options.limits ?? defaultWaitLimits, (id, wait) => {
      if (wait === 'waking_reader' && this.#moved(id)) return;
      this.setupSteps.apply(id, { kind: 'time_passed', wait });
    });
    this.setupSteps = new SetupSteps({
      ...around,
      driver: options.driver,
      secrets: this.secrets,
      onStep: (setup) => {
        this.terms.forgetAfter(setup);
        this.#timers.follow(setup);
        this.setups.stepped(setup);
        wake();
        onChange();
      },
    });
    this.setups = new SetupDesk({
      ...around,
      ids,
      kioskId,
      steps: this.setupSteps,
      mayStart: () => {
        const sale = saleOnScreen();
        return sale === null || isFinal(sale.state);
      },
      onStarted: (setup) => {
        this.#timers.follow(setup);
        wake();
      },
    });
    const canMail = this.canMail;
    this.consents = new Consents({
      ...around,
      ids,
      kioskId,
      merchant,
      sales,
      saleOnScreen,
      canMail,
      setups: this.setups,
      terms: this.terms,
    });
    this.storedCards = new StoredCards({ ...around, sales, waiting: settings.waiting });
    this.charges = new StaffCharges({
      ...around,
      sales,
      approval,
      kioskId,
      catalogue,
      maySell,
      storedCards: this.storedCards,
    });
    this.work = new CardWork({
      ...around,
      store,
      mailer,
      merchant,
      reach: options.reach,
      customers: this.customers,
      setups: this.setupSteps,
      secrets: this.secrets,
      terms: this.terms,
      keys: new KeyAge(time, options.payments, options.reach),
    });
  }

  /**
   * The order by whose code the setup on the screen was begun: some systems say only by an order where the reader is,
   * and let it connect. Null without such a setup, and once its card is kept.
   */
  get orderOfSetup(): PlatformOrder | null {
    const { setup } = this.setups;
    return setup === null ? null : (this.terms.of(setup.id)?.order ?? null);
  }

  customerOf: SaleCards['customerOf'] = (member, signal) => this.customers.ensure(member, signal);

  customerGone: SaleCards['customerGone'] = (member, gone) => {
    this.customers.forget(member, gone);
  };

  mayCharge: SaleCards['mayCharge'] = (storedCard) => this.storedCards.mayCharge(storedCard);

  /** Takes up what a former run left. On return every unfinished setup's next step is on disk. */
  start(): void {
    this.setups.takeUp();
  }

  /** Looks now and then for waits that are over, members who have left, and setups that nothing carries on; until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { time, log } = this.#options;
    await repeatedly(
      () => {
        this.storedCards.lapse();
        this.session.leaveWhenIdle();
        this.setups.findStuck();
      },
      {
        clock: time,
        signal,
        firstMs: lookEveryMs,
        everyMs: lookEveryMs,
        onFault: (why) => {
          log.write('error', 'cards.not_watched', { why });
        },
      },
    );
  }

  #moved(id: SetupId): boolean {
    const setup = this.setupSteps.find(id);
    if (setup?.attempt?.stage !== 'sent') return false;
    return this.#options.moveFromSilent?.(setup, setup.attempt.id) ?? false;
  }

  /** A page was loaded: nobody is known to stand there, and what the former page held of a card is gone. */
  windowLoaded(): void {
    this.session.leave();
    this.setups.windowLoaded();
  }

  close(): void {
    this.#timers.close();
  }
}
