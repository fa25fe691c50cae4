import type { Approval } from '../ports/approval.ts';
import type { StaffPin } from './staff-pin.ts';

/**
 * The staff PIN as the second look at money that is given back. A wrong try counts as one at the staff page's door
 * does, with the same lock-out. With `askPin` false whoever asks is enough.
 */
export function approvalByPin(pin: Pick<StaffPin, 'check'>, askPin: boolean): Approval {
  return {
    async ask({ by, proof }) {
      if (!askPin) return { kind: 'approved', by };
      if (proof === null || proof === '') return { kind: 'refused', why: 'proof_wanted' };
      const checked = await pin.check(proof);
      switch (checked.kind) {
        case 'right':
          return { kind: 'approved', by: 'staff PIN' };
        case 'locked_out':
          return { kind: 'refused', why: 'locked_out' };
        // Without a PIN, or with a file that can't be read, nobody can prove anything.
        case 'wrong':
        case 'not_set':
        case 'unusable':
          return { kind: 'refused', why: 'proof_wrong' };
      }
    },
  };
}
