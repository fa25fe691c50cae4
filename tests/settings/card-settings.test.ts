import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMembers } from '../../main/settings/read-members.ts';
import { readSettings, type Settings } from '../../main/settings/read-settings.ts';
import { SettingsProblem } from '../../main/settings/settings-problem.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
const resources = path.join(import.meta.dirname, '../../resources');

function cardSettings(cards?: unknown): Settings['cards'] {
  const dataDir = tempFolder();
  if (cards !== undefined) {
    writeFileSync(path.join(dataDir, 'foyer.json'), JSON.stringify({ cards }));
  }
  return readSettings({ dataDir, resourcesDir: resources, environment: {} }).cards;
}

function problemOf(what: () => unknown): SettingsProblem {
  try {
    what();
  } catch (error) {
    if (error instanceof SettingsProblem) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe('cards on file', () => {
  it('are kept, and no charge waits for the network, unless the studio says otherwise', () => {
    expect(cardSettings()).toEqual({ keep: true, waiting: null });
    const waiting = { each: 5_000, total: 20_000, hours: 24 };
    expect(cardSettings({ keep: false, waiting })).toEqual({ keep: false, waiting });
  });

  it.each([
    [{ keep: 'yes' }, 'cards.keep', 'true or false'],
    [{ waiting: { each: 50.5, total: 100, hours: 1 } }, 'cards.waiting.each', 'minor units'],
    [{ waiting: { each: 0, total: 100, hours: 1 } }, 'cards.waiting.each', 'minor units'],
    [{ waiting: { each: 200, total: 100, hours: 1 } }, 'cards.waiting.each', 'cards.waiting.total'],
    [{ waiting: { each: 50, total: 100, hours: 169 } }, 'cards.waiting.hours', '1 to 168'],
    [{ waiting: { each: 50, total: 100 } }, 'cards.waiting.hours', '1 to 168'],
  ])('%j names the field and the fix', (cards, field, fix) => {
    const problem = problemOf(() => cardSettings(cards));

    expect(problem).toMatchObject({ kind: 'settings', file: 'foyer.json', field });
    expect(problem.message).toContain(fix);
  });
});

describe('the members of a training kiosk', () => {
  it('are three who are nobody', () => {
    const members = readMembers(path.join(resources, 'members.example.json'));

    expect(members).toHaveLength(3);
    expect(new Set(members.map(({ memberId }) => memberId)).size).toBe(3);
    // No area has the code 555, so these numbers are nobody's.
    for (const { phone } of members) expect(phone).toMatch(/^\+155501\d{5}$/);
    for (const { email } of members) expect(email ?? '@example.com').toMatch(/@example\.com$/);
  });

  it('with a number nobody can type are refused, naming the field', () => {
    const file = path.join(tempFolder(), 'members.json');
    writeFileSync(file, JSON.stringify([{ memberId: '<1>', name: 'Robin' }]));

    expect(problemOf(() => readMembers(file))).toMatchObject({ field: '[0].memberId' });
  });
});
