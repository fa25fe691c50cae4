import { z } from 'zod';
import type { CardFeatures, MemberView, SetupView } from './cards.ts';
import type { CurrencyView } from './money.ts';
import type { ReaderIntegration } from './readers.ts';
import type { SaleView } from './sale.ts';

/** Asked once by each page load: tells main that what the former page held is gone. */
export const kioskAttachRequest = z.strictObject({});

/** A fault of the page, in its own words; main redacts and logs it. */
export const windowReportRequest = z.strictObject({
  message: z.string().max(2_000),
  source: z.string().max(500).nullable(),
});

/** Why the kiosk sells nothing until somebody mends it. */
export interface ClosedView {
  readonly kind: 'catalogue' | 'settings' | 'stripe_key' | 'database';
  /** The file to mend, by its name; null when it is not a file. */
  readonly file: string | null;
  /** Where in it, such as `categories[0].items[2].price`. */
  readonly field: string | null;
  /** What is wrong and what to do, for staff. Plain words, ready to show. */
  readonly sentence: string;
}

/** What the system behind this kiosk can do, as far as the screens offer it. */
export interface Features {
  /** Its name for staff. */
  readonly system: string;
  /** A sale pays an order that a platform made: its code is asked for. */
  readonly orders: boolean;
  readonly accountBalance: boolean;
  readonly receiptEmail: boolean;
  readonly refunds: boolean;
  /** The account can be compared with the file. */
  readonly sweep: boolean;
  /** Main can lead readers; else they can be listed and kept, or nothing is known of them. */
  readonly readers: 'led' | 'listed' | 'none';
  /** `with_order`: the page connects its reader when a sale is being paid, and not before. */
  readonly readerConnects: 'at_start' | 'with_order';
}

export interface CardPaymentView {
  readonly state: 'ready' | 'connecting' | 'unavailable';
  /** For staff, in plain words; null when ready. */
  readonly sentence: string | null;
  readonly readerLabel: string | null;
}

/** The whole of what the screen shows. Sent entire on every change; no deltas. */
export interface Snapshot {
  /** Grows by one with each change; an older one is dropped. */
  readonly revision: number;
  readonly mode: 'training' | 'test' | 'live';
  readonly studio: { readonly name: string };
  readonly currency: CurrencyView;
  readonly theme: {
    /** `#rrggbb`. */
    readonly accent: string;
    readonly scheme: 'light' | 'dark' | 'system';
  };
  /** `en-XA` is the pseudo-locale, forty per cent longer. */
  readonly locale: 'en' | 'en-XA';
  readonly reader: {
    /** Which way the pay screen points. */
    readonly side: 'left' | 'right' | 'below';
    readonly location: string | null;
    readonly id: string | null;
    /** The page leads the reader only by the SDK; changes without a reload. */
    readonly integration: ReaderIntegration;
  };
  /** Durations in milliseconds. */
  readonly timings: {
    readonly idleMs: number;
    readonly idleWarningMs: number;
    readonly resultMs: number;
    readonly stillPayingMs: number;
  };
  readonly features: Features;
  readonly closed: ClosedView | null;
  readonly cardPayment: CardPaymentView;
  /** The sale on the screen; null on attract and choose. */
  readonly sale: SaleView | null;
  /** Who identified themselves at the screen; forgotten with the visit. */
  readonly member: MemberView | null;
  /** A card that is being kept without a sale; null otherwise. */
  readonly setup: SetupView | null;
  readonly cards: CardFeatures;
  /** Present only in training mode. */
  readonly training: {
    /** The training reader presents this card by itself; null when a person picks one. */
    readonly autoPresent: string | null;
  } | null;
}
