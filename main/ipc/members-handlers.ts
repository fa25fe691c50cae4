import type { MemberChargeAnswer, MemberSheet } from '../../preload/contract/cards.ts';
import { paymentMethodId } from '../domain/ids.ts';
import type { Member } from '../domain/member.ts';
import { codeOf } from '../domain/sale.ts';
import type { Books } from '../ports/books.ts';
import type { CardBook } from '../ports/card-book.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { CardDesk } from '../services/cards/card-desk.ts';
import type { TextHash } from '../services/cards/text-hash.ts';
import { nameOf } from '../services/keeping-answer.ts';
import { behindThePin } from './behind-the-pin.ts';
import { memberRow, memberSheet } from './card-views.ts';
import { done, type Handlers, refused } from './router.ts';
import type { StaffSession } from './staff-session.ts';

export type MembersHandlers = Pick<
  Handlers,
  | 'members:search'
  | 'members:read'
  | 'members:save'
  | 'members:remove-card'
  | 'members:charge'
  | 'members:export-consents'
>;

export interface MembersHandlersOptions {
  readonly session: StaffSession;
  readonly desk: Pick<CardDesk, 'members' | 'consents' | 'charges' | 'features'>;
  readonly ledger: Ledger;
  readonly book: CardBook;
  readonly books: Books;
  readonly clock: Clock;
  readonly hash: TextHash;
  /** Writes one member's consents to a file of its own; returns its path. */
  readonly writeConsents: (text: string, memberId: string) => string;
}

/** How far back a member's charges are shown, in milliseconds, and how many sales are looked through. */
const chargesSinceMs = 90 * 24 * 3_600_000;
const salesMax = 2_000;

/** What staff can do for members, behind their PIN. */
export function membersHandlers(options: MembersHandlersOptions): MembersHandlers {
  const { session, desk, ledger, book, books, clock, hash, writeConsents } = options;
  const { members, consents, charges, features } = desk;
  const unlocked = behindThePin(session);

  const sheet = (member: Member): MemberSheet => {
    const nowMs = clock.nowMs();
    const charged = books
      .salesSince(nowMs - chargesSinceMs, salesMax)
      .filter(({ sale }) => sale.storedCard?.memberKey === member.key);
    return memberSheet(member, { ledger, book, hash, nowMs, charges: charged });
  };

  return {
    'members:search': unlocked<'members:search'>(({ words }) =>
      done(members.search(words).map((member) => memberRow(member, book))),
    ),
    'members:read': unlocked<'members:read'>(({ memberId }) => {
      const member = members.find(memberId);
      return member === null ? refused('not_now') : done(sheet(member));
    }, false),
    'members:save': unlocked<'members:save'>((typed) => {
      const saved = members.save(typed);
      if (saved.kind === 'refused') return done(saved);
      return done({ kind: 'saved', member: memberRow(saved.member, book) });
    }),
    'members:remove-card': unlocked<'members:remove-card'>(({ cardId, by }) => {
      const name = nameOf(by);
      const id = paymentMethodId(cardId);
      const owner = consents.ownerOf(id);
      const member = owner === null ? null : book.findMember(owner);
      if (name === null || member === null) return refused('not_now');
      consents.revoke(id, name);
      return done(sheet(member));
    }),
    'members:charge': unlocked<'members:charge'>(async ({ cardId, ...request }) => {
      if (!features.pay) return refused('not_now');
      const asked = await charges.charge({ ...request, cardId: paymentMethodId(cardId) });
      const answer: MemberChargeAnswer =
        asked.kind === 'refused'
          ? asked
          : { kind: 'asked', saleId: asked.sale.id, code: codeOf(asked.sale) };
      return done(answer);
    }),
    'members:export-consents': unlocked<'members:export-consents'>(({ memberId }) => {
      const member = members.find(memberId);
      const text = member === null ? null : consents.exportOf(member.key);
      if (member === null || text === null) return refused('not_now');
      return done({ file: writeConsents(text, member.memberId) });
    }),
  };
}
