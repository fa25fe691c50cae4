import type { CardOnFile, KeepOutcome } from '../domain/card-on-file.ts';
import type { CardSetup } from '../domain/card-setup.ts';
import type { SetupEvent } from '../domain/card-setup-transition.ts';
import type { Consent, ConsentLink } from '../domain/consent.ts';
import type {
  ConsentId,
  CustomerId,
  MemberKey,
  PaymentMethodId,
  SaleId,
  SetupId,
} from '../domain/ids.ts';
import type { Member } from '../domain/member.ts';

/** What a card is kept for: the sale that was paid with it, or a setup. */
export type SavedFrom = SaleId | SetupId;

/**
 * Members, their consents and their cards. Lies in the ledger's file: its writes join a transaction of
 * `Ledger.atomically`, and are durable on return. A row that is not what was written is never believed: it counts as
 * not there, and is looked for at Stripe again (consents alone can't be: their damage is told).
 */
export interface CardBook {
  /** Adds the member, or takes over the new details of one that is there; never a lower `customerOrdinal`. */
  saveMember(member: Member, nowMs: number): void;
  findMember(key: MemberKey): Member | null;
  /** By number, name, e-mail or phone, as typed by staff; everybody where nothing is typed; at most `limit`. */
  searchMembers(words: string, limit: number): readonly Member[];
  memberOfCustomer(id: CustomerId): Member | null;

  /** Refuses, by throwing, a consent whose member is not stored. */
  addConsent(consent: Consent): void;
  findConsent(id: ConsentId): Consent | null;
  /** Oldest first; every one that was ever given. */
  consentsOf(key: MemberKey): readonly Consent[];
  /** Refuses, by throwing, one that is linked already to another card. */
  linkConsent(id: ConsentId, link: ConsentLink): void;
  /** Revoking twice keeps the first. */
  revokeConsent(id: ConsentId, by: string, nowMs: number): void;
  /** How many rows of consents are not what was written. */
  damagedConsents(): number;

  /** Adds the card or takes over what changed of it. Refuses, by throwing, a card of another member. */
  saveCard(card: CardOnFile): void;
  findCard(id: PaymentMethodId): CardOnFile | null;
  /** Newest first, removed ones too. */
  cardsOf(key: MemberKey): readonly CardOnFile[];
  /** Cards that may be used, of whichever member, with this fingerprint. */
  cardsWithFingerprint(fingerprint: string): readonly CardOnFile[];

  /** What became of the wish to keep a card; null while it is not known. Settling twice keeps the first. */
  settleKeeping(from: SavedFrom, outcome: KeepOutcome, nowMs: number): void;
  keepingOf(from: SavedFrom): KeepOutcome | null;

  addSetup(setup: CardSetup, nowMs: number): void;
  findSetup(id: SetupId): CardSetup | null;
  /** Stores the step with its event. Refuses, by throwing, a setup that moved meanwhile. */
  saveSetupStep(before: CardSetup, after: CardSetup, event: SetupEvent, nowMs: number): void;
  unfinishedSetups(): readonly CardSetup[];
}
