import type { MemberDetails } from '../../../main/domain/member.ts';

/** How many members the simulated studio has; so few that the same come again. */
export const membersMax = 5;

/** The studio's members, as staff have put them into the kiosk. */
export const members: readonly MemberDetails[] = Array.from({ length: membersMax }, (_, place) => ({
  memberId: String(1_001 + place),
  name: `Member ${String(place)}`,
  email: place % 2 === 0 ? `member${String(place)}@example.com` : null,
  phone: `+1555010${String(1_000 + place)}`,
}));

export function memberAt(place: number): MemberDetails {
  const member = members[place % membersMax];
  if (member === undefined) throw new Error('the studio has members');
  return member;
}
