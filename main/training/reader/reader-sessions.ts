import type Stripe from 'stripe';

import type { Ledger } from '../model/ledger.ts';
import { redeemConnectionToken } from '../model/moves/connection-tokens.ts';
import { isTaken, readerState } from '../model/terminal/reader-phases.ts';
import type { ReaderEvent, ReaderEventListener } from './reader-event.ts';
import { attempt, failure, isFailure, type ReaderResult } from './reader-result.ts';
import { sdkSimulatorId, sdkSimulatorReader } from './sdk-simulator-reader.ts';
import { SimulatedReader } from './simulated-reader.ts';

/** A connection as the page asked for it. */
export interface ConnectionOrder {
  readonly connectionToken: string;
  readonly reader: string;
  readonly failIfInUse: boolean;
}

/** Which page holds which reader, and who hears what the readers do. */
export class ReaderSessions {
  readonly #ledger: Ledger;
  readonly #readers = new Map<string, SimulatedReader>();
  readonly #listeners = new Set<ReaderEventListener>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** The reader a session is connected to. */
  readerOf(sessionId: string): SimulatedReader | undefined {
    return [...this.#readers.values()].find(({ session }) => session === sessionId);
  }

  /** A reader by its id; undefined before anybody connected to it. */
  named(readerId: string): SimulatedReader | undefined {
    return this.#readers.get(readerId);
  }

  /** Connects a page to a reader. Spends the connection token. */
  connect(
    sessionId: string,
    order: ConnectionOrder,
  ): ReaderResult<{ readonly reader: Stripe.Terminal.Reader }> {
    if (this.readerOf(sessionId) !== undefined) {
      return failure('already_connected', 'A reader is connected already.');
    }
    const token = attempt(() => ({
      location: redeemConnectionToken(this.#ledger, order.connectionToken),
    }));
    if (isFailure(token)) {
      return token;
    }
    const found =
      order.reader === sdkSimulatorId ? sdkSimulatorReader : this.#ledger.readers.get(order.reader);
    if (found === undefined || (token.location !== null && found.location !== token.location)) {
      return failure('resource_missing', `No such reader: '${order.reader}'`);
    }
    if (found.status === 'offline') {
      return failure('reader_connection_error', 'The reader does not answer: it is offline.');
    }
    if (isTaken(readerState(this.#ledger, found.id).phase)) {
      return failure(
        'reader_error',
        'Reader is currently processing a transaction from a different integration mode.',
      );
    }
    const reader = this.#reader(found, sessionId);
    if (order.failIfInUse && reader.session !== null) {
      return failure('reader_error', 'The reader is in use by another application.');
    }
    reader.connect(sessionId);
    return { reader: found };
  }

  /** Ends a page: its reader is free. */
  end(sessionId: string): void {
    this.readerOf(sessionId)?.disconnect();
    this.#readers.delete(`${sdkSimulatorId}:${sessionId}`);
  }

  onEvent(listener: ReaderEventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Each page has an SDK simulator of its own; registered readers are shared. */
  #reader(found: Stripe.Terminal.Reader, sessionId: string): SimulatedReader {
    const simulated = found.id === sdkSimulatorId;
    const name = simulated ? `${sdkSimulatorId}:${sessionId}` : found.id;
    const known = this.#readers.get(name);
    if (known !== undefined) {
      return known;
    }
    const reader = new SimulatedReader(
      {
        id: name,
        ledgerId: simulated ? null : found.id,
        location: typeof found.location === 'string' ? found.location : null,
      },
      this.emit,
    );
    this.#readers.set(name, reader);
    return reader;
  }

  /** Tells everybody who listens what a reader did. */
  readonly emit = (event: ReaderEvent): void => {
    for (const listener of this.#listeners) {
      listener(event);
    }
  };
}
