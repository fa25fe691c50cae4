import type { Snapshot } from '../../preload/contract/kiosk.ts';

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
