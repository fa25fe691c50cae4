import type Stripe from 'stripe';

import type { Ledger } from '../model/ledger.ts';
import { findTestCard, type TestCard } from '../model/test-cards.ts';
import { acceptedTypes } from '../model/terminal/accepted-types.ts';
import { ArmedFaults } from '../model/terminal/armed-faults.ts';
import type { AutoPresent, ReaderTimings } from '../model/terminal/reader-world.ts';
import type { Bench, Sleep } from './bench.ts';
import { discoverReaders, type DiscoveryOrder } from './discover.ts';
import { notConnected, PageCards } from './page-cards.ts';
import { PromptedReaders } from './prompted-readers.ts';
import type { ReaderEventListener, ReaderScreen } from './reader-event.ts';
import { isSdkFault, type ReaderFault } from './reader-fault.ts';
import { readReaderCall } from './reader-call.ts';
import { promptOf, type ReaderPrompt } from './reader-prompt.ts';
import { failure, type ReaderResult } from './reader-result.ts';
import { type ConnectionOrder, ReaderSessions } from './reader-sessions.ts';

/** What the readers of training mode are made of. */
export interface TrainingReadersOptions {
  readonly ledger: Ledger;
  readonly sleep: Sleep;
  readonly timings?: ReaderTimings | undefined;
  readonly autoPresent?: AutoPresent | null | undefined;
  /** Told of what only a bug can cause while nobody waits for an answer. */
  readonly onBug?: ((error: unknown) => void) | undefined;
}

/** What came of showing a card to a reader. */
export type Presented =
  | { readonly kind: 'presented' }
  | {
      readonly kind: 'refused';
      readonly why: 'reader_not_asking' | 'unknown_card' | 'card_not_accepted';
    };

/**
 * The readers of training mode and the sessions that hold them. A session is one page; it may hold
 * one reader. Commands resolve to a result or an error and reject only for a bug.
 */
export class TrainingReaders {
  readonly #bench: Bench;
  readonly #sessions: ReaderSessions;
  readonly #cards: PageCards;
  readonly #prompted: PromptedReaders;

