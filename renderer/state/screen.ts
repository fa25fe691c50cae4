import type { Snapshot } from '../../preload/contract/kiosk.ts';
import type { SaleView } from '../../preload/contract/sale.ts';

/** Everything a customer can stand in front of. */
export type ScreenName =
  | 'closed'
  | 'attract'
  | 'choose'
  | 'review'
  | 'starting'
  | 'present'
  | 'confirm'
  | 'declined'
  | 'finishing'
  | 'approved'
  | 'receipt'
  | 'email'
  | 'finding_out'
  | 'canceling'
  | 'canceled'
  | 'needs_staff';

/** What only the page knows of where the customer is. */
export interface Place {
  readonly browsing: 'attract' | 'choose';
  readonly afterPaying: 'approved' | 'receipt' | 'email';
  /** The sale the customer went back from, until main has let go of it. */
  readonly leftSaleId: string | null;
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

function saleScreen(sale: SaleView, place: Place): ScreenName {
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

/**
 * The one screen for a snapshot. A kiosk that closes while money is in motion still shows that
 * sale to its end; only a sale that has not started paying gives way.
 */
export function screenOf(snapshot: Snapshot, place: Place): ScreenName {
  const { sale, closed } = snapshot;
  if (closed !== null && (sale === null || sale.state === 'open')) return 'closed';
  if (sale === null) return place.browsing;
  if (sale.id === place.leftSaleId && sale.state === 'canceled') return place.browsing;
  return saleScreen(sale, place);
}

const order: readonly ScreenName[] = [
  'closed',
  'attract',
  'choose',
  'review',
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
