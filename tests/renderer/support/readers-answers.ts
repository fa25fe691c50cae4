import type {
  ReaderAnswer,
  ReaderRow,
  ReadersView,
  ReaderUse,
} from '../../../preload/contract/readers.ts';
import { staffNowMs } from './staff-now.ts';

const minuteMs = 60_000;

/** Main did it, and has nothing to add. */
export const done: ReaderAnswer = { result: 'done', sentence: null };

/** A reader that does nothing. */
export const idleUse: ReaderUse = {
  what: 'nothing',
  whose: 'nobody',
  paymentIntentId: null,
  code: null,
  kioskId: null,
  paymentIntentStatus: null,
};

/** A smart reader that is well and free. */
export function aReader(part: Partial<ReaderRow> = {}): ReaderRow {
  return {
    id: 'tmr_FrontDesk1',
    label: 'Front desk',
    deviceType: 'stripe_s700',
    isSmart: true,
    serialNumber: 'STRM26138003393',
    locationId: 'tml_Harbour',
    locationName: 'Lumen Yoga, Harbour Street',
    status: 'online',
    lastSeenAtMs: staffNowMs - 20_000,
    software: '2.42.1.0',
    battery: null,
    role: null,
    lastFailure: null,
    use: idleUse,
    ...part,
  };
}

/** The reader of another till, which waits for a card of that till. */
export const strangersReader = aReader({
  id: 'tmr_PilatesRoom',
  label: 'Pilates room',
  deviceType: 'bbpos_wisepos_e',
  serialNumber: 'WSC513105011295',
  battery: 0.14,
  use: {
    what: 'payment',
    whose: 'other_kiosk',
    paymentIntentId: 'pi_3SVx2eKq8mTzYd0a9StRaNgEr',
    code: null,
    kioskId: 'kiosk_pilates',
    paymentIntentStatus: 'requires_payment_method',
  },
});

const mainReader = aReader({
  role: 'main',
  use: {
    what: 'payment',
    whose: 'this_kiosk',
    paymentIntentId: 'pi_3SVx2eKq8mTzYd0a1bCdT6RB',
    code: 'T6RB',
    kioskId: null,
    paymentIntentStatus: 'requires_payment_method',
  },
});

const spareReader = aReader({
  id: 'tmr_FrontDesk2',
  label: 'Front desk 2',
  role: 'spare',
  status: 'offline',
  lastSeenAtMs: staffNowMs - 4 * minuteMs,
  lastFailure: { code: 'connection_error', message: 'Could not connect to Stripe.' },
});

const oldReader = aReader({
  id: 'tmr_OldOne',
  label: 'Old reader',
  deviceType: 'verifone_P400',
  serialNumber: null,
  locationId: null,
  locationName: null,
  status: null,
  lastSeenAtMs: null,
  software: null,
  use: { ...idleUse, what: 'display' },
});

/** A studio with a main reader led by the SDK, a spare, another till's reader, and an old one. */
export const readersView: ReadersView = {
  nowMs: staffNowMs,
  main: { readerId: mainReader.id, label: 'Front desk', integration: 'sdk', isShared: false },
  spare: {
    readerId: spareReader.id,
    label: 'Front desk 2',
    integration: 'server_driven',
    isShared: true,
  },
  using: 'main',
  serverDrivenOffered: true,
  readers: [mainReader, spareReader, strangersReader, oldReader],
  locations: [
    { id: 'tml_Harbour', name: 'Lumen Yoga, Harbour Street', country: 'US', city: 'Portland' },
    { id: 'tml_Garden', name: 'Lumen Garden', country: 'IE', city: null },
  ],
  sentence: null,
};

/** A kiosk whose readers nobody has chosen, registered or placed. */
export const noReaders: ReadersView = {
  ...readersView,
  main: { readerId: null, label: '', integration: 'sdk', isShared: false },
  spare: null,
  readers: [],
  locations: [],
};

/** A kiosk whose system behind tells nothing of readers. */
export const sdkOnly: ReadersView = {
  ...noReaders,
  serverDrivenOffered: false,
  sentence:
    'The system behind this kiosk tells nothing of readers. The kiosk reaches its reader from its own page, with Stripe’s JS SDK; register and name readers in the Stripe dashboard.',
};

/** The same studio while Stripe does not answer. */
export const unlistedReaders: ReadersView = {
  ...readersView,
  using: 'spare',
  readers: [],
  locations: [],
  sentence: 'Stripe did not answer. Check the network of this kiosk and ask again.',
};
