import type { ScreenName } from './screen.ts';

/** The ground a result stands on; every other screen stands on paper. */
export type Tone = 'paper' | 'approved' | 'declined' | 'finding' | 'staff' | 'canceled';

/** Which ground a screen stands on. */
export function toneOf(screen: ScreenName): Tone {
  switch (screen) {
    case 'approved':
    case 'setup_kept':
      return 'approved';
    case 'declined':
    case 'setup_declined':
      return 'declined';
    case 'finding_out':
    case 'pending':
      return 'finding';
    case 'needs_staff':
      return 'staff';
    case 'canceled':
    case 'setup_canceled':
    case 'setup_not_kept':
      return 'canceled';
    case 'closed':
    case 'attract':
    case 'choose':
    case 'order_code':
    case 'review':
    case 'whose_order':
    case 'postal_code':
    case 'member_number':
    case 'member_phone':
    case 'consent':
    case 'my_cards':
    case 'remove_card':
    case 'pay_with':
    case 'setup':
    case 'charging':
    case 'starting':
    case 'present':
    case 'confirm':
    case 'finishing':
    case 'receipt':
    case 'email':
    case 'canceling':
      return 'paper';
  }
}
