import { assert } from '../domain/assert.ts';
import type { ConsentId, MemberKey } from '../domain/ids.ts';
import type { CardBook } from '../ports/card-book.ts';
import { CardsTable } from './cards-table.ts';
import { ConsentsTable } from './consents-table.ts';
import { KeepingsTable } from './keepings-table.ts';
import { MembersTable } from './members-table.ts';
import type { OpenDatabase } from './open.ts';
import { SetupsTable } from './setups-table.ts';
import { StoredOwners } from './stored-owners.ts';

/**
 * The card book in the ledger's own file: what it writes joins the ledger's transaction. A card and a setup are refused,
 * by throwing, with a consent that is another member's. A setup that can't be believed, row and journal, throws
 * DamagedRecord when it is asked for by its id, and is left out of the unfinished.
 */
export function sqliteCardBook({ db, transactions }: OpenDatabase): CardBook {
  const members = new MembersTable(db);
  const consents = new ConsentsTable(db);
  const cards = new CardsTable(db);
  const keepings = new KeepingsTable(db);
  const setups = new SetupsTable(db);
  const owners = new StoredOwners(db);

  function atomically(work: () => void): void {
    transactions.run(work);
  }

  function refuseStrange(of: { readonly consentId: ConsentId; readonly memberKey: MemberKey }) {
    const giver = consents.memberOf(of.consentId);
    assert(giver === of.memberKey, 'a card is kept by a consent of its own member');
  }

  return {
    saveMember: (member, nowMs) => atomically(() => members.save(member, nowMs)),
    findMember: (key) => members.find(key),
    searchMembers: (words, limit) => members.search(words, limit),
    memberOfCustomer: (id) => members.ofCustomer(id),

    addConsent: (consent) => atomically(() => consents.add(consent)),
    findConsent: (id) => consents.find(id),
    consentsOf: (key) => consents.of(key),
    linkConsent: (id, link) => atomically(() => consents.link(id, link)),
    revokeConsent: (id, by, nowMs) => atomically(() => consents.end(id, by, nowMs)),
    damagedConsents: () => consents.damaged(),

    saveCard: (card) =>
      atomically(() => {
        refuseStrange(card);
        cards.save(card);
      }),
    findCard: (id) => cards.find(id),
    cardsOf: (key) => cards.of(key),
    cardsWithFingerprint: (fingerprint) => cards.withFingerprint(fingerprint),

    settleKeeping: (from, outcome, nowMs) =>
      atomically(() => {
        owners.refuseStranger(from);
        keepings.settle(from, outcome, nowMs);
      }),
    keepingOf: (from) => keepings.of(from),

    addSetup: (setup, nowMs) =>
      atomically(() => {
        refuseStrange(setup);
        setups.add(setup, nowMs);
      }),
    findSetup: (id) => setups.find(id),
    saveSetupStep: (before, after, event, nowMs) =>
      atomically(() => setups.save(before, after, event, nowMs)),
    unfinishedSetups: () => setups.unfinished(),
  };
}
