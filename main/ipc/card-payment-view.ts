import type { CardPaymentView } from '../../preload/contract/kiosk.ts';
import type { ReaderStatus } from '../../preload/contract/reader.ts';
import type { Reach } from '../services/stripe-reach.ts';

/** The system behind the kiosk, and whether its reader is connected only for an order. */
export interface CardPaymentPlace {
  readonly system: string;
  /** No order is being paid, so a reader that connects only for one is rightly not connected. */
  readonly needsNoReader: boolean;
}

const atStripe: CardPaymentPlace = { system: 'Stripe', needsNoReader: false };

/** Whether a card can be taken right now, honestly, with a sentence for staff when it can't. */
export function cardPaymentView(
  reach: Reach,
  reader: ReaderStatus,
  { system, needsNoReader }: CardPaymentPlace = atStripe,
): CardPaymentView {
  const readerLabel = reader.label;
  const systemTrouble = system === 'Stripe' ? stripeTrouble(reach) : platformTrouble(reach, system);
  if (systemTrouble === null && needsNoReader) {
    return { state: 'ready', sentence: null, readerLabel };
  }
  const trouble = systemTrouble ?? readerTrouble(reader, system);
  if (trouble !== null) return { state: 'unavailable', sentence: trouble, readerLabel };
  if (reader.connection !== 'connected') {
    return { state: 'connecting', sentence: 'The kiosk is connecting to its reader.', readerLabel };
  }
  return { state: 'ready', sentence: null, readerLabel };
}

function stripeTrouble(reach: Reach): string | null {
  switch (reach) {
    case 'not_tried':
    case 'reached':
      return null;
    case 'unreachable':
      return 'Stripe can’t be reached. Check the kiosk’s network cable or Wi-Fi and the studio’s internet.';
    case 'not_stripe':
      return 'What answers is not Stripe. Check the Stripe address in the settings and any sign-in page of the network.';
    case 'denied':
    case 'forbidden':
      return 'Stripe refuses this kiosk’s key. Check in the Stripe dashboard that it exists, is of the right mode, and may use Terminal and PaymentIntents.';
  }
}

function platformTrouble(reach: Reach, system: string): string | null {
  switch (reach) {
    case 'not_tried':
    case 'reached':
      return null;
    case 'unreachable':
      return `${system} can’t be reached. Check the kiosk’s network cable or Wi-Fi and the studio’s internet.`;
    case 'not_stripe':
      return `What answers is not ${system}. Check its address in the settings and any sign-in page of the network.`;
    case 'denied':
      return `${system} says this kiosk’s token is not valid, or has expired. Get a new one there and put it into the settings.`;
    case 'forbidden':
      return `${system} knows this kiosk’s token, and doesn’t let it do this. Have its rights extended there.`;
  }
}

const problems: Readonly<Record<string, string>> = {
  no_reader_found: 'No reader was found. Check that it is on, on the same network, and registered.',
  which_reader: 'More than one reader was found. Name this kiosk’s reader in the settings.',
  no_location:
    'The order doesn’t say where its reader is. Name this kiosk’s reader in the settings, or look at the order’s location.',
  sdk_not_loaded:
    'Stripe’s reader software could not be loaded. Check the network; the kiosk tries again.',
  failed_fetch_connection_token: 'Stripe gave no connection token. Check the key and the network.',
  command_already_in_progress: 'The reader is in use by another kiosk.',
};

function readerTrouble(reader: ReaderStatus, system: string): string | null {
  if (reader.connection === 'connected' || reader.problem === null) return null;
  if (reader.problem === 'failed_fetch_connection_token' && system !== 'Stripe') {
    return `No connection token came for the reader. Check ${system}, its settings and the network.`;
  }
  return (
    problems[reader.problem] ??
    `The reader can’t be used (${reader.problem}). Check its power and its network.`
  );
}
