import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { logEntries } from './log/log-entries.ts';
import { storedWords } from './log/stored-words.ts';
import { withoutPersons } from './log/without-persons.ts';
import type { Settings } from './settings/read-settings.ts';
import { orUnreadable, type SupportLine } from './support-line.ts';
import { databaseParts } from './support-rows.ts';

export interface SupportSources {
  /** The bundle is put into its folder `support`. */
  readonly dataDir: string;
  readonly logFolder: string;
  /** Of the app, of Node, and of Electron where it is there. SQLite tells its own. */
  readonly versions: Readonly<Record<string, string>>;
  /** Null when they could not be read. */
  readonly settings: Settings | null;
  readonly databaseFile: string;
}

/**
 * Writes `support/foyer-support-<date>.jsonl.gz` and returns its path: versions, settings, log, and what the database
 * holds of unfinished sales, one JSON object a line, without secrets, names, e-mail addresses and what was bought. A
 * source that can't be read is told of in its place. Rejects when the bundle itself can't be written; then it is not there.
 */
export async function writeSupportBundle(sources: SupportSources, nowMs: number): Promise<string> {
  const folder = path.join(sources.dataDir, 'support');
  await mkdir(folder, { recursive: true });
  const date = new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '');
  const file = path.join(folder, `foyer-support-${date}.jsonl.gz`);
  const draft = `${file}.new`;
  try {
    const written = createWriteStream(draft, { mode: 0o600, flush: true });
    await pipeline(Readable.from(textOf(sources, nowMs)), createGzip(), written);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  return file;
}

/** Many lines at a time: compressing each by itself would take a minute for a full log. */
async function* textOf(sources: SupportSources, nowMs: number): AsyncGenerator<string> {
  let text = '';
  for await (const line of allParts(sources, nowMs)) {
    text += `${JSON.stringify(line)}\n`;
    if (text.length < 64 * 1024) continue;
    yield text;
    text = '';
  }
  yield text;
}

async function* allParts(sources: SupportSources, nowMs: number): AsyncGenerator<SupportLine> {
  yield* orUnreadable('bundle', () => [
    {
      part: 'bundle',
      at: new Date(nowMs).toISOString(),
      platform: `${process.platform} ${process.arch}`,
      versions: Object.fromEntries(
        Object.entries(sources.versions).map(([name, text]) => [name, withoutPersons(text)]),
      ),
    },
  ]);
  yield* orUnreadable('settings', () => [{ part: 'settings', ...summaryOf(sources.settings) }]);
  yield* orUnreadable('database', () => databaseParts(sources.databaseFile));
  yield* orUnreadable('log', async function* () {
    for await (const entries of logEntries(sources.logFolder)) {
      for (const entry of entries) yield { part: 'log', ...entry };
    }
  });
}

/** Choices and shapes, by an allow-list: no key, no address, and nothing a person has written. */
function summaryOf(settings: Settings | null): Readonly<Record<string, unknown>> {
  if (settings === null) return { unreadable: 'the kiosk could not read them' };
  const { stripe, theme } = settings;
  const summary = {
    scheme: theme.scheme,
    readerSide: settings.readerSide,
    askBeforeCharging: settings.askBeforeCharging,
    fullScreen: settings.fullScreen,
    trainingCard: settings.trainingCard,
    location: stripe.location,
    reader: stripe.reader,
    secretKey: stripe.secretKey === null ? null : kindOfKey(stripe.secretKey.value),
    secretKeyFrom: stripe.secretKey?.from ?? null,
    fileHoldsLiveKey: stripe.fileHoldsLiveKey,
    api: stripe.apiBase === null ? 'stripe' : 'another',
  };
  const names = new Set(Object.keys(summary));
  return { settings: storedWords(summary, { names, json: new Set() }) };
}

function kindOfKey(key: string): string {
  return /^(?:sk|rk)_(?:live|test)(?=_)/.exec(key)?.[0] ?? 'unknown';
}
