import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, reconnect } from '../../renderer/reader/reader-connection.ts';
import { aReader } from './support/readers.ts';
import {
  refuses,
  rejects,
  ScriptedTerminal,
  staysSilent,
  throws,
} from './support/scripted-terminal.ts';

const anywhere = { location: null, id: null };
const front = aReader('tmr_front', 'Front desk');
const back = aReader('tmr_back', 'Back office');

let terminal: ScriptedTerminal;

beforeEach(() => {
  vi.useFakeTimers();
  terminal = new ScriptedTerminal().unconnected();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('choosing a reader', () => {
  it('takes the only reader there is', async () => {
    terminal.readers = [back];

    expect(await connect(terminal.wire({}), anywhere)).toEqual({
      kind: 'connected',
      label: 'Back office',
    });
  });

  it('finds none where there is none', async () => {
    terminal.readers = [];

    const connected = await connect(terminal.wire({}), anywhere);

    expect(connected).toEqual({ kind: 'failed', code: 'no_reader_found' });
    expect(terminal.asked('connectReader')).toEqual([]);
  });

  it('takes none of several when nobody has said which', async () => {
    terminal.readers = [front, back];

    const connected = await connect(terminal.wire({}), anywhere);

    expect(connected).toEqual({ kind: 'failed', code: 'which_reader' });
    expect(terminal.asked('connectReader')).toEqual([]);
  });

  it("takes this kiosk's reader of several", async () => {
    terminal.readers = [front, back];

    await connect(terminal.wire({}), { location: null, id: 'tmr_back' });

    expect(terminal.asked('connectReader').map(([reader]) => reader)).toEqual([back]);
  });

  it("takes no other reader when this kiosk's own is missing, not even the only one", async () => {
    terminal.readers = [front];

    const connected = await connect(terminal.wire({}), { location: null, id: 'tmr_back' });

    expect(connected).toEqual({ kind: 'failed', code: 'no_reader_found' });
    expect(terminal.asked('connectReader')).toEqual([]);
  });

  it.each([
    ['in the location it is given', 'tml_harbour', { location: 'tml_harbour' }],
    ['everywhere when it is given none', null, {}],
  ])('looks %s', async (_, location, asked) => {
    await connect(terminal.wire({}), { location, id: null });

    expect(terminal.asked('discoverReaders')).toEqual([[asked]]);
  });
});

describe('connecting to the reader', () => {
  it.each([
    ['the only reader', null],
    ['a reader by its id', 'tmr_front'],
  ])('never takes %s away from another kiosk', async (_, id) => {
    await connect(terminal.wire({}), { location: null, id });

    expect(terminal.asked('connectReader')).toEqual([[front, { fail_if_in_use: true }]]);
  });

  it('never takes a reader away from another kiosk when it connects anew', async () => {
    await reconnect(terminal.wire({}), anywhere);

    expect(terminal.asked('connectReader')).toEqual([[front, { fail_if_in_use: true }]]);
  });

  it('uses the connection it has', async () => {
    terminal = new ScriptedTerminal();

    const connected = await connect(terminal.wire({}), anywhere);

    expect(connected).toEqual({ kind: 'connected', label: 'Front desk' });
    expect(terminal.calls).toEqual([]);
  });

  it.each([
    ['looking', 'discoverReaders', 'discovery_too_many_readers', 'discovery_too_many_readers'],
    ['looking', 'discoverReaders', 'Too many!', 'unknown_error'],
    ['connecting', 'connectReader', 'reader_error', 'reader_error'],
    ['connecting', 'connectReader', undefined, 'unknown_error'],
  ] as const)('says why %s was refused (%s, %s)', async (_, method, code, told) => {
    terminal.next(method, refuses(code));

    expect(await connect(terminal.wire({}), anywhere)).toEqual({ kind: 'failed', code: told });
  });

  it('cuts a label that is longer than the contract allows', async () => {
    terminal.readers = [aReader('tmr_front', 'x'.repeat(300))];

    expect(await connect(terminal.wire({}), anywhere)).toEqual({
      kind: 'connected',
      label: 'x'.repeat(200),
    });
  });
});

describe('connecting anew', () => {
  it('lets go of the connection and of what the SDK remembered, then connects', async () => {
    terminal = new ScriptedTerminal();

    await reconnect(terminal.wire({}), anywhere);

    expect(terminal.methods()).toEqual([
      'disconnectReader',
      'clearCachedCredentials',
      'discoverReaders',
      'connectReader',
    ]);
  });

  it.each([
    ['is refused', refuses('no_established_connection')],
    ['rejects', rejects()],
    ['throws before it has promised anything', throws()],
    ['is silent', staysSilent()],
  ])('connects though letting go %s', async (_, answer) => {
    terminal.next('disconnectReader', answer).next('clearCachedCredentials', answer);

    const connected = reconnect(terminal.wire({}), anywhere);
    await vi.advanceTimersByTimeAsync(10_000);

    expect(await connected).toEqual({ kind: 'connected', label: 'Front desk' });
  });
});
