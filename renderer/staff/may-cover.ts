import type { Snapshot } from '../../preload/contract/kiosk.ts';
import type { ScreenName } from '../state/screen.ts';

const doors: readonly ScreenName[] = ['attract', 'closed', 'finding_out', 'needs_staff'];

/** True where the customer's screen shows the way to the staff page. */
export function hasStaffDoor(screen: ScreenName): boolean {
  return doors.includes(screen);
}

/**
 * Whether the staff page may go on standing before the customer's screen. A sale between confirm
 * and result is never covered, but for the one that staff came for.
 */
export function mayCover({ sale, closed }: Snapshot, cameFor: string | null): boolean {
  if (sale === null || sale.id === cameFor) return true;
  switch (sale.state) {
    case 'finding_out':
    case 'needs_staff':
    case 'expired':
      return true;
    case 'open':
      return closed !== null;
    case 'creating':
    case 'presenting':
    case 'authorizing':
    case 'authorized':
    case 'capturing':
    case 'canceling':
    case 'paid':
    case 'canceled':
      return false;
  }
}
