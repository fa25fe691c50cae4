import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings, type Settings } from '../../main/settings/read-settings.ts';
import { SettingsProblem } from '../../main/settings/settings-problem.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();

interface Given {
  readonly file?: unknown;
  readonly environment?: Record<string, string>;
}

function settings({ file, environment = {} }: Given): Settings {
  const dataDir = tempFolder();
  if (file !== undefined) {
    const text = typeof file === 'string' ? file : JSON.stringify(file);
    writeFileSync(path.join(dataDir, 'foyer.json'), text);
  }
  return readSettings({ dataDir, resourcesDir: '/resources', environment });
}

function problemOf(given: Given): SettingsProblem {
  try {
    settings(given);
  } catch (error) {
    if (error instanceof SettingsProblem) return error;
    throw error;
  }
  throw new Error('the settings were taken');
}

describe('settings', () => {
  it('let the window lead the reader and hold the money first, unless they say otherwise', () => {
    expect(settings({}).stripe).toMatchObject({ integration: 'sdk', captureMethod: 'manual' });
    const file = { stripe: { integration: 'server_driven', captureMethod: 'automatic' } };
    expect(settings({ file }).stripe).toMatchObject(file.stripe);
    const environment = { FOYER_STRIPE_INTEGRATION: 'server_driven' };
    expect(settings({ environment }).stripe.integration).toBe('server_driven');
  });

  it('are all in the example, and each is understood', () => {
    const example = readFileSync(path.resolve('resources', 'foyer.example.json'), 'utf8');
    const read = settings({ file: example.replaceAll('…', 'x') });
    expect(read).toMatchObject({
      studioName: 'Linden Yoga',
      cards: { keep: true, waiting: { each: 5_000, total: 50_000, hours: 24 } },
      refunds: { askPin: true },
      mail: { host: 'smtp.example.com', port: 587 },
    });
  });

  it('need no file: the kiosk then trains with the example catalogue', () => {
    expect(settings({})).toMatchObject({
      catalogueFile: path.join('/resources', 'catalogue.example.json'),
      stripe: { secretKey: null, apiBase: null },
    });
  });

  it('of the environment win over those of the file', () => {
    const read = settings({
      file: { theme: { accent: '#000000' }, stripe: { secretKey: 'sk_test_file' } },
      environment: { FOYER_ACCENT: '#ffffff', FOYER_STRIPE_SECRET_KEY: 'sk_test_env' },
    });

    expect(read.theme.accent).toBe('#ffffff');
    expect(read.stripe.secretKey).toEqual({ value: 'sk_test_env', from: 'environment' });
  });

  it('take an empty variable for one that is not set', () => {
    expect(settings({ environment: { FOYER_STRIPE_SECRET_KEY: '' } }).stripe.secretKey).toBeNull();
  });

  it('find the catalogue beside the settings file', () => {
    const read = settings({ file: { catalogue: 'menu.json' } });

    expect(read.catalogueFile).toBe(path.join(path.dirname(read.file), 'menu.json'));
  });
});

describe('settings that are refused', () => {
  it.each([
    ['{ oops', null, 'not valid JSON'],
    [{ studio: { name: '' } }, 'studio.name', 'must not be empty'],
    [{ theme: { accent: 'green' } }, 'theme.accent', '#1f6f5c'],
    [{ locale: 'fr' }, 'locale', 'must be "en"'],
    [{ stripe: { apiBase: 'stripe.example' } }, 'stripe.apiBase', 'must be an address'],
    [{ stripe: { apiBase: 'http://x.example/v1' } }, 'stripe.apiBase', 'must have no path'],
    [{ stripe: { location: 'here' } }, 'stripe.location', 'tml_'],
    [{ askBeforeCharging: 'yes' }, 'askBeforeCharging', 'true or false'],
    [{ readerside: 'left' }, 'readerside', 'mend its spelling'],
  ])('%j names the file, the field and the fix', (file, field, fix) => {
    const problem = problemOf({ file });

    expect(problem).toMatchObject({ kind: 'settings', file: 'foyer.json', field });
    expect(problem.message).toContain('foyer.json');
    expect(problem.message).toContain(fix);
  });

  it.each([
    ['FOYER_STRIPE_API_BASE', 'stripe'],
    ['FOYER_ACCENT', 'green'],
    ['FOYER_THEME', 'pink'],
    ['FOYER_TRAINING_CARD', 'a card!'],
  ])('in the environment name the variable %s', (name, value) => {
    const problem = problemOf({ environment: { [name]: value } });

    expect(problem).toMatchObject({ kind: 'settings', file: null, field: name });
    expect(problem.message).toContain(name);
  });

  it('say that the file they were pointed to is not there', () => {
    const missing = path.join(tempFolder(), 'kiosk-7.json');
    const problem = problemOf({ environment: { FOYER_CONFIG: missing } });

    expect(problem).toMatchObject({ file: 'kiosk-7.json' });
    expect(problem.message).toContain('was not found');
  });
});
