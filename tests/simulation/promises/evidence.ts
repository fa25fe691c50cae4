import type { KioskId } from '../../../main/domain/ids.ts';
import type { SaleRun } from '../plan/sale-run.ts';
import type { StripeModel } from '../stripe/stripe-model.ts';
import type { Agenda } from '../time/agenda.ts';
import type { Network } from '../wire/network.ts';
import type { FileView } from './file-view.ts';
import type { Verdicts } from './verdicts.ts';
import type { WireRecord } from './wire-record.ts';

/** What the checker may look at: the model's ledger, the wire and the file. Never what the kiosk thinks. */
export interface Evidence {
  readonly agenda: Agenda;
  readonly kioskId: KioskId;
  readonly stripe: StripeModel;
  readonly network: Network;
  readonly wire: WireRecord;
  readonly verdicts: Verdicts;
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
