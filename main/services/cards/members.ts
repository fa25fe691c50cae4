import { type Member, type MemberDetails, memberIdProblem } from '../../domain/member.ts';
import type { CardBook } from '../../ports/card-book.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger.ts';
import { memberKeyOf, newMember } from './new-member.ts';
import type { TextHash } from './text-hash.ts';

const nameMax = 120;
const emailMax = 254;

export interface MembersOptions {
  readonly ledger: Ledger;
  readonly book: CardBook;
  readonly clock: Clock;
  readonly hash: TextHash;
  /** False where the system behind this kiosk has no Customers to tell. */
  readonly hasCustomers: boolean;
  readonly onEnqueued: () => void;
}

export type MemberSaved =
  | { readonly kind: 'saved'; readonly member: Member }
  | {
      readonly kind: 'refused';
      readonly field: 'memberId' | 'name' | 'email' | 'phone';
      readonly sentence: string;
    };

/** The studio's members, as staff keep them. */
export class Members {
  readonly #options: MembersOptions;

  constructor(options: MembersOptions) {
    this.#options = options;
  }

  find(memberId: string): Member | null {
    return this.#options.book.findMember(memberKeyOf(memberId.trim(), this.#options.hash));
  }

  search(words: string): readonly Member[] {
    return this.#options.book.searchMembers(words.trim(), 50);
  }

  /** Adds the member with this number, or changes them. On return they are on disk, and Stripe is told by the outbox. */
  save(typed: MemberDetails): MemberSaved {
    const details = tidied(typed);
    const problem = problemOf(details);
    if (problem !== null) return { kind: 'refused', ...problem };
    const { ledger, book, clock, hash, hasCustomers, onEnqueued } = this.#options;
    const member = ledger.atomically(() => {
      const before = book.findMember(memberKeyOf(details.memberId, hash));
      const after = before === null ? newMember(details, hash) : { ...before, ...details };
      const nowMs = clock.nowMs();
      book.saveMember(after, nowMs);
      if (hasCustomers) {
        const ordinal = ledger.lastOrdinal(after.key, 'customer.update') + 1;
        ledger.enqueue(after.key, { kind: 'customer.update', ordinal, afterMs: 0 }, nowMs);
      }
      return after;
    });
    onEnqueued();
    return { kind: 'saved', member };
  }

  /** Puts these members into a file that has none of them. Stripe is told of each when it is first needed. */
  addSamples(samples: readonly MemberDetails[]): void {
    const { ledger, book, clock, hash } = this.#options;
    ledger.atomically(() => {
      for (const sample of samples) {
        const member = newMember(sample, hash);
        if (book.findMember(member.key) === null) book.saveMember(member, clock.nowMs());
      }
    });
  }
}

function tidied({ memberId, name, email, phone }: MemberDetails): MemberDetails {
  return {
    memberId: memberId.trim(),
    name: name.trim().replaceAll(/\s+/g, ' '),
    email: blankToNull(email),
    phone: blankToNull(phone)?.replaceAll(/[\s().-]/g, '') ?? null,
  };
}

function blankToNull(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

function problemOf({
  memberId,
  name,
  email,
  phone,
}: MemberDetails): Omit<Extract<MemberSaved, { kind: 'refused' }>, 'kind'> | null {
  const idProblem = memberIdProblem(memberId);
  if (idProblem !== null) return { field: 'memberId', sentence: idProblem };
  if (name === '') return { field: 'name', sentence: 'Give the member’s name.' };
  if (name.length > nameMax) {
    return { field: 'name', sentence: `A name has at most ${nameMax} characters.` };
  }
  if (email !== null && !isAddress(email)) {
    return {
      field: 'email',
      sentence: 'This is not an e-mail address, such as “mia@example.com”.',
    };
  }
  // Seven digits at least, so that four of them do not give the whole away.
  if (phone !== null && !/^\+?\d{7,20}$/.test(phone)) {
    return { field: 'phone', sentence: 'A phone number has 7 to 20 digits, and may begin with +.' };
  }
  return null;
}

function isAddress(text: string): boolean {
  return text.length <= emailMax && /^[^\s@<>(),;:"\\]+@[^\s@<>(),;:"\\]+\.[^\s@.<>]+$/.test(text);
}
