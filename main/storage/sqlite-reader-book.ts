import type { ReaderBook } from '../ports/reader-book.ts';
import type { OpenDatabase } from './open.ts';
import { ReaderChoicesTable } from './reader-choices-table.ts';
import { ReaderPromptsTable } from './reader-prompts-table.ts';
import { StoredOwners } from './stored-owners.ts';

/**
 * The reader book in the ledger's own file: what it writes joins the ledger's transaction. `saveChoice` refuses, by
 * throwing, one reader as both main and spare, and a spare in use that was not chosen.
 */
export function sqliteReaderBook({ db, transactions }: OpenDatabase): ReaderBook {
  const choices = new ReaderChoicesTable(db);
  const prompts = new ReaderPromptsTable(db, new StoredOwners(db));
  return {
    choice: () => choices.read(),
    saveChoice: (choice, by, nowMs) => transactions.run(() => choices.save(choice, by, nowMs)),
    openPrompt: (prompt, nowMs) => transactions.run(() => prompts.add(prompt, nowMs)),
    endPrompt: (id, outcome, nowMs) => transactions.run(() => prompts.end(id, outcome, nowMs)),
    openPrompts: () => prompts.open(),
  };
}
