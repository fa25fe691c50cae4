import { DamagedSale } from '../domain/damaged-sale.ts';
import {
  type KioskId,
  type PaymentIntentId,
  type ReaderId,
  saleId,
  shortCode,
} from '../domain/ids.ts';
import type { PaymentIntentStatus } from '../domain/payment-intent.ts';
import { codeOf, type Sale } from '../domain/sale.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { PaymentsApi } from '../ports/payments-api.ts';
import type { ReaderBook, ReaderOfSettings } from '../ports/reader-book.ts';
import type { Errand } from '../ports/reader-driver.ts';
import type { ReaderAction, ReaderFacts } from '../ports/readers-api.ts';
import { readerChoice, readerInUse } from './reader-choice.ts';
import type { ErrandSteps } from './errands.ts';
import { objectOf, paymentIntentOf } from './reader-errand.ts';
import { saleOnReader } from './sale-on-reader.ts';
import { underWay } from './server-driven/what-is-on-it.ts';

/** What a reader does, and for whom, by its last action and a read of that action's PaymentIntent. */
export interface ReaderUse {
  readonly what: 'nothing' | 'payment' | 'display' | 'other';
  /** `unknown` also for what is about no PaymentIntent and is not ours: the reader does not say who asked for it. */
  readonly whose: 'nobody' | 'this_kiosk' | 'other_kiosk' | 'unknown';
  readonly paymentIntentId: PaymentIntentId | null;
  /** Of our own sale, as staff and customers see it. */
  readonly code: string | null;
  /** The other kiosk's, where its PaymentIntent names one. */
  readonly kioskId: string | null;
  /** As just read; null when there is no PaymentIntent or it could not be read. */
  readonly paymentIntentStatus: PaymentIntentStatus | null;
}

export interface ReaderUseOptions {
  readonly ledger: Pick<Ledger, 'findSaleOfPaymentIntent' | 'unfinishedSales'>;
  readonly book: Pick<ReaderBook, 'choice'>;
  /** Absent where sales alone ask for cards. */
  readonly errands?: Pick<ErrandSteps, 'asking'>;
  readonly payments: Pick<PaymentsApi, 'read'>;
  readonly kioskId: KioskId;
  readonly readerOfSettings: ReaderOfSettings;
}

export const notInUse: ReaderUse = {
  what: 'nothing',
  whose: 'nobody',
  paymentIntentId: null,
  code: null,
  kioskId: null,
  paymentIntentStatus: null,
};

/**
 * What still stands on the reader; null when nothing does. That is whatever no prompt of ours may replace, and a cart,
 * which stays on the display after it has come there.
 */
export function standingAction(reader: Pick<ReaderFacts, 'action'>): ReaderAction | null {
  const { action } = reader;
  const isCart = action?.kind === 'set_reader_display' && action.status !== 'failed';
  return isCart ? action : underWay(reader);
}

/**
 * Whose PaymentIntent is on the reader: by our own records, and by what its metadata says when just read. A payment of
 * this kiosk by the SDK is told of too, although Stripe shows no action for it.
 */
export async function readerUse(
  reader: Pick<ReaderFacts, 'id' | 'action'>,
  options: ReaderUseOptions,
  signal: AbortSignal,
): Promise<ReaderUse> {
  const action = standingAction(reader);
  if (action === null) {
    const id = saleBySdk(reader.id, options)?.paymentIntent?.id ?? null;
    return id === null ? notInUse : paymentUse(id, options, signal);
  }
  const what = whatOf(action);
  const paymentIntent = paymentIntentOf(action.object);
  if (paymentIntent !== null)
    return { ...(await paymentUse(paymentIntent, options, signal)), what };
  const own = ownErrand(action, options);
  return own === null
    ? { ...notInUse, what, whose: 'unknown' }
    : { ...notInUse, what, whose: 'this_kiosk', code: codeOfErrand(own) };
}

/** The same for a PaymentIntent by itself, whether the reader still has to do with it or not. */
export async function paymentUse(
  id: PaymentIntentId,
  { ledger, payments, kioskId }: ReaderUseOptions,
  signal: AbortSignal,
): Promise<ReaderUse> {
  const answer = await payments.read(id, signal);
  const read = answer.kind === 'done' ? answer.value.paymentIntent : null;
  const known = {
    what: 'payment',
    paymentIntentId: id,
    code: null,
    kioskId: null,
    paymentIntentStatus: read?.status ?? null,
  } as const;
  const sale = ownSale(ledger, id);
  if (sale !== null) return { ...known, whose: 'this_kiosk', code: codeOf(sale) };
  if (read === null) return { ...known, whose: 'unknown' };
  if (read.kioskId === kioskId) {
    return { ...known, whose: 'this_kiosk', code: codeIn(read.saleId) };
  }
  return { ...known, whose: 'other_kiosk', kioskId: read.kioskId };
}

/** Our sale of the PaymentIntent; null without one that can be believed. */
export function ownSale(
  ledger: Pick<Ledger, 'findSaleOfPaymentIntent'>,
  id: PaymentIntentId,
): Sale | null {
  try {
    return ledger.findSaleOfPaymentIntent(id);
  } catch (error) {
    if (!(error instanceof DamagedSale)) throw error;
    return null;
  }
}

/** Our setup or refund that this action is for, while a card is asked for; null for anything else. */
export function ownErrand(
  { object }: Pick<ReaderAction, 'object'>,
  { errands }: Pick<ReaderUseOptions, 'errands'>,
): Errand | null {
  if (object === null || errands === undefined) return null;
  return errands.asking().find((errand) => objectOf(errand) === object) ?? null;
}

/** Our sale that the page takes a payment for on this reader, by the SDK. */
export function saleBySdk(
  id: ReaderId,
  { ledger, book, readerOfSettings }: ReaderUseOptions,
): Sale | null {
  const { readerId, integration } = readerInUse(readerChoice(book, readerOfSettings));
  if (integration !== 'sdk' || (readerId !== null && readerId !== id)) return null;
  const sale = saleOnReader(ledger);
  return sale?.attempt?.serverDriven === undefined ? sale : null;
}

function whatOf({ kind }: ReaderAction): ReaderUse['what'] {
  switch (kind) {
    case 'process_payment_intent':
    case 'collect_payment_method':
    case 'confirm_payment_intent':
      return 'payment';
    case 'set_reader_display':
      return 'display';
    case 'process_setup_intent':
    case 'refund_payment':
    case 'other':
      return 'other';
  }
}

/** A refund has the code of its sale; a setup has none. */
function codeOfErrand(errand: Errand): string | null {
  return errand.kind === 'refund' ? shortCode(errand.refund.saleId) : null;
}

/** The code of a sale whose record is lost: its id stands in the PaymentIntent's metadata. */
function codeIn(sale: string | null): string | null {
  try {
    return sale === null ? null : shortCode(saleId(sale));
  } catch {
    return null;
  }
}
