import { describe, expect, it } from 'vitest';
import { KioskState } from '../../../renderer/state/kiosk.svelte.ts';
import { evening } from '../support/catalogues.ts';
import { FakeBridge } from '../support/fake-bridge.ts';
import { FakeTimers } from '../support/fake-timers.ts';
import { aSnapshot } from '../support/snapshots.ts';

function mirrored(revision: number): { main: FakeBridge; kiosk: KioskState; timers: FakeTimers } {
  const main = new FakeBridge(aSnapshot({ revision }), evening);
  const timers = new FakeTimers();
  return { main, timers, kiosk: new KioskState(main.bridge, timers, () => undefined) };
}

describe('the mirror of main', () => {
  it('shows nothing before main has answered', () => {
    expect(mirrored(1).kiosk.snapshot).toBeNull();
  });

  it('drops a snapshot that is older than the one shown', async () => {
    const { kiosk } = mirrored(7);
    await kiosk.attach();

    kiosk.accept(aSnapshot({ revision: 6, studio: { name: 'Yesterday' } }));

    expect(kiosk.snapshot?.studio.name).toBe('Lumen Yoga');
  });

  it('takes a newer one over', async () => {
    const { kiosk, main } = mirrored(7);
    await kiosk.attach();

    main.tell(aSnapshot({ studio: { name: 'Renamed' } }));

    expect(kiosk.snapshot?.studio.name).toBe('Renamed');
  });

  it('keeps a change that overtook the answer to its own question', async () => {
    const { kiosk, main } = mirrored(7);
    const attached = kiosk.attach();
    kiosk.accept(aSnapshot({ revision: 9, studio: { name: 'Newest' } }));

    const first = await attached;

    expect(main.snapshot.revision).toBe(7);
    expect(first.studio.name).toBe('Newest');
  });

  it('asks again while main is still starting', async () => {
    const { kiosk, main, timers } = mirrored(1);
    main.refused.add('kiosk:attach');
    const attached = kiosk.attach();
    await Promise.resolve();
    await Promise.resolve();
    main.refused.clear();
    while (kiosk.snapshot === null) {
      timers.pass(2_000);
      await Promise.resolve();
    }

    await attached;

    expect(main.names()).toEqual(['kiosk:attach', 'kiosk:attach']);
  });
});
