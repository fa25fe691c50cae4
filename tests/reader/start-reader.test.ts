import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commandsFor } from './support/commands.ts';
import { ReaderPage } from './support/reader-page.ts';
import { pass } from './support/runner-bench.ts';
import { refuses, rejects, staysSilent, takes, throws } from './support/scripted-terminal.ts';

const { collect, process } = commandsFor(1);

let page: ReaderPage;

beforeEach(() => {
  vi.useFakeTimers();
  page = new ReaderPage();
});

afterEach(() => {
  expect(page.main.misshapen).toEqual([]);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a reader that is started', () => {
  it('is connected and told of', async () => {
    page.start();
    await pass();

    expect(page.main.status()).toEqual({
      connection: 'connected',
      payment: 'ready',
      label: 'Front desk',
      problem: null,
    });
  });

  it('is told of before it is connected, so that main knows the page listens', async () => {
    page.terminal.next('discoverReaders', staysSilent());

    page.start();
    await pass();

    expect(page.main.status()?.connection).toBe('not_connected');
    expect(page.main.listening()).toContain('reader:commanded');
  });

  it("is this kiosk's own, by its place in the snapshot", async () => {
    page.start({
      reader: { side: 'right', location: 'tml_harbour', id: 'tmr_other', integration: 'sdk' },
    });
    await pass();

    expect(page.terminal.asked('discoverReaders')).toEqual([[{ location: 'tml_harbour' }]]);
    expect(page.main.status()?.problem).toBe('no_reader_found');
  });

  it('takes a payment from the command to the capture', async () => {
    page.start();
    await pass();

    page.main.command(collect);
    await pass();
    page.terminal.collect.present();
    await pass();
    page.main.command(process);
    await pass();

    expect(page.main.told()).toEqual([
      { commandId: collect.commandId, report: { kind: 'awaiting_card' } },
      { commandId: collect.commandId, report: { kind: 'collected' } },
      { commandId: process.commandId, report: 'capture' },
    ]);
  });

  it('shares the connecting that is under way with the sale that needs it', async () => {
    page.terminal.next(
      'discoverReaders',
      takes(5_000, () => Promise.resolve({ discoveredReaders: page.terminal.readers })),
    );
    page.start();
    await pass(1_000);

    page.main.command(collect);
    await pass(4_000);

    expect(page.terminal.asked('discoverReaders')).toHaveLength(1);
    expect(page.main.told().at(-1)?.report).toEqual({ kind: 'awaiting_card' });
  });

  it('is told of in words of the contract when the SDK has new ones', async () => {
    page.start();
    await pass();
    page.terminal.connection = 'hibernating';
    page.created?.onConnectionStatusChange?.({ status: 'hibernating' as never });

    expect(page.main.status()?.connection).toBe('not_connected');
  });

  it('hears nothing and looks for nothing once it is stopped', async () => {
    page.terminal.readers = [];
    const stop = page.start();
    await pass();

    stop();
    page.main.command(collect);
    await pass(60_000);

    expect(page.main.listening()).toEqual([]);
    expect(page.terminal.asked('discoverReaders')).toHaveLength(1);
    expect(page.main.told()).toEqual([]);
  });

  it('makes no Terminal when it is stopped before the SDK was loaded', async () => {
    const stop = page.start();

    stop();
    await pass();

    expect(page.created).toBeNull();
  });

  it('is not looked for again when it is stopped during a connecting that fails', async () => {
    page.terminal.next('discoverReaders', takes(3_000, refuses('network_error')));
    const stop = page.start();
    await pass();

    stop();
    await pass(60_000);

    expect(page.terminal.asked('discoverReaders')).toHaveLength(1);
  });

  it('is told of no more once it is stopped', async () => {
    const stop = page.start();
    await pass();
    stop();
    const asked = page.main.asked.length;

    page.terminal.lose();
    await pass(60_000);

    expect(page.main.asked).toHaveLength(asked);
  });
});

