import type { Snapshot } from '../preload/contract/kiosk.ts';
import type { Catalogue } from './domain/catalogue.ts';
import { type ReaderId, readerId } from './domain/ids.ts';
import type { FixedPart } from './ipc/snapshots.ts';
import type { Backend } from './open-backend.ts';
import type { Abilities } from './ports/abilities.ts';
import type { ReaderChoice, ReaderOfSettings } from './ports/reader-book.ts';
import { readerInUse } from './services/reader-choice.ts';
import type { Settings } from './settings/read-settings.ts';
import { SettingsProblem } from './settings/settings-problem.ts';

/** What of every snapshot is fixed when the kiosk opens. */
export function screenSetup(
  settings: Settings,
  backend: Backend,
  catalogue: Catalogue | null,
): FixedPart {
  return {
    mode: backend.mode,
    studio: { name: settings.studioName },
    currency: catalogue?.currency ?? 'usd',
    theme: settings.theme,
    locale: settings.locale,
    readerSide: settings.readerSide,
    features: featuresOf(backend.abilities),
    training: backend.studio === null ? null : { autoPresent: settings.trainingCard },
  };
}

/** What of the system's abilities the screens go by. */
export function featuresOf(abilities: Abilities): Snapshot['features'] {
  const { system, order, accountBalance, receiptEmail, refunds, list, readers } = abilities;
  return {
    system,
    orders: order === 'required',
    accountBalance,
    receiptEmail,
    refunds,
    sweep: list,
    readers,
    readerConnects: abilities.connectionToken === 'with_order' ? 'with_order' : 'at_start',
  };
}

/** Where the page finds the reader in use, and whether it leads it: it does where main can lead none. */
export function readerPlace(
  { reader, readers }: Pick<Backend, 'reader' | 'readers'>,
  choice: ReaderChoice,
  ofOrder: string | null = null,
): Omit<Snapshot['reader'], 'side'> {
  const { readerId: id, integration } = readerInUse(choice);
  return {
    location: ofOrder ?? reader.location,
    id,
    integration: readers === null ? 'sdk' : integration,
  };
}

/**
 * What the settings say of the reader. Without its id it is the only one there is, which the SDK alone can find, until
 * staff have chosen. Refuses, by SettingsProblem, what is no reader's id.
 */
export function readerOfSettings(
  { reader }: Pick<Backend, 'reader'>,
  { stripe }: Pick<Settings, 'stripe'>,
): ReaderOfSettings {
  const id = idOf(reader.id);
  return { readerId: id, integration: id === null ? 'sdk' : stripe.integration };
}

function idOf(text: string | null): ReaderId | null {
  if (text === null) return null;
  try {
    return readerId(text);
  } catch {
    throw new SettingsProblem(
      'settings',
      { file: null, field: 'stripe.reader' },
      'The reader in the settings is not the id of one, such as "tmr_…". Correct it, or leave it out.',
    );
  }
}
