import { type LedgerCards, ledgerCards } from './ledger-cards.ts';
import type { FiledFacts, KioskFile } from './kiosk-file.ts';
import type { Shown } from './messages.ts';
import type { LoggedRequest } from './request-log.ts';
import { otherTill, type World } from './world.ts';

/** Stripe's side of one PaymentIntent, as its own ledger has it. */
export interface LedgerPayment {
  readonly id: string;
  /** `metadata.sale`; empty when it names none. */
  readonly sale: string;
  readonly status: string;
  readonly amountReceived: number;
  readonly currency: string;
  /** Cards the bank said yes to. */
  readonly approvals: number;
  readonly captures: number;
  readonly hasReceiptAddress: boolean;
}

/** All that is known after a run, none of it from the kiosk's own mouth but `shown`. */
export interface Evidence {
  readonly payments: readonly LedgerPayment[];
  readonly requests: readonly LoggedRequest[];
  /** What became of the PaymentIntents of another till: their statuses. */
  readonly others: readonly string[];
  /** What is under way on the readers. */
  readonly prompts: readonly { readonly reader: string; readonly object: string }[];
  /** Customers, cards and refunds, as Stripe's own ledger has them. */
  readonly cards: LedgerCards;
  readonly file: FiledFacts;
  /** What the screens said, in order, over all lives of the kiosk. */
  readonly shown: readonly Shown[];
  /** Names of files that held a secret, at the kill or at the end. */
  readonly leaks: readonly string[];
  /** What kept the run from its end: it did not open, it did not drain, it threw. */
  readonly mishaps: readonly string[];
}

export function promptsOn({ readers }: Ledger): Evidence['prompts'] {
  return [...readers.oldestFirst()].flatMap(({ id, action }) => {
    if (action?.status !== 'in_progress') return [];
    const { process_payment_intent, collect_payment_method, confirm_payment_intent } = action;
    const payment = process_payment_intent ?? collect_payment_method ?? confirm_payment_intent;
    const { process_setup_intent: setup, refund_payment: refund } = action;
    const object = payment?.payment_intent ?? setup?.setup_intent ?? refund?.charge;
    return typeof object === 'string' ? [{ reader: id, object }] : [];
  });
}

export function ledgerPayments({ paymentIntents, charges, events }: Ledger): LedgerPayment[] {
  const captured: readonly string[] = [...events.oldestFirst()].flatMap((event) =>
    event.type === 'charge.captured' ? [event.data.object.id] : [],
  );
  const ours = [...paymentIntents.oldestFirst()].filter(
    ({ metadata }) => metadata[otherTill] === undefined,
  );
  return ours.map((intent) => {
    const its = [...charges.oldestFirst()].filter(
      ({ payment_intent }) => payment_intent === intent.id,
    );
    return {
      id: intent.id,
      sale: intent.metadata['sale'] ?? '',
      status: intent.status,
      amountReceived: intent.amount_received,
      currency: intent.currency,
      approvals: its.filter(({ status }) => status === 'succeeded').length,
      captures: its.flatMap(({ id }) => captured.filter((one) => one === id)).length,
      hasReceiptAddress: its.some(({ receipt_email }) => receipt_email !== null),
    };
  });
}

type Ledger = World['stripe']['model']['ledger'];

export function gather(options: {
  readonly world: World;
  readonly file: KioskFile;
  readonly shown: readonly Shown[];
  readonly leaks: readonly string[];
  readonly mishaps: readonly string[];
}): Evidence {
  const { world, file, shown, leaks, mishaps } = options;
  const { ledger } = world.stripe.model;
  return {
    payments: ledgerPayments(ledger),
    others: [...ledger.paymentIntents.oldestFirst()]
      .filter(({ metadata }) => metadata[otherTill] !== undefined)
      .map(({ status }) => status),
    prompts: promptsOn(ledger),
    cards: ledgerCards(ledger),
    requests: world.front.log,
    file: file.facts(),
    shown,
    leaks,
    mishaps,
  };
}