describe('a closed kiosk', () => {
  it('starts no reader', async () => {
    page.start({
      closed: { kind: 'settings', file: 'kiosk.json', field: null, sentence: 'Mend the file.' },
    });
    await pass(120_000);

    expect(page.created).toBeNull();
    expect(page.main.asked).toEqual([]);
    expect(page.main.listening()).toEqual([]);
  });
});

describe('connection tokens', () => {
  it('come fresh from main for each time the SDK asks', async () => {
    page.start();
    await pass();

    await page.created?.onFetchConnectionToken();
    const secret = await page.created?.onFetchConnectionToken();

    expect(secret).toBe('pst_scripted');
    expect(page.main.asked.filter(({ name }) => name === 'connection-token:create')).toHaveLength(
      2,
    );
  });

  it('are refused to the SDK when main refuses them', async () => {
    page.main.refused.add('connection-token:create');
    page.start();
    await pass();

    await expect(page.created?.onFetchConnectionToken()).rejects.toThrow('no connection token');
  });
});

describe('a reader that cannot be connected', () => {
  it.each([
    ['is refused', refuses('reader_connection_error'), 'reader_connection_error'],
    ['rejects', rejects(), 'sdk_fault'],
    ['throws', throws(), 'sdk_fault'],
  ])('is looked for again after ten seconds when connecting %s', async (_, answer, problem) => {
    page.terminal.next('connectReader', answer);
    page.start();
    await pass(9_999);
    expect(page.main.status()).toMatchObject({ connection: 'not_connected', problem });

    await pass(1);

    expect(page.main.status()).toMatchObject({ connection: 'connected', problem: null });
  });

  it('is looked for again when a connecting says nothing for half a minute', async () => {
    page.terminal.next('discoverReaders', staysSilent());
    page.start();
    await pass(30_000);
    expect(page.main.status()?.problem).toBe('sdk_fault');

    await pass(10_000);

    expect(page.main.status()?.connection).toBe('connected');
  });

  it('makes a sale wait no longer than a connecting may take', async () => {
    page.terminal.next('discoverReaders', staysSilent());
    page.start();
    await pass();

    page.main.command(collect);
    await pass(30_000);

    expect(page.main.told().map(({ report }) => report)).toEqual([
      { kind: 'collect_failed', code: 'sdk_fault' },
    ]);
  });
});

describe('a reader that goes away by itself', () => {
  it('is told of at once and looked for again', async () => {
    page.start();
    await pass();

    page.terminal.lose();
    expect(page.main.status()).toEqual({
      connection: 'not_connected',
      payment: 'not_ready',
      label: null,
      problem: 'reader_lost',
    });
    await pass(10_000);

    expect(page.main.status()).toMatchObject({ connection: 'connected', problem: null });
  });

  it('is not let go of in the middle of a collect because it went away before that', async () => {
    page.terminal.next(
      'discoverReaders',
      takes(3_000, () => Promise.resolve({ discoveredReaders: page.terminal.readers })),
    );
    page.start();
    await pass(500);
    page.main.command(collect);
    page.terminal.lose();

    await pass(60_000);

    expect(page.main.told().at(-1)?.report).toEqual({ kind: 'awaiting_card' });
    expect(page.terminal.asked('disconnectReader')).toEqual([]);
  });

  it('is looked for once, however often it goes away', async () => {
    page.start();
    await pass();
    page.terminal.lose();
    await pass(1_000);
    page.terminal.lose();

    await pass(60_000);

    expect(page.terminal.asked('disconnectReader')).toHaveLength(1);
  });

  it('is left alone once stopped, however often it went away', async () => {
    const stop = page.start();
    await pass();
    page.terminal.lose();
    await pass(1_000);
    page.terminal.lose();

    stop();
    await pass(60_000);

    expect(page.terminal.asked('discoverReaders')).toHaveLength(1);
  });
});
