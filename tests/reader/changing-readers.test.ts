import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import { aSnapshot } from '../renderer/support/snapshots.ts';
import { commandsFor } from './support/commands.ts';
import { ReaderPage } from './support/reader-page.ts';
import { aReader } from './support/readers.ts';
import { pass } from './support/runner-bench.ts';
import { refuses, takes } from './support/scripted-terminal.ts';

const { collect } = commandsFor(1);

let page: ReaderPage;
let revision: number;

beforeEach(() => {
  vi.useFakeTimers();
  page = new ReaderPage();
  page.terminal.readers = [aReader('tmr_desk', 'Front desk'), aReader('tmr_door', 'At the door')];
  revision = 1;
});

afterEach(() => {
  expect(page.main.misshapen).toEqual([]);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function place(id: string, integration: 'sdk' | 'server_driven' = 'sdk'): Snapshot['reader'] {
  return { side: 'right', location: null, id, integration };
}

/** Staff have chosen; the next snapshot says so. */
function chosen(reader: Snapshot['reader']): void {
  revision += 1;
  page.main.show(aSnapshot({ revision, reader }));
}

function connectedTo(): readonly unknown[] {
  return page.terminal.asked('connectReader').map(([reader]) => (reader as { id: string }).id);
}

describe('a page whose reader main leads', () => {
  it('does not load the SDK, tells of no reader and obeys nothing', async () => {
    page.start({ reader: place('tmr_desk', 'server_driven') });
    await pass();

    page.main.command(collect);
    await pass(60_000);

    expect(page.created).toBeNull();
    expect(page.main.asked).toEqual([]);
  });

  it('connects as soon as staff choose the SDK', async () => {
    page.start({ reader: place('tmr_desk', 'server_driven') });
    await pass();

    chosen(place('tmr_desk'));
    await pass();

    expect(page.main.status()).toMatchObject({ connection: 'connected', label: 'Front desk' });
    expect(connectedTo()).toEqual(['tmr_desk']);
  });

  it('makes one Terminal, however often staff change their minds', async () => {
    page.start({ reader: place('tmr_desk', 'server_driven') });
    for (const integration of ['sdk', 'server_driven', 'sdk'] as const) {
      chosen(place('tmr_desk', integration));
    }
    await pass();
    const terminal = page.created;
    chosen(place('tmr_desk', 'server_driven'));
    chosen(place('tmr_desk'));
    await pass();

    expect(page.created).toBe(terminal);
    expect(page.main.status()?.connection).toBe('connected');
  });
});

describe('a page that leads its reader', () => {
  it('lets go of it and obeys nothing once main leads it', async () => {
    page.start({ reader: place('tmr_desk') });
    await pass();

    chosen(place('tmr_desk', 'server_driven'));
    await pass();
    page.main.command(collect);
    await pass(60_000);

    expect(page.terminal.asked('disconnectReader')).toHaveLength(1);
    expect(page.terminal.asked('collectPaymentMethod')).toEqual([]);
    expect(page.main.status()).toEqual({
      connection: 'not_connected',
      payment: 'not_ready',
      label: null,
      problem: null,
    });
  });

  it('looks for it no more once main leads it', async () => {
    page.terminal.next('connectReader', refuses('reader_connection_error'));
    page.start({ reader: place('tmr_desk') });
    await pass();

    chosen(place('tmr_desk', 'server_driven'));
    await pass(60_000);

    expect(connectedTo()).toEqual(['tmr_desk']);
  });

  it('lets go after a connecting that was under way when main took over', async () => {
    page.terminal.next(
      'discoverReaders',
      takes(3_000, () => Promise.resolve({ discoveredReaders: page.terminal.readers })),
    );
    page.start({ reader: place('tmr_desk') });
    await pass(1_000);

    chosen(place('tmr_desk', 'server_driven'));
    await pass(60_000);

    expect(page.terminal.methods().at(-1)).toBe('disconnectReader');
    expect(page.main.status()?.connection).toBe('not_connected');
  });

  it('goes to another reader when staff choose one', async () => {
    page.start({ reader: place('tmr_desk') });
    await pass();

    chosen(place('tmr_door'));
    await pass();

    expect(connectedTo()).toEqual(['tmr_desk', 'tmr_door']);
    expect(page.main.status()).toMatchObject({ connection: 'connected', label: 'At the door' });
  });

  it('collects on the reader that was chosen, also when it is asked in the same moment', async () => {
    page.start({ reader: place('tmr_desk') });
    await pass();

    chosen(place('tmr_door'));
    page.main.command(collect);
    await pass();

    const methods = page.terminal.methods();
    expect(connectedTo()).toEqual(['tmr_desk', 'tmr_door']);
    expect(methods.lastIndexOf('connectReader')).toBeLessThan(
      methods.indexOf('collectPaymentMethod'),
    );
  });

  it('stays where it is when a snapshot changes something else', async () => {
    page.start({ reader: place('tmr_desk') });
    await pass();

    chosen({ ...place('tmr_desk'), side: 'left' });
    await pass();

    expect(connectedTo()).toEqual(['tmr_desk']);
    expect(page.terminal.asked('disconnectReader')).toEqual([]);
  });

  it('believes no snapshot that is older than the one it follows', async () => {
    page.start({ reader: place('tmr_desk') });
    await pass();
    revision = 9;
    chosen(place('tmr_door'));
    await pass();

    page.main.show(aSnapshot({ revision: 2, reader: place('tmr_desk') }));
    await pass();

    expect(connectedTo()).toEqual(['tmr_desk', 'tmr_door']);
  });

  it('hears of no change once it is stopped', async () => {
    const stop = page.start({ reader: place('tmr_desk') });
    await pass();

    stop();
    chosen(place('tmr_door'));
    await pass(60_000);

    expect(page.main.listening()).toEqual([]);
    expect(connectedTo()).toEqual(['tmr_desk']);
  });
});
