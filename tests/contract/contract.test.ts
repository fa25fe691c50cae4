import { afterEach, describe, expect, it } from 'vitest';
import type { Kiosk } from '../../main/kiosk.ts';
import { commandNames, eventNames } from '../../preload/contract/channels.ts';
import { requestSchemas } from '../../preload/contract/contract.ts';
import { openTrainingKiosk } from '../support/fakes/open-kiosk.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { goodRequests } from './good-requests.ts';

const tempFolder = tempFolders();
let kiosk: Kiosk | null = null;

afterEach(async () => {
  await kiosk?.close();
  kiosk = null;
});

async function open(spoil: 'nothing' | 'catalogue' | 'settings'): Promise<Kiosk> {
  ({ kiosk } = await openTrainingKiosk(tempFolder(), spoil));
  return kiosk;
}

describe('the contract', () => {
  it('has a form for every command, and none for what is no command', () => {
    expect(Object.keys(requestSchemas).sort()).toEqual([...commandNames].sort());
  });

  it('names every command once, as noun:verb, and every event in the past tense', () => {
    expect(new Set(commandNames).size).toBe(commandNames.length);
    for (const name of commandNames) expect(name).toMatch(/^[a-z]+(-[a-z]+)*:[a-z]+(-[a-z]+)*$/);
    for (const name of eventNames) expect(name).toMatch(/^[a-z]+:([a-z]+ed)$/);
  });

  it('shows the mission’s channels by name', () => {
    expect(commandNames).toContain('connection-token:create');
    expect(commandNames).toContain('payment:capture');
  });

  it.each([...commandNames])('refuses an unknown key in %s', (name) => {
    expect(requestSchemas[name].safeParse(goodRequests[name]).success).toBe(true);
    expect(requestSchemas[name].safeParse({ ...goodRequests[name], extra: 1 }).success).toBe(false);
  });
});

describe('every command has a handler', () => {
  it.each(['nothing', 'catalogue', 'settings'] as const)(
    'in a kiosk with %s spoilt: each answer is an envelope, and none a fault of ours',
    async (spoil) => {
      const { ask } = await open(spoil);

      for (const name of commandNames) {
        // The page's simulated reader may be asked for something it can't do; that is its own affair.
        if (name === 'training:call') continue;
        const answer = await ask(name, goodRequests[name]);
        if (answer.ok) continue;
        expect(answer.error.messageKey, name).toBe(answer.error.code);
        expect(['not_now', 'locked', 'closed', 'bad_request', 'unavailable'], name).toContain(
          answer.error.code,
        );
      }
    },
  );

  it.each(['catalogue', 'settings'] as const)(
    'of a kiosk closed by its %s sells nothing and says why',
    async (spoil) => {
      const { ask } = await open(spoil);
      const selling = commandNames.filter((name) => /^(sale|payment|reader|receipt):/.test(name));

      for (const name of selling) {
        expect(await ask(name, goodRequests[name]), name).toMatchObject({
          ok: false,
          error: { code: 'closed', retryable: false },
        });
      }
      expect(await ask('kiosk:attach', {})).toMatchObject({
        ok: true,
        value: { closed: { kind: spoil }, sale: null },
      });
    },
  );
});
