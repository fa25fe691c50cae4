import type { SetupView } from '../../preload/contract/cards.ts';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import type { SaleView } from '../../preload/contract/sale.ts';
import type { ErrandScreen } from './errand.svelte.ts';

/** Everything a customer can stand in front of. */
export type ScreenName =
  | 'closed'
  | 'attract'
  | 'choose'
  | 'order_code'
  | 'review'
  | 'starting'
  | 'present'
  | 'confirm'
  | 'declined'
  | 'charging'
  | 'pending'
  | 'finishing'
  | 'approved'
  | 'receipt'
  | 'email'
  | 'finding_out'
  | 'canceling'
  | 'canceled'
  | 'needs_staff'
  | ErrandScreen
  | 'setup'
  | 'setup_declined'
  | 'setup_kept'
  | 'setup_not_kept'
  | 'setup_canceled';

/** What only the page knows of where the customer is. */
export interface Place {
  readonly browsing: 'attract' | 'choose';
  readonly afterPaying: 'approved' | 'receipt' | 'email';
  /** The sale the customer went back from, until main has let go of it. */
  readonly leftSaleId: string | null;
  /** The code of a platform's order is asked for. */
  readonly asksOrder: boolean;
  /** Where a member is with cards on file; null when nowhere. */
  readonly errand: ErrandScreen | null;
}

function presentingScreen(sale: SaleView): ScreenName {
  switch (sale.stage) {
    case 'card_read':
      return 'confirm';
    case 'declined':
      return 'declined';
    case 'waking_reader':
    case 'awaiting_card':
    case 'still_paying':
    case null:
      return 'present';
  }
}

/** A card on file that is charged: nobody is asked for anything, and no reader is drawn. */
function chargingScreen(sale: SaleView): ScreenName | null {
  if (sale.storedCard === null) return null;
  if (sale.state !== 'creating' && sale.state !== 'authorizing') return null;
  return sale.storedCard.pending ? 'pending' : 'charging';
}

function saleScreen(sale: SaleView, place: Place): ScreenName {
  const charging = chargingScreen(sale);
  if (charging !== null) return charging;
  switch (sale.state) {
    case 'open':
      return 'review';
    case 'creating':
      return 'starting';
    case 'presenting':
      return presentingScreen(sale);
    case 'authorizing':
      return 'present';
    case 'authorized':
    case 'capturing':
      return 'finishing';
    case 'paid':
      return place.afterPaying;
    case 'finding_out':
      return 'finding_out';
    case 'canceling':
      return 'canceling';
    case 'canceled':
      return 'canceled';
    case 'expired':
    case 'needs_staff':
      return 'needs_staff';
  }
}

function setupScreen(setup: SetupView): ScreenName {
  switch (setup.state) {
    case 'creating':
    case 'confirming':
    case 'saving':
    case 'canceling':
      return 'setup';
    case 'presenting':
      return setup.stage === 'declined' ? 'setup_declined' : 'setup';
    case 'kept':
      return 'setup_kept';
    case 'not_kept':
      return 'setup_not_kept';
    case 'canceled':
      return 'setup_canceled';
  }
}

/**
 * The one screen for a snapshot. A kiosk that closes while money is in motion, or while a card is
 * at the reader, still shows that to its end. What a member does with cards on file lies over a
 * sale that has not started paying, and over one that is paid; an order's code is asked for before.
 */
export function screenOf(snapshot: Snapshot, place: Place): ScreenName {
  const { sale, closed, setup } = snapshot;
  const isStill = sale === null || sale.state === 'open' || sale.state === 'paid';
  if (isStill && setup !== null) return setupScreen(setup);
  if (closed !== null && (sale === null || sale.state === 'open')) return 'closed';
  if (isStill && place.errand !== null) return place.errand;
  if (place.asksOrder && (sale === null || sale.state === 'open')) return 'order_code';
  if (sale === null) return place.browsing;
  if (sale.id === place.leftSaleId && sale.state === 'canceled') return place.browsing;
  return saleScreen(sale, place);
}

const order: readonly ScreenName[] = [
  'closed',
  'attract',
  'choose',
  'order_code',
  'review',
  'member_number',
  'member_phone',
  'my_cards',
  'pay_with',
  'remove_card',
  'whose_order',
  'postal_code',
  'consent',
  'setup',
  'setup_declined',
  'setup_canceled',
  'setup_not_kept',
  'setup_kept',
  'charging',
  'pending',
  'starting',
  'present',
  'declined',
  'confirm',
  'finishing',
  'finding_out',
  'needs_staff',
  'canceling',
  'canceled',
  'approved',
  'receipt',
  'email',
];

/** How a screen arrives: on from the former one, back from it, or in its very place. */
export type Direction = 'forward' | 'back' | 'stay';

const payingScreens = new Set<ScreenName>([
  'charging',
  'starting',
  'present',
  'confirm',
  'finishing',
  'canceling',
]);

/** Forward moves forward, back moves back; the screens around the drawn reader share its place. */
export function direction(from: ScreenName, to: ScreenName): Direction {
  if (payingScreens.has(from) && payingScreens.has(to)) return 'stay';
  return order.indexOf(to) >= order.indexOf(from) ? 'forward' : 'back';
}
