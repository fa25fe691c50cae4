import { describe, expect, it } from 'vitest';
import { type ReadersHandlers, readersHandlers } from '../../main/ipc/readers-handlers.ts';
import { StaffSession } from '../../main/ipc/staff-session.ts';
import type { ReaderKeeping } from '../../main/services/reader-keeping.ts';
import { type CommandName, commandNames } from '../../preload/contract/channels.ts';
import { goodRequests } from '../contract/good-requests.ts';
import { VirtualClock } from '../support/fakes/virtual-clock.ts';
import { FakePin } from './staff-pin-fake.ts';

const behindTheDoor = commandNames.filter((name) => /^(readers|locations):/.test(name));
const pin = '294716';

/** The handlers on a door of their own, with what reaches the keeping of readers written down. */
function desk() {
  const clock = new VirtualClock();
  const session = new StaffSession(new FakePin(pin), clock);
  const reached: { readonly what: string; readonly request: unknown }[] = [];
  const reach =
    (what: string) =>
    (...request: unknown[]): unknown => {
      reached.push({ what, request });
      return { result: 'done', sentence: null };
    };
  const keeping = Object.fromEntries(
    [
      'list',
      'register',
      'rename',
      'deregister',
      'choose',
      'use',
      'check',
      'free',
      'createLocation',
    ].map((what) => [what, reach(what)] as const),
  ) as unknown as ReaderKeeping;
  const handlers = readersHandlers({ session, keeping });
  const ask = (name: CommandName, request: unknown = goodRequests[name]): Promise<unknown> => {
    const handle = handlers[name as keyof ReadersHandlers] as (request: unknown) => unknown;
    return Promise.resolve(handle(request));
  };
  return { clock, session, reached, ask };
}

const locked = { ok: false, error: { code: 'locked', retryable: false } };

describe('while the staff page is locked', () => {
  it.each(behindTheDoor)('%s is refused, and nothing is reached', async (name) => {
    const { ask, reached } = desk();

    expect(await ask(name)).toMatchObject(locked);
    expect(reached).toEqual([]);
  });

  it('these are all that readers have', () => {
    expect(behindTheDoor).toHaveLength(9);
  });
});

describe('once the PIN was given', () => {
  it.each(behindTheDoor)('%s is carried out', async (name) => {
    const { ask, session, reached } = desk();
    await session.unlock(pin);

    expect(await ask(name)).toEqual({ ok: true, value: { result: 'done', sentence: null } });
    expect(reached).toHaveLength(1);
  });

  it('what was typed and chosen arrives whole', async () => {
    const { ask, session, reached } = desk();
    await session.unlock(pin);

    await ask('readers:choose');
    await ask('readers:use');
    await ask('readers:free', { ...goodRequests['readers:free'], paymentIntentId: 'pi_0001' });

    expect(reached).toEqual([
      { what: 'choose', request: [goodRequests['readers:choose']] },
      { what: 'use', request: ['spare', 'Mara'] },
      {
        what: 'free',
        request: [{ ...goodRequests['readers:free'], paymentIntentId: 'pi_0001' }],
      },
    ]);
  });

  it('a spare may be taken away, which names no reader', async () => {
    const { ask, session, reached } = desk();
    await session.unlock(pin);

    await ask('readers:choose', { ...goodRequests['readers:choose'], readerId: null });

    expect(reached).toMatchObject([{ what: 'choose', request: [{ readerId: null }] }]);
  });

  it('the list alone, which the page asks for by itself, keeps no page open', async () => {
    const { ask, clock, session } = desk();
    await session.unlock(pin);
    await clock.advance(100_000);
    await ask('readers:list');
    await clock.advance(30_000);

    expect(await ask('readers:list')).toMatchObject(locked);
  });

  it('a person who checks a reader keeps it open', async () => {
    const { ask, clock, session } = desk();
    await session.unlock(pin);
    await clock.advance(100_000);
    await ask('readers:check');
    await clock.advance(100_000);

    expect(await ask('readers:list')).toMatchObject({ ok: true });
  });
});
