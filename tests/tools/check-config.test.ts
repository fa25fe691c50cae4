import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { marianaSeed, portalAccount } from '../platforms/start-platform.ts';
import { openPlatformBench } from '../platforms/platform-bench.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { askSystems } from './check-config/ask-systems.ts';
import { checkFiles, type FilesChecked } from './check-config/check-files.ts';
import type { Finding } from './check-config/finding.ts';
import { projectRoot, run } from './run-command.ts';

const tempFolder = tempFolders();
const resource = (name: string): string => path.join(projectRoot, 'resources', name);
const membersFile = resource('members.example.json');

function written(content: object): string {
  const file = path.join(tempFolder(), 'foyer.json');
  writeFileSync(
    file,
    JSON.stringify({ catalogue: resource('catalogue.example.json'), ...content }),
  );
  return file;
}

function checked(
  content: object,
  environment: Readonly<Record<string, string>> = {},
): FilesChecked {
  return checkFiles({ file: written(content), membersFile, environment });
}

/** The fields to mend, in the order in which they are told. */
function toMend({ findings }: FilesChecked): (string | null)[] {
  return findings.filter(({ level }) => level === 'problem').map(({ field }) => field);
}

async function asked(content: object): Promise<readonly Finding[]> {
  const { settings } = checked(content);
  if (settings === null) throw new Error('These settings are not in order.');
  return askSystems(settings);
}

const levels = (findings: readonly Finding[]): string[] =>
  findings.map(({ field, level }) => `${field ?? ''} ${level}`);

describe('a configuration', () => {
  it('is told all that is wrong with it, each by its own field', () => {
    const result = checked({
      studio: { name: '' },
      readerside: 'left',
      backend: { system: 'portal', url: 'ftp://x', mode: 'prod', token: ' padded' },
      mail: { host: 'smtp.example.com', port: 99_999, from: 'nobody' },
    });

    expect(new Set(toMend(result))).toEqual(
      new Set([
        'studio.name',
        'readerside',
        'backend.url',
        'backend.mode',
        'backend.token',
        'backend.accountId',
        'mail.port',
        'mail.from',
      ]),
    );
    expect(toMend(result)).toHaveLength(8);
    expect(result.settings).toBeNull();
  });

  it('is told of its catalogue even where it is wrong itself', () => {
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'menu.json'), '{"currency":"xxx","categories":[]}');
    const file = path.join(folder, 'foyer.json');
    writeFileSync(file, '{"catalogue":"menu.json","locale":"fr"}');

    const result = checkFiles({ file, membersFile, environment: {} });

    expect(toMend(result)).toEqual(['locale', 'currency', 'categories']);
  });

  it('is told of the environment’s mistakes together with its own', () => {
    const result = checked({ locale: 'fr' }, { FOYER_READER_SIDE: 'up', FOYER_THEME: 'pink' });
    expect(new Set(toMend(result))).toEqual(
      new Set(['FOYER_READER_SIDE', 'FOYER_THEME', 'locale']),
    );
  });

  it('is told of a list of members that is wrong', () => {
    const members = path.join(tempFolder(), 'members.json');
    writeFileSync(members, '[{"memberId":"","name":""}]');
    const result = checkFiles({ file: written({}), membersFile: members, environment: {} });
    expect(toMend(result)).toEqual(['[0].memberId', '[0].name']);
  });

  it('is told of every credential that is missing or out of place', () => {
    const url = 'http://studio.example.com';
    const portal = { system: 'portal', url, mode: 'live', accountId: 'account_1' };
    expect(toMend(checked({ backend: portal }))).toEqual([
      'backend.url',
      'backend.token',
      'stripe.secretKey',
    ]);
    const mariana = { system: 'mariana-tek', url, mode: 'test', token: 't', location: '1' };
    const stripe = { secretKey: 'sk_test_abc', integration: 'server_driven' };
    expect(toMend(checked({ backend: mariana, stripe }))).toEqual([
      'stripe.secretKey',
      'stripe.integration',
    ]);
  });

  it('is warned of a full key where a restricted one would do', () => {
    const { findings } = checked({ stripe: { secretKey: 'sk_test_abc' } });
    expect(findings).toContainEqual(
      expect.objectContaining({ level: 'warning', field: 'stripe.secretKey' }),
    );
  });

  it('stays as it is, with its live key and its token', () => {
    const url = 'https://studio.example.com';
    const backend = { system: 'portal', url, mode: 'live', accountId: 'a', token: 'the-token' };
    const file = written({ backend, stripe: { secretKey: 'rk_live_51companion' } });
    const before = readFileSync(file, 'utf8');

    const result = checkFiles({ file, membersFile, environment: {} });

    expect(toMend(result)).toEqual([]);
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(JSON.stringify(result.findings)).not.toMatch(/the-token|51companion/);
  });
});

