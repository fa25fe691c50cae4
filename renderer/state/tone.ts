import type { ScreenName } from './screen.ts';

/** The ground a result stands on; every other screen stands on paper. */
export type Tone = 'paper' | 'approved' | 'declined' | 'finding' | 'staff' | 'canceled';

/** Which ground a screen stands on. */
export function toneOf(screen: ScreenName): Tone {
  switch (screen) {
    case 'approved':
      return 'approved';
    case 'declined':
      return 'declined';
    case 'finding_out':
      return 'finding';
    case 'needs_staff':
      return 'staff';
    case 'canceled':
      return 'canceled';
    case 'closed':
    case 'attract':
    case 'choose':
    case 'review':
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
