import type Stripe from 'stripe';

import { changedMetadata, type MetadataChange } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';
import { find } from '../moves/find.ts';
import { readerState } from './reader-phases.ts';

/** What a client may change of a reader; a label of null goes back to the one it began with. */
export interface ReaderChange {
  readonly label: string | null | undefined;
  readonly metadata: MetadataChange | undefined;
}

/** Changes a reader's label and metadata. */
export function updateReader(
  ledger: Ledger,
  id: string,
  { label, metadata }: ReaderChange,
): Stripe.Terminal.Reader {
  const reader = find(ledger.readers, 'reader', id);
  const first = readerState(ledger, id).registrationCode ?? reader.serial_number;
  return ledger.readers.replace({
    ...reader,
    label: label === undefined ? reader.label : (label ?? first),
    metadata: changedMetadata(reader.metadata, metadata),
  });
}
