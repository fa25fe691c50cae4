import type { CustomerId, MemberKey } from './ids.ts';

/** A member of the studio, as this kiosk knows them: a cache of what Stripe's Customer says. */
export interface Member {
  readonly key: MemberKey;
  /** The studio's own number for them; `metadata.member` at Stripe. 1 to 64 characters. */
  readonly memberId: string;
  readonly name: string;
  readonly email: string | null;
  /** Digits, with a leading + where it was given. */
  readonly phone: string | null;
  /** Null until their Customer was found or made. */
  readonly customerId: CustomerId | null;
  /** Grows when a look has shown that no Customer was made under the key before; part of that key (P2). */
  readonly customerOrdinal: number;
}

export type MemberDetails = Pick<Member, 'memberId' | 'name' | 'email' | 'phone'>;

/** Refuses, by saying why, what is no member's number: empty, too long, or with characters nobody can type. */
export function memberIdProblem(text: string): string | null {
  if (text.length === 0 || text.length > 64) return 'A member number has 1 to 64 characters.';
  return /^[\p{L}\p{N}][\p{L}\p{N} ._/-]*$/u.test(text)
    ? null
    : 'A member number has letters, digits, spaces and . _ / - only.';
}

/** True when these are the last four digits of the member's phone. Never, for a member without one. */
export function knowsPhone(member: Pick<Member, 'phone'>, lastFour: string): boolean {
  const digits = (member.phone ?? '').replaceAll(/\D/g, '');
  return /^\d{4}$/.test(lastFour) && digits.length >= 7 && digits.endsWith(lastFour);
}
