import type { KioskId } from '../../../main/domain/ids.ts';
import type { Abilities } from '../../../main/ports/abilities.ts';
import type { ModelOrders } from '../platforms/model-orders.ts';
import type { SaleRun } from '../plan/sale-run.ts';
import type { ModelReaders } from '../stripe/model-readers.ts';
import type { Actor } from '../stripe/payment-intents.ts';
import type { StripeModel } from '../stripe/stripe-model.ts';
import type { Agenda } from '../time/agenda.ts';
import type { Network } from '../wire/network.ts';
import type { FileView } from './file-view.ts';
import type { ReaderRecord } from './reader-record.ts';
import type { Verdicts } from './verdicts.ts';
import type { WireRecord } from './wire-record.ts';

/** What the checker may look at: the model's ledger, the wire and the file. Never what the kiosk thinks. */
export interface Evidence {
  readonly agenda: Agenda;
  readonly kioskId: KioskId;
  /** Under what the payment system's ledger names this kiosk. */
  readonly actor: Actor;
  readonly stripe: StripeModel;
  /** What the system behind the kiosk declares. */
  readonly abilities: Abilities;
  /** What its platform holds; empty with direct Stripe. */
  readonly orders: ModelOrders;
  readonly network: Network;
  readonly wire: WireRecord;
  readonly verdicts: Verdicts;
  /** The readers themselves, and what the kiosk was shown of them. */
  readonly modelReaders: ModelReaders;
  readonly readers: ReaderRecord;
  /** Its readers are used by others as well. */
  readonly isShared: boolean;
  /** When something last happened to a call, true time. */
  readonly lastFaultMs: () => number;
  /** Null while the file is not there. */
  readonly file: () => FileView | null;
  /** The customer's own memory of the sale. */
  readonly runOf: (saleId: string) => SaleRun | null;
  /** The time as the running kiosk reckons it. */
  readonly kioskNowMs: () => number;
  /** The number of the running boot. */
  readonly boot: () => number;
  /** When staff last asked for a try of everything: then all that waits is due. */
  readonly hurriedAtMs: () => number;
  /** Whether the machine's clock has ever been wrong in this seed. */
  readonly clockWasSet: () => boolean;
}
