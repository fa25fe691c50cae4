import type { MemberRow, StaffCardView } from '../../../preload/contract/cards.ts';
import type { ChargeDraft } from './charge-draft.svelte.ts';

/** Something about members that staff are about to ask for. Nothing was asked of main yet. */
export type MemberDraft =
  /** Null adds one. */
  | { readonly kind: 'save'; readonly member: MemberRow | null }
  | { readonly kind: 'remove'; readonly card: StaffCardView; readonly member: MemberRow }
  | { readonly kind: 'charge'; readonly charge: ChargeDraft; readonly member: MemberRow };

/** The fields of a member that main may find fault with, and those of a form. */
export type MemberField = 'memberId' | 'name' | 'email' | 'phone' | 'by' | 'why';
