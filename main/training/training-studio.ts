import { join } from 'node:path';

import type { Clock } from '../ports/clock.ts';
import { startTrainingStripe } from './http-server.ts';
import type { StartState } from './model/start/start-state.ts';
import type { ReaderEvent, ReaderScreen } from './reader/reader-event.ts';
import type { ReaderFault } from './reader/reader-fault.ts';
import type { Presented } from './reader/training-readers.ts';

/** What a kiosk without a key trains in: a Stripe of its own, with one location and one reader. */
export interface TrainingStudio {
  readonly url: string;
  readonly secretKey: string;
  /** The id of its location. */
  readonly location: string;
  /** The id of its reader. */
  readonly reader: string;
  /** Carries out a reader command for one page. */
  call(sessionId: string, method: string, params: unknown): Promise<object>;
  /** Tells each page's session what its reader did. Returns the function that stops listening. */
  onEvent(listener: (sessionId: string, event: ReaderEvent) => void): () => void;
  /** Ends a page that went away. */
  endSession(sessionId: string): void;
  /** Shows a test card, by its name or number, to a reader; a tip counts where the server prompts. */
  present(readerId: string, card: string, tipAmount?: number | null): Presented;
  /** The customer presses cancel; false when the reader shows no such button. */
  cancelOnReader(readerId: string): boolean;
  /** Arms a mishap for one reader, or with null for the first it fits. */
  fault(readerId: string | null, fault: ReaderFault): void;
  /** Calls off everything that is armed and brings every reader back. */
  calm(): void;
  /** What a reader's own screen shows while the server drives it. */
  screen(readerId: string): ReaderScreen;
  /** Tells each new screen of a server-driven reader. Returns the function that stops listening. */
  onScreen(listener: (readerId: string, screen: ReaderScreen) => void): () => void;
  close(): Promise<void>;
}

/** How a training studio is opened. */
export interface TrainingStudioOptions {
  readonly clock: Clock;
  /** The kiosk's data folder. The studio keeps its ledger there, so that a restart finds its sales. */
  readonly folder: string;
  /** The test card that is presented by itself; null waits until somebody presents one. */
  readonly card: string | null;
  /** Told of what only a fault of the studio's own, or a full disk, can cause. */
  readonly onBug: (error: unknown) => void;
}

/** How long a customer seems to look for the card, in milliseconds. */
const autoPresentAfterMs = 1500;

const location = 'tml_training_studio';
const reader = 'tmr_training_reader';

const start: StartState = {
  locations: [
    {
      id: location,
      display_name: 'Training studio',
      address: {
        country: 'US',
        city: 'Training',
        line1: '1 Practice Street',
        line2: null,
        postal_code: '94107',
        state: 'CA',
      },
    },
  ],
  readers: [
    {
      id: reader,
      label: 'Training reader',
      location,
      device_type: 'simulated_stripe_s700',
      serial_number: 'TRAINING-0001',
      ip_address: '192.168.1.50',
      status: 'online',
    },
  ],
  customers: [],
  payment_intents: [],
};

/** Opens the training studio on a free port of the loopback address. */
export async function openTrainingStudio({
  clock,
  folder,
  card,
  onBug,
}: TrainingStudioOptions): Promise<TrainingStudio> {
  const stripe = await startTrainingStripe({
    clock,
    start,
    onBug,
    journalFile: join(folder, 'training-ledger.jsonl'),
    autoPresent: card === null ? null : { testPaymentMethod: card, afterMs: autoPresentAfterMs },
  });
  return {
    url: stripe.url,
    secretKey: stripe.secretKey,
    location,
    reader,
    call: (sessionId, method, params) => stripe.readers.call(sessionId, method, params),
    onEvent: (listener) =>
      stripe.readers.onEvent((event) => {
        if (event.sessionId !== null) {
          listener(event.sessionId, event);
        }
      }),
    endSession: (sessionId) => {
      stripe.readers.endSession(sessionId);
    },
    present: (readerId, shown, tipAmount = null) =>
      stripe.readers.present(readerId, shown, tipAmount),
    cancelOnReader: (readerId) => stripe.readers.cancelOnReader(readerId),
    fault: (readerId, fault) => {
      stripe.readers.arm(fault, readerId);
    },
    calm: () => {
      stripe.readers.disarmAll();
    },
    screen: (readerId) => stripe.readers.screen(readerId),
    onScreen: (listener) =>
      stripe.readers.onEvent((event) => {
        if (event.type === 'reader_screen' && event.sessionId === null) {
          listener(event.readerId, event.screen);
        }
      }),
    close: () => stripe.close(),
  };
}
