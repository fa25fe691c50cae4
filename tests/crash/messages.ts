import type { ReaderEvent } from '../../main/training/reader/reader-event.ts';
import type { ClockSetting } from './hurried-clock.ts';
import type { CustomerStep } from './scenario.ts';

/** Where a kiosk process is to die. */
export type KillOrder =
  | { readonly kind: 'never' }
  /** At the `nth` point reached, from 1. */
  | { readonly kind: 'at_point'; readonly nth: number }
  | { readonly kind: 'at_name'; readonly name: string; readonly nth: number };

/** One opening of the kiosk. */
export interface OpenOrder {
  readonly dataDir: string;
  readonly resourcesDir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly clock: ClockSetting;
  readonly kill: KillOrder;
  readonly countsFrom: 'opening' | 'first_sale';
  /** Staff choose it for when the first reader is not there; null for none. */
  readonly spareReader: string | null;
  /** Staff put a member in, and choose a PIN. */
  readonly hasMember: boolean;
  /** What customers do; none come to a kiosk that only recovers. */
  readonly visits: readonly (readonly CustomerStep[])[];
}

/** What the outside world tells the kiosk process. */
export type ToKiosk =
  | { readonly kind: 'open'; readonly order: OpenOrder }
  | { readonly kind: 'reader_answered'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'reader_happened'; readonly event: ReaderEvent }
  | { readonly kind: 'close' };

/** What the screen said of a sale. */
export interface Shown {
  readonly saleId: string;
  readonly state: string;
  readonly provedNotCharged: boolean;
}

/** What the kiosk process tells the outside world. */
export type FromKiosk =
  /** Its program is loaded; it waits for an order. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'opened'; readonly mode: string }
  | {
      readonly kind: 'reader_called';
      readonly id: number;
      readonly page: number;
      readonly method: string;
      readonly params: unknown;
    }
  | { readonly kind: 'page_left'; readonly page: number }
  | { readonly kind: 'time_jumped'; readonly ms: number }
  | { readonly kind: 'shown'; readonly shown: Shown }
  | { readonly kind: 'committed' }
  /** The last customer has gone. `notDone` names steps for which the screen gave no occasion. */
  | { readonly kind: 'customers_gone'; readonly notDone: readonly string[] }
  | { readonly kind: 'closed'; readonly points: readonly string[] }
  | { readonly kind: 'failed'; readonly why: string };