describe('asked of the system itself', () => {
  it('Mariana Tek knows its token, its mode and its location', async () => {
    await using bench = await openPlatformBench('mariana-tek');
    const { url, token } = bench.platform;
    const common = { system: 'mariana-tek', url, mode: 'test', location: marianaSeed.locationId };

    expect(levels(await asked({ backend: { ...common, token } }))).toEqual([
      'backend.token fine',
      'backend.location fine',
    ]);
    expect(levels(await asked({ backend: { ...common, token: 'old' } }))).toEqual([
      'backend.token problem',
    ]);
    expect(levels(await asked({ backend: { ...common, token, mode: 'live' } }))).toEqual([
      'backend.mode problem',
    ]);
    // Its list of readers is asked for by POST, and changes nothing all the same.
    const paths = new Set(bench.platform.received.map(({ path: called }) => called));
    expect([...paths]).toEqual([
      '/api/stripe/v1/configuration/',
      '/api/stripe/v1/terminal_readers/',
    ]);
  });

  it('Commerce Layer and the key beside it are each told of', async () => {
    await using bench = await openPlatformBench('commerce-layer');
    const { url, token } = bench.platform;
    const stripe = { secretKey: bench.stripe.secretKey, apiBase: bench.stripe.url };
    const common = { system: 'commerce-layer', url, mode: 'test' };

    expect(levels(await asked({ backend: { ...common, token }, stripe }))).toEqual([
      'backend.token fine',
      'stripe.secretKey fine',
      'stripe.secretKey fine',
    ]);
    const wrong = { ...stripe, secretKey: 'rk_test_another' };
    expect(levels(await asked({ backend: { ...common, token: 'old' }, stripe: wrong }))).toEqual([
      'backend.token problem',
      'stripe.secretKey problem',
    ]);
  });

  it('a portal is only connected to: no call of its changes nothing', async () => {
    await using bench = await openPlatformBench('portal');
    const { url, token } = bench.platform;
    const stripe = { secretKey: bench.stripe.secretKey, apiBase: bench.stripe.url };
    const common = { system: 'portal', mode: 'test', accountId: portalAccount, token };

    expect(levels(await asked({ backend: { ...common, url }, stripe }))[0]).toBe(
      'backend.url fine',
    );
    expect(bench.platform.received).toEqual([]);
    await bench.platform.close();
    const gone = await asked({ backend: { ...common, url }, stripe });
    expect(levels(gone)[0]).toBe('backend.url problem');
  });

  it('an address of something else is told apart from one where nobody is', async () => {
    await using bench = await openPlatformBench('mariana-tek');
    const { url, token } = bench.platform;
    const backend = { system: 'mariana-tek', url, mode: 'test', location: '123', token };
    bench.platform.faults.next({ kind: 'html' }, { on: 'configuration' });
    const [page] = await asked({ backend });
    expect(page?.sentence).toContain('not as it should');
    const [nobody] = await asked({ backend: { ...backend, url: 'http://127.0.0.1:1' } });
    expect(nobody?.sentence).toContain('does not answer');
  });
});

describe('the command', () => {
  const command = path.join('tests', 'tools', 'check-config.ts');

  it('ends with 0, 1 or 2, and with --json prints one object', async () => {
    const good = await run('node', [command, written({}), '--json']);
    expect(JSON.parse(good.output)).toMatchObject({ ok: true, problems: 0, asked: false });
    const bad = await run('node', [command, written({ locale: 'fr' }), '--online']);
    expect(bad.output).toContain('foyer.json, locale: must be "en".');
    const unsaid = await run('node', [command]);
    expect([good.code, bad.code, unsaid.code]).toEqual([0, 1, 2]);
  });
});