  constructor(options: TrainingReadersOptions) {
    const { ledger, sleep, onBug = (): void => undefined } = options;
    this.#sessions = new ReaderSessions(ledger);
    this.#bench = { ledger, sleep, faults: new ArmedFaults(), collected: new Map() };
    this.#cards = new PageCards(this.#bench, this.#sessions);
    this.#prompted = new PromptedReaders(ledger, sleep, this.#sessions.emit, onBug);
    const { world } = ledger;
    world.timings = options.timings ?? world.timings;
    world.autoPresent = options.autoPresent ?? null;
    world.isHeldByPage = (readerId) => (this.#sessions.named(readerId)?.session ?? null) !== null;
  }

  /** Carries out one command for a page. Refuses names and parameters it does not know. */
  async call(sessionId: string, method: string, params: unknown): Promise<ReaderResult> {
    const call = readReaderCall(method, params);
    if ('error' in call) {
      return call;
    }
    switch (call.method) {
      case 'discoverReaders':
        return this.discoverReaders(call.params);
      case 'connectReader':
        return this.connectReader(sessionId, call.params);
      case 'disconnectReader':
        return this.disconnectReader(sessionId);
      case 'setReaderDisplay':
        return this.setReaderDisplay(sessionId);
      case 'clearReaderDisplay':
        return this.clearReaderDisplay(sessionId);
      case 'collectPaymentMethod':
        return this.#cards.collect(sessionId, { kind: 'payment', ...call.params });
      case 'collectSetupIntentPaymentMethod':
        return this.#cards.collect(sessionId, { kind: 'setup', ...call.params });
      case 'collectRefundPaymentMethod':
        return this.#cards.collect(sessionId, { kind: 'refund', ...call.params });
      case 'cancelCollectPaymentMethod':
        return this.cancelCollectPaymentMethod(sessionId);
      case 'cancelCollectSetupIntentPaymentMethod':
        return this.#cards.cancelCollect(sessionId, 'setup');
      case 'cancelCollectRefundPaymentMethod':
        return this.#cards.cancelCollect(sessionId, 'refund');
      case 'processPayment':
        return this.#cards.process(sessionId, 'payment', {
          collected: call.params.collected,
          subject: call.params.paymentIntent,
        });
      case 'confirmSetupIntent':
        return this.#cards.process(sessionId, 'setup', {
          collected: call.params.collected,
          subject: call.params.setupIntent,
        });
      case 'processRefund':
        return this.#cards.process(sessionId, 'refund', { ...call.params, subject: null });
      case 'present':
        return this.presentTo(sessionId, call.params.testPaymentMethod);
      case 'prompt':
        return { prompt: this.promptFor(sessionId, call.params.reader) };
      case 'arm':
        this.arm(call.params.fault);
        return {};
    }
  }

  /** Listens to all readers. Returns the function that stops listening. */
  onEvent(listener: ReaderEventListener): () => void {
    return this.#sessions.onEvent(listener);
  }

  /** Ends a page: its collect is canceled and its reader free; an authorization goes on. */
  endSession(sessionId: string): void {
    this.#sessions.end(sessionId);
    for (const [name, collected] of this.#bench.collected) {
      if (collected.sessionId === sessionId) {
        this.#bench.collected.delete(name);
      }
    }
  }

  /** Arms a mishap for the next command it fits, of one reader or of any. */
  arm(fault: ReaderFault, readerId: string | null = null): void {
    if (isSdkFault(fault)) {
      this.#bench.faults.arm(fault, readerId);
    } else {
      this.#prompted.arm(fault, readerId);
    }
  }

  /** Calls off everything that is armed and brings every reader back. */
  disarmAll(): void {
    this.#bench.faults.disarm();
    this.#prompted.disarmAll();
  }

  /** Stops following the clock; what is due then comes with the next request. */
  close(): void {
    this.#prompted.close();
  }

  /** Chooses the card that is shown by itself from the next collect on; null for none. */
  setAutoPresent(autoPresent: AutoPresent | null): void {
    this.#bench.ledger.world.autoPresent = autoPresent;
  }

  /**
   * Shows a test card, by its name or number, to a reader that asks for one, whether a page or the
   * server drives it. A tip (smallest unit) counts with the server-driven prompt alone.
   */
  present(readerId: string, testPaymentMethod: string, tipAmount: number | null = null): Presented {
    const reader = this.#sessions.named(readerId);
    const card = findTestCard(testPaymentMethod);
    if (reader?.work?.present === undefined) {
      return this.#presentToPrompt(readerId, card, tipAmount);
    }
    if (card === undefined) {
      return { kind: 'refused', why: 'unknown_card' };
    }
    if (!acceptedTypes(this.#bench.ledger, reader.work.purpose).includes(card.type)) {
      return { kind: 'refused', why: 'card_not_accepted' };
    }
    reader.work.present(card);
    return { kind: 'presented' };
  }

  /** The customer presses cancel; false when the server-driven prompt has no such button. */
  cancelOnReader(readerId: string): boolean {
    return this.#prompted.cancel(readerId);
  }

  /** What a reader's own screen shows while the server drives it. */
  screen(readerId: string): ReaderScreen {
    return this.#prompted.screen(readerId);
  }

  /** Shows a test card to the reader a page holds. Not of the SDK: the page's training tray asks. */
  presentTo(sessionId: string, testPaymentMethod: string): ReaderResult {
    const reader = this.#sessions.readerOf(sessionId);
    if (reader === undefined) {
      return notConnected;
    }
    const presented = this.present(reader.id, testPaymentMethod);
    return presented.kind === 'presented'
      ? {}
      : failure(presented.why, 'The training reader did not take the card.');
  }

  /**
   * What the reader that a page holds asks a card for, or else the reader that is named, or with
   * null the first that asks. Null when it asks for none. Not of the SDK: the trainer's panel asks.
   */
  promptFor(sessionId: string, readerId: string | null): ReaderPrompt | null {
    const work = this.#sessions.readerOf(sessionId)?.work ?? null;
    const purpose = work === null ? this.#prompted.purpose(readerId) : work.present && work.purpose;
    return purpose ? promptOf(this.#bench.ledger, purpose) : null;
  }

  discoverReaders(order: DiscoveryOrder): ReaderResult {
    return discoverReaders(this.#bench.ledger, order);
  }

  connectReader(
    sessionId: string,
    order: ConnectionOrder,
  ): ReaderResult<{ readonly reader: Stripe.Terminal.Reader }> {
    return this.#sessions.connect(sessionId, order);
  }

  disconnectReader(sessionId: string): ReaderResult {
    this.#sessions.readerOf(sessionId)?.disconnect();
    return {};
  }

  setReaderDisplay(sessionId: string): ReaderResult {
    return this.#showWhenIdle(sessionId, 'cart');
  }

  clearReaderDisplay(sessionId: string): ReaderResult {
    return this.#showWhenIdle(sessionId, 'splash');
  }

  /** Takes the prompt for a payment's card away from the page that shows it. */
  cancelCollectPaymentMethod(sessionId: string): ReaderResult {
    return this.#cards.cancelCollect(sessionId, 'payment');
  }

  #presentToPrompt(
    readerId: string,
    card: TestCard | undefined,
    tipAmount: number | null,
  ): Presented {
    if (!this.#prompted.isPrompting(readerId)) {
      return { kind: 'refused', why: 'reader_not_asking' };
    }
    if (card === undefined) {
      return { kind: 'refused', why: 'unknown_card' };
    }
    const why = this.#prompted.present(readerId, card, tipAmount);
    return why === null ? { kind: 'presented' } : { kind: 'refused', why };
  }

  #showWhenIdle(sessionId: string, screen: 'cart' | 'splash'): ReaderResult {
    const reader = this.#cards.idleReader(sessionId);
    if ('error' in reader) {
      return reader;
    }
    reader.show(screen);
    return {};
  }
}
