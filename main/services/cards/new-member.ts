import { type MemberKey, memberKey } from '../../domain/ids.ts';
import type { Member, MemberDetails } from '../../domain/member.ts';
import type { TextHash } from './text-hash.ts';

/**
 * The key of the member with this number: the same on every kiosk of the studio, so that two kiosks that meet a member
 * at the same moment ask Stripe under one idempotency key.
 */
export function memberKeyOf(memberId: string, hash: TextHash): MemberKey {
  return memberKey(`member_${hash(memberId).slice(0, 32)}`);
}

/** A member nobody has asked Stripe about. */
export function newMember(details: MemberDetails, hash: TextHash): Member {
  const { memberId, name, email, phone } = details;
  const key = memberKeyOf(memberId, hash);
  return { key, memberId, name, email, phone, customerId: null, customerOrdinal: 1 };
}
