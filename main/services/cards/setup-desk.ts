import {
  type CardSetup,
  firstSetupEffect,
  isSetupOver,
  newSetup,
} from '../../domain/card-setup.ts';
import { mayStop, type SetupEvent } from '../../domain/card-setup-transition.ts';
import { type ConsentId, type KioskId, type MemberKey, setupId } from '../../domain/ids.ts';
import type { ReaderEvent } from '../../domain/reader-attempt.ts';
import type { CardBook } from '../../ports/card-book.ts';
import type { Clock } from '../../ports/clock.ts';
import type { IdSource } from '../../ports/id-source.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { Heard } from '../checkout.ts';
import type { SetupSteps } from './setup-steps.ts';

export interface SetupDeskOptions {
  readonly ledger: Ledger;
  readonly book: CardBook;
  readonly steps: SetupSteps;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly kioskId: KioskId;
  /** False while a sale on the screen may want the reader. */
  readonly mayStart: () => boolean;
  /** A new setup is on disk, with its first work. */
  readonly onStarted: (setup: CardSetup) => void;
  readonly onChange: () => void;
}

/** The setup on the screen: at most one, and every word about it names it. */
export class SetupDesk {
  readonly #options: SetupDeskOptions;
  #onScreen: CardSetup | null = null;

  constructor(options: SetupDeskOptions) {
    this.#options = options;
  }

  /** As last stored; null when none is on the screen. */
  get setup(): CardSetup | null {
    return this.#onScreen;
  }

  /** True while the reader may be asked for this setup's card. */
  get isUnderWay(): boolean {
    return this.#onScreen !== null && !isSetupOver(this.#onScreen.state);
  }

  /** To be told of every stored step, so that the screen shows what is on disk. */
  stepped(setup: CardSetup): void {
    if (this.#onScreen?.id === setup.id) this.#onScreen = setup;
  }

  /**
   * Begins to keep a card for this member. On return the setup, its first work and what `alongside` wrote are on disk,
   * in one transaction; nothing has left the kiosk. Null, and nothing is written, while another one or a sale is under way.
   */
  start(
    of: { readonly memberKey: MemberKey; readonly consentId: ConsentId },
    alongside: (setup: CardSetup) => void,
  ): CardSetup | null {
    if (this.isUnderWay || !this.#options.mayStart()) return null;
    const { ledger, book, clock, ids, kioskId, onStarted, onChange } = this.#options;
    const setup = newSetup({ id: setupId(ids.next('setup')), kioskId, ...of });
    ledger.atomically(() => {
      alongside(setup);
      const nowMs = clock.nowMs();
      book.addSetup(setup, nowMs);
      ledger.enqueue(setup.id, firstSetupEffect, nowMs);
    });
    this.#onScreen = setup;
    onStarted(setup);
    onChange();
    return setup;
  }

  /**
   * Refused once a bank may have been asked. The member does not want it after all, so the consent is taken back in the
   * same transaction: a card that is tapped in this very moment is not kept.
   */
  cancel(id: string): Heard {
    return this.#tell(id, { kind: 'customer_canceled' }, () => {
      const { book, clock } = this.#options;
      const setup = this.#onScreen;
      if (setup !== null && mayStop(setup)) {
        book.revokeConsent(setup.consentId, 'member', clock.nowMs());
      }
    });
  }

  retry(id: string): Heard {
    return this.#tell(id, { kind: 'another_card_asked' });
  }

  /** The member has seen the result, or leaves the rest to the kiosk: the screen is free again. */
  dismiss(id: string): Heard {
    const setup = this.#onScreen;
    if (setup?.id !== id) return notOnScreen;
    if (mayStop(setup) || setup.state === 'confirming') {
      return { kind: 'not_now', why: 'the setup still needs the member' };
    }
    this.#options.steps.apply(setup.id, { kind: 'customer_left' });
    this.#onScreen = null;
    this.#options.onChange();
    return { kind: 'heard' };
  }

  /** What a reader says of it; a hint, whoever leads that reader. */
  told(id: string, event: ReaderEvent): Heard {
    return this.#tell(id, event);
  }

  /** A page was loaded: what the former one held of the card is gone. */
  windowLoaded(): void {
    const setup = this.#onScreen;
    if (setup !== null) this.#options.steps.apply(setup.id, { kind: 'window_loaded' });
  }

  /** After a start: every setup that a former run left is ended, or finished where the bank had agreed. */
  takeUp(): void {
    const { ledger, book, steps } = this.#options;
    for (const { id } of book.unfinishedSetups()) {
      steps.apply(id, { kind: 'restarted' });
      if (!ledger.hasOpenWork(id)) steps.apply(id, { kind: 'work_missing' });
    }
  }

  /** A setup whose work was set aside, or lost, must not stand still until the next start. */
  findStuck(): void {
    const { ledger, book, steps } = this.#options;
    for (const { id, state } of book.unfinishedSetups()) {
      const waitsForReader = state === 'presenting' || state === 'confirming';
      if (waitsForReader || ledger.hasOpenWork(id)) continue;
      steps.apply(id, { kind: 'work_missing' });
    }
  }

  #tell(id: string, event: SetupEvent, alongside?: () => void): Heard {
    const setup = this.#onScreen;
    if (setup?.id !== id) return notOnScreen;
    if (this.#options.steps.apply(setup.id, event, alongside) !== null) return { kind: 'heard' };
    return { kind: 'not_now', why: `${event.kind} means nothing while it is ${setup.state}` };
  }
}

const notOnScreen: Heard = { kind: 'not_now', why: 'that setup is not on the screen' };
