import type { Purpose } from '../model/terminal/purpose.ts';
import type { TestCard } from '../model/test-cards.ts';
import type { ReaderEvent, ReaderScreen } from './reader-event.ts';

/** Why a command stopped before its end. */
export type Interruption = 'canceled' | 'connection_lost';

/** The one command a reader is busy with. */
export interface ReaderWork {
  readonly kind: 'collecting' | 'processing';
  /** Ends the page's wait; what has gone to the issuer already is not undone by it. */
  interrupt(why: Interruption): void;
  /** Shows a card; absent when the reader is not asking for one. */
  readonly present?: (card: TestCard) => void;
  /** What the card is for that the reader asks for or has. */
  readonly purpose: Purpose;
}

/** One reader: who holds it and what it is doing. */
export class SimulatedReader {
  /** The name its charges carry; null for the SDK's own simulated reader, which is no reader. */
  readonly ledgerId: string | null;
  readonly id: string;
  readonly location: string | null;
  work: ReaderWork | null = null;
  #session: string | null = null;
  #screen: ReaderScreen = 'splash';
  readonly #emit: (event: ReaderEvent) => void;

  constructor(
    identity: { id: string; ledgerId: string | null; location: string | null },
    emit: (event: ReaderEvent) => void,
  ) {
    this.id = identity.id;
    this.ledgerId = identity.ledgerId;
    this.location = identity.location;
    this.#emit = emit;
  }

  get session(): string | null {
    return this.#session;
  }

  get screen(): ReaderScreen {
    return this.#screen;
  }

  /** Gives the reader to a session. Whoever held it before is told that it is gone. */
  connect(sessionId: string): void {
    this.loseConnection('Another application connected to this reader.');
    this.#session = sessionId;
    this.#emit({
      type: 'connection_status',
      sessionId,
      readerId: this.id,
      status: 'connected',
    });
    this.showPaymentStatus('ready');
    this.show('splash');
  }

  /** Ends the connection at the page's own wish. */
  disconnect(): void {
    const sessionId = this.#session;
    if (sessionId === null) {
      return;
    }
    this.work?.interrupt(this.work.kind === 'collecting' ? 'canceled' : 'connection_lost');
    this.showPaymentStatus('not_ready');
    this.#session = null;
    this.#emit({
      type: 'connection_status',
      sessionId,
      readerId: this.id,
      status: 'not_connected',
    });
    this.show('splash');
  }

  /** Ends the connection against the page's wish. Does nothing when nobody is connected. */
  loseConnection(message: string): void {
    const sessionId = this.#session;
    if (sessionId === null) {
      return;
    }
    this.work?.interrupt('connection_lost');
    this.showPaymentStatus('not_ready');
    this.#session = null;
    const who = { sessionId, readerId: this.id };
    this.#emit({ type: 'connection_status', ...who, status: 'not_connected' });
    this.#emit({ type: 'unexpected_disconnect', ...who, message });
    this.show('splash');
  }

  show(screen: ReaderScreen): void {
    this.#screen = screen;
    this.#emit({
      type: 'reader_screen',
      sessionId: this.#session,
      readerId: this.id,
      screen,
    });
  }

  showPaymentStatus(status: 'not_ready' | 'ready' | 'waiting_for_input' | 'processing'): void {
    if (this.#session !== null) {
      this.#emit({
        type: 'payment_status',
        sessionId: this.#session,
        readerId: this.id,
        status,
      });
    }
  }
}
