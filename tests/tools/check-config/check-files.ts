import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Catalogue } from '../../../main/domain/catalogue.ts';
import { parseCatalogue } from '../../../main/settings/read-catalogue.ts';
import type { ReadOrProblems } from '../../../main/settings/read-json-file.ts';
import { parseMembers } from '../../../main/settings/read-members.ts';
import { parseSettings, type Settings } from '../../../main/settings/read-settings.ts';
import { projectRoot } from '../run-command.ts';
import { checkCredentials } from './check-credentials.ts';
import { type Finding, problemFound } from './finding.ts';

export interface FilesToCheck {
  /** The settings. */
  readonly file: string;
  /** The members a training kiosk begins with. */
  readonly membersFile: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface FilesChecked {
  /** Null when a system may not be asked with them: they can't be read, or their credentials are not in order. */
  readonly settings: Settings | null;
  readonly findings: readonly Finding[];
}

const resourcesDir = path.join(projectRoot, 'resources');

/** Reads the settings, the catalogue and the members as the kiosk would, and tells all that is wrong. Writes nothing. */
export function checkFiles({ file, membersFile, environment }: FilesToCheck): FilesChecked {
  const dataDir = dataDirOf(file, environment);
  const read = parseSettings({
    dataDir,
    resourcesDir,
    environment: { ...environment, FOYER_CONFIG: file },
  });
  const settings = read.kind === 'read' ? read.value : null;
  const catalogueFile = settings?.catalogueFile ?? catalogueNamedIn(file);
  const credentials = settings === null ? [] : checkCredentials(settings, dataDir);
  const findings = [
    ...tell(read, (value) => backEndWords(value, path.basename(file))),
    ...credentials,
    ...tell(parseCatalogue(catalogueFile), (value) => catalogueWords(value, catalogueFile)),
    ...tell(parseMembers(membersFile), (members) => ({
      level: 'fine',
      file: path.basename(membersFile),
      field: null,
      sentence: `${String(members.length)} members; only a kiosk in training mode begins with them.`,
    })),
  ];
  const isInOrder = credentials.every(({ level }) => level !== 'problem');
  return { settings: isInOrder ? settings : null, findings };
}

function tell<Value>(read: ReadOrProblems<Value>, fine: (value: Value) => Finding): Finding[] {
  return read.kind === 'read' ? [fine(read.value)] : read.problems.map(problemFound);
}

/** Where the kiosk of these settings keeps what it remembers. */
function dataDirOf(file: string, environment: FilesToCheck['environment']): string {
  const chosen = environment['FOYER_DATA_DIR'];
  return chosen === undefined || chosen === '' ? path.dirname(path.resolve(file)) : chosen;
}

const naming = z.object({ catalogue: z.string() });

/** The catalogue that settings name which are wrong in other places; else the example. */
function catalogueNamedIn(file: string): string {
  const example = path.join(resourcesDir, 'catalogue.example.json');
  if (!existsSync(file)) return example;
  try {
    const { catalogue } = naming.parse(JSON.parse(readFileSync(file, 'utf8')));
    return path.resolve(path.dirname(file), catalogue);
  } catch {
    return example;
  }
}

function backEndWords({ platform, stripe }: Settings, file: string): Finding {
  const sentence =
    platform !== null
      ? `The back end is ${platform.system} (${platform.mode}) at ${platform.url}.`
      : `The back end is direct Stripe${stripe.secretKey === null ? '; without a key the kiosk trains' : ''}.`;
  return { level: 'fine', file, field: 'backend', sentence };
}

function catalogueWords({ categories, currency }: Catalogue, file: string): Finding {
  const count = categories.reduce((sum, { items }) => sum + items.length, 0);
  const sentence = `${String(count)} things for sale, in ${currency}.`;
  return { level: 'fine', file: path.basename(file), field: null, sentence };
}
