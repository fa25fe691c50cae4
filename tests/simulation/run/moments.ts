import { type KioskId, kioskId, saleId } from '../../../main/domain/ids.ts';
import type { Disk } from '../kiosk/disk.ts';
import { ProcessGone } from '../kiosk/kiosk-process.ts';
import type { CardStaff } from '../people/card-staff.ts';
import type { Staff } from '../people/staff.ts';
import type { MomentFault } from '../plan/fault.ts';
import type { SaleRun } from '../plan/sale-run.ts';
import type { ModelIntent } from '../stripe/payment-intents.ts';
import type { Refunds } from '../stripe/refunds.ts';
import type { StripeModel } from '../stripe/stripe-model.ts';
import type { WallClock } from '../time/kiosk-clock.ts';
import type { Network } from '../wire/network.ts';
import { happenToCards } from './card-moments.ts';
import { happenToReader, type ReaderMomentParts } from './reader-moments.ts';

export interface MomentParts extends ReaderMomentParts {
  readonly cardStaff: CardStaff;
  readonly kioskId: KioskId;
  readonly isSettledByPlatform: boolean;
  readonly wall: WallClock;
  readonly disk: Disk;
  readonly network: Network;
  readonly staff: Staff;
  readonly onHappened: (kind: string, run: SaleRun) => void;
  /** Staff are about to ask for a try of everything that waits. */
  readonly onHurried: (run: SaleRun) => void;
  /** Every sale on the disk is gone. */
  readonly onLost: () => void;
  /** What was stored after the copy was made is gone. */
  readonly onRestored: () => void;
  readonly onDamaged: (id: string) => void;
}

const otherKiosk = kioskId('kiosk_0mi1kqbas00other00000002');

/** Lets what is tied to a moment of a sale happen. */
export function happen(parts: MomentParts, fault: MomentFault, run: SaleRun): void {
  const { machine, network, agenda, wall, stripe } = parts;
  const tell = (detail = ''): void => {
    parts.onHappened(detail === '' ? fault.kind : `${fault.kind}_${detail}`, run);
  };
  switch (fault.kind) {
    case 'page_reloaded':
      if (!machine.isUp) return;
      tell();
      machine.page?.reload();
      machine.desk?.checkout?.windowLoaded();
      return;
    case 'network_off':
    case 'stripe_down':
    case 'key_denied':
      tell(fault.forMs > 86_400_000 ? 'for_days' : '');
      network.begin(fault.kind, fault.forMs);
      return;
    case 'captures_limited':
      tell();
      network.begin(fault.kind, fault.forMs);
      agenda.after(fault.hurryAfterMs, () => {
        if (!machine.isUp) return;
        parts.onHurried(run);
        machine.desk?.hurry();
      });
      return;
    case 'disk_full':
      tell();
      machine.fill(true);
      agenda.after(fault.forMs, () => {
        machine.fill(false);
      });
      return;
    case 'clock_set':
      tell(fault.byMs > 0 ? 'forward' : 'back');
      wall.aheadMs += fault.byMs;
      return;
    case 'closed_cleanly':
      if (!machine.isUp) return;
      tell();
      machine.close(fault.downMs);
      return;
    case 'killed':
      if (!machine.isUp) return;
      tell(fault.downMs > 2 * 86_400_000 ? 'for_days' : '');
      machine.kill(fault.downMs);
      return;
    case 'row_damaged':
      if (!machine.isUp) return;
      machine.kill(fault.downMs);
      agenda.after(Math.floor(fault.downMs / 2), () => {
        const damaged = parts.disk.damageRow(fault.place);
        if (damaged === null) return;
        tell();
        parts.onDamaged(damaged);
      });
      return;
    case 'database_lost':
      if (!machine.isUp) return;
      machine.kill(fault.downMs);
      agenda.after(Math.floor(fault.downMs / 2), () => {
        tell();
        parts.disk.lose();
        parts.onLost();
      });
      return;
    case 'backup_restored':
      if (!machine.isUp) return;
      machine.kill(fault.downMs);
      agenda.after(Math.floor(fault.downMs / 2), () => {
        tell();
        parts.disk.restore();
        parts.onRestored();
      });
      return;
    case 'dashboard': {
      // Nothing of ours stands in the metadata of what a platform charges by itself.
      if (parts.isSettledByPlatform && fault.does === 'gives_away') return;
      const intent = intentOf(parts, run);
      if (intent === null || !onDashboard(stripe, intent, fault.does)) return;
      tell(fault.does);
      return;
    }
    case 'other_kiosk':
      tell(fault.status);
      otherPays(stripe, fault.status, run);
      return;
    case 'events_late':
      tell();
      stripe.events.troubles.lateMs = fault.byMs;
      agenda.after(fault.forMs, () => {
        stripe.events.troubles.lateMs = 0;
      });
      return;
    case 'events_twice':
      tell();
      stripe.events.troubles.twice = true;
      agenda.after(fault.forMs, () => {
        stripe.events.troubles.twice = false;
      });
      return;
    case 'events_shuffled':
      tell();
      stripe.events.troubles.shuffled = true;
      agenda.after(fault.forMs, () => {
        stripe.events.troubles.shuffled = false;
      });
      return;
    case 'tender':
      if (run.id === null || !machine.isUp) return;
      tell(parts.staff.takeTender(saleId(run.id), fault.tender) ? 'recorded' : 'refused');
      return;
    case 'reader_offline':
    case 'reader_updates':
    case 'reader_in_use':
    case 'reader_events':
    case 'reader_freed':
      happenToReader(parts, fault, tell);
      return;
    case 'card_revoked':
    case 'keeping_withdrawn':
    case 'card_charged':
    case 'refund_asked':
    case 'hold_voided':
      if (machine.isUp) happenToCards(parts.cardStaff, fault, run, tell);
      return;
    case 'day_closed':
      if (!machine.isUp) return;
      void parts.staff.closeDay().then(
        (isClosed) => {
          tell(isClosed ? 'accepted' : 'refused');
        },
        (error: unknown) => {
          if (!(error instanceof ProcessGone)) throw error;
        },
      );
  }
}

