import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Backend } from './open-backend.ts';
import type { Records } from './open-records.ts';
import type { CardStore } from './ports/card-store.ts';
import type { IdSource } from './ports/id-source.ts';
import type { Mailer } from './ports/mailer.ts';
import type { BesideSalesOptions } from './services/beside-sales.ts';
import type { Members } from './services/cards/members.ts';
import type { TextHash } from './services/cards/text-hash.ts';
import { approvalByPin } from './settings/approval-by-pin.ts';
import { readMembers } from './settings/read-members.ts';
import type { Settings } from './settings/read-settings.ts';
import type { StaffPin } from './settings/staff-pin.ts';

export const sha256: TextHash = (text) => createHash('sha256').update(text).digest('hex');

/** What the desk keeps cards and gives money back with. */
export function besideSales(parts: {
  readonly settings: Settings;
  readonly records: Pick<Records, 'cards' | 'refunds'>;
  readonly backend: Pick<Backend, 'cards' | 'refunds'> & {
    /** Where the system has customers of its own. */
    readonly cardStore?: CardStore | null;
  };
  readonly mailer: Mailer | null;
  readonly ids: IdSource;
  readonly pin: StaffPin;
}): BesideSalesOptions {
  const { settings, records, backend, mailer, ids, pin } = parts;
  return {
    cards: {
      book: records.cards,
      api: backend.cards,
      store: backend.cardStore ?? null,
      mailer,
      ids,
      hash: sha256,
      merchant: settings.studioName,
      settings: settings.cards,
    },
    refunds: { book: records.refunds, api: backend.refunds },
    approval: approvalByPin(pin, settings.refunds.askPin),
  };
}

/** Training begins with a few members who are nobody, so that there is somebody to keep a card for. */
export function addSampleMembers(members: Members, resourcesDir: string): void {
  members.addSamples(readMembers(path.join(resourcesDir, 'members.example.json')));
}
