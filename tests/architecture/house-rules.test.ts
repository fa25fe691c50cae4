import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** What git knows and what it would take, so that a file is checked before it is committed. */
function ourFiles(): readonly string[] {
  const listed = execFileSync(
    'git',
    [
      'ls-files',
      '--cached',
      '--others',
      '--exclude-standard',
      'main',
      'preload',
      'renderer',
      'tests',
    ],
    { cwd: root, encoding: 'utf8' },
  );
  return listed
    .split('\n')
    .filter((file) => /\.(ts|svelte|cjs|js|css|html)$/.test(file))
    .filter((file) => existsSync(path.join(root, file)));
}

const files = ourFiles();
const thisFile = 'tests/architecture/house-rules.test.ts';
const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const isProduct = (file: string): boolean => !file.startsWith('tests/');

/** Files with a line that matches, as `file:line`, so that the message says where. */
function linesWith(pattern: RegExp, among: readonly string[]): readonly string[] {
  return among
    .filter((file) => file !== thisFile)
    .flatMap((file) =>
      textOf(file)
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : [])),
    );
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

describe('the house', () => {
  it('has its files where this test looks', () => {
    expect(files).toContain('main/kiosk.ts');
    expect(files).toContain('renderer/App.svelte');
    expect(files.length).toBeGreaterThan(150);
  });

  it('has no product file longer than 400 lines', () => {
    const long = files.filter(isProduct).filter((file) => textOf(file).split('\n').length > 400);

    expect(long).toEqual([]);
  });

  it('keeps the median product file between 15 and 80 lines', () => {
    const lengths = files
      .filter((file) => isProduct(file) && /\.(ts|svelte)$/.test(file))
      .map((file) => textOf(file).split('\n').length - 1)
      .sort((left, right) => left - right);
    const median = lengths[Math.floor(lengths.length / 2)];

    expect(median).toBeGreaterThanOrEqual(15);
    expect(median).toBeLessThanOrEqual(80);
  });

  it('names every file after the one thing in it', () => {
    const vague = files.filter((file) =>
      /(^|[-/])(utils?|helpers?|common|misc|manager)\.(ts|svelte)$|\/(types|index)\.ts$/.test(file),
    );
    const entries = ['main/index.ts', 'preload/index.ts'];

    expect(vague.filter((file) => !entries.includes(file))).toEqual([]);
  });

  it('writes names in kebab-case, and components in PascalCase', () => {
    const odd = files.filter((file) => {
      const name = path.basename(file);
      if (name.endsWith('.svelte')) return !/^[A-Z][A-Za-z0-9]*\.svelte$/.test(name);
      return !/^[a-z0-9]+(-[a-z0-9]+)*(\.(svelte|test|spec|config|d))*\.[a-z]+$/.test(name);
    });

    expect(odd.filter((file) => path.basename(file) !== 'App.svelte')).toEqual([]);
  });

  it('has no enum and no namespace: Node runs our files as they are', () => {
    expect(
      linesWith(/^\s*(export\s+)?(declare\s+)?(const\s+)?(enum|namespace)\s+\w/, files),
    ).toEqual([]);
  });

  it('exports by name only', () => {
    const byDefault = linesWith(/^export default/, files.filter(isProduct)).filter(
      (place) => !/config\.(ts|js):/.test(place),
    );

    expect(byDefault).toEqual([]);
  });

  it('leaves nothing to be done in a comment', () => {
    expect(linesWith(/\b(TODO|FIXME|XXX|HACK)\b/, files)).toEqual([]);
  });

  it('names no folder of the machine it was written on', () => {
    const homes = /['"`(\s](\/home\/[a-z]|\/root\/|\/Users\/[a-z]|[A-Z]:\\+Users)/;
    const naming = files.filter((file) => file !== thisFile && textOf(file).includes(root));

    expect(naming).toEqual([]);
    expect(linesWith(homes, files)).toEqual([]);
  });

  it('silences no rule without saying why', () => {
    expect(linesWith(/eslint-disable(?!.* -- \S)|@ts-ignore|@ts-nocheck/, files)).toEqual([]);
  });

  it('has no whole live key anywhere', () => {
    expect(linesWith(/\b(sk|rk)_live_[0-9A-Za-z]{16,}/, files)).toEqual([]);
  });
});

describe('what is built', () => {
  const dist = path.join(root, 'dist');

  it.runIf(existsSync(dist))('holds no key, token or client secret', () => {
    const secret =
      /\b(sk|rk)_(live|test)_[0-9A-Za-z]{16,}|\bpst_(live|test)_[0-9A-Za-z]{16,}|_secret_[0-9A-Za-z]{16,}|\bwhsec_[0-9A-Za-z]{16,}/;
    const leaking = filesUnder(dist).filter((file) => secret.test(readFileSync(file, 'latin1')));

    expect(leaking).toEqual([]);
  });

  it.runIf(existsSync(path.join(dist, 'renderer')))(
    'keeps the parser and the payment client out of the page',
    () => {
      const page = filesUnder(path.join(dist, 'renderer')).filter((file) => file.endsWith('.js'));
      const heavy = page.filter((file) =>
        /ZodError|StripeInvalidRequestError/.test(readFileSync(file, 'utf8')),
      );

      expect(heavy).toEqual([]);
    },
  );
});