function intentOf({ stripe, kioskId: ours }: MomentParts, run: SaleRun): ModelIntent | null {
  for (const intent of stripe.intents.all.values()) {
    if (intent.saleId === run.id && intent.kioskId === ours) return intent;
  }
  return null;
}

/** False when Stripe refuses it. */
function onDashboard(
  { intents, refunds }: StripeModel,
  intent: ModelIntent,
  does: Extract<MomentFault, { kind: 'dashboard' }>['does'],
): boolean {
  switch (does) {
    case 'captures':
      return intents.capture(intent, intent.amount, 'dashboard') === null;
    case 'captures_part':
      return intents.capture(intent, Math.floor(intent.amount / 2), 'dashboard') === null;
    case 'cancels':
      return intents.cancel(intent, 'dashboard') === null;
    case 'refunds':
      return gaveBack(refunds, intent);
    case 'gives_away':
      intents.giveAway(intent, otherKiosk, 'dashboard');
      return true;
    case 'changes_amount':
      return intents.changeAmount(intent, intent.amount + 100, 'dashboard') === null;
  }
}

/** All that is left, by somebody else. */
function gaveBack(refunds: Refunds, intent: ModelIntent): boolean {
  const amount = intent.amountReceived - intent.amountRefunded;
  if (amount <= 0) return false;
  const wanted = { intent, amount, refundId: null, kioskId: null };
  return refunds.create(wanted, 'succeeds', 'dashboard').status === 200;
}

/** `claims_sale`: a kiosk set up from a copy of this one's disk uses the same ids. */
function otherPays(
  { intents }: StripeModel,
  status: Extract<MomentFault, { kind: 'other_kiosk' }>['status'],
  { id }: SaleRun,
): void {
  const saleId = status === 'claims_sale' ? id : null;
  const wanted = { amount: 4_200, currency: 'usd', saleId, orderHash: null };
  const intent = intents.create({ ...wanted, kioskId: otherKiosk }, 'other_kiosk');
  if (status === 'open') return;
  intents.confirm(intent, { kind: 'approved' }, 'other_kiosk');
  if (status === 'captured') intents.capture(intent, intent.amount, 'other_kiosk');
}
