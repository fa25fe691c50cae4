import { afterAll, beforeAll, expect, test } from 'vitest';
import { hookLimitMs, launchFixture } from './launch-fixture.ts';
import type { RunningFixture } from './launch-fixture.ts';

let running: RunningFixture;

beforeAll(async () => {
  running = await launchFixture();
}, hookLimitMs);

afterAll(async () => {
  await running.close();
}, hookLimitMs);

test('carries all that structured clone can carry, there and back', async () => {
  const seen = await running.page.evaluate(async () => {
    const inner = { self: null as unknown };
    inner.self = inner;
    const sent = {
      nothing: undefined,
      notANumber: NaN,
      endless: -Infinity,
      minusZero: -0,
      big: 2n ** 70n,
      date: new Date(1_700_000_000_000),
      map: new Map<unknown, unknown>([['a', { deep: [1, , 3] }]]),
      set: new Set([1, 2]),
      bytes: new Uint8Array([1, 2, 255]),
      floats: new Float64Array([0.5]),
      buffer: new Uint8Array([7]).buffer,
      expression: /a+/gi,
      error: new RangeError('too far'),
      inner,
      umlaut: 'ü €',
    };
    const back = (await globalThis.fixture.invoke('echo', sent)) as typeof sent;
    return {
      hasNothing: 'nothing' in back && Object.entries(back)[0]?.[1] === undefined,
      notANumber: Number.isNaN(back.notANumber),
      endless: back.endless === -Infinity,
      minusZero: Object.is(back.minusZero, -0),
      big: back.big === 2n ** 70n,
      date: back.date instanceof Date && back.date.getTime() === 1_700_000_000_000,
      map: back.map instanceof Map && JSON.stringify(back.map.get('a')),
      set: [...back.set],
      bytes: back.bytes instanceof Uint8Array && [...back.bytes],
      floats: back.floats instanceof Float64Array && [...back.floats],
      buffer: back.buffer instanceof ArrayBuffer && back.buffer.byteLength,
      expression: String(back.expression),
      error: back.error instanceof RangeError && back.error.message,
      isCircular: back.inner.self === back.inner,
      umlaut: back.umlaut,
    };
  });

  expect(seen).toEqual({
    hasNothing: true,
    notANumber: true,
    endless: true,
    minusZero: true,
    big: true,
    date: true,
    map: '{"deep":[1,null,3]}',
    set: [1, 2],
    bytes: [1, 2, 255],
    floats: [0.5],
    buffer: 1,
    expression: '/a+/gi',
    error: 'too far',
    isCircular: true,
    umlaut: 'ü €',
  });
});

test('refuses what structured clone refuses, in either direction', async () => {
  const refusals = await running.page.evaluate(async () => {
    const reasonOf = async (attempt: () => Promise<unknown>) => {
      try {
        await attempt();
        return 'went through';
      } catch (error) {
        return (error as Error).message;
      }
    };
    return [
      await reasonOf(() => globalThis.fixture.invoke('echo', () => 1)),
      await reasonOf(() => globalThis.fixture.invoke('echo', { node: document.body })),
      await reasonOf(() => globalThis.fixture.invoke('unclonable')),
    ];
  });

  expect(refusals).toEqual([
    'An object could not be cloned.',
    'An object could not be cloned.',
    "Error invoking remote method 'unclonable': Error: An object could not be cloned.",
  ]);
});

test('words the errors of handlers, and the lack of one, as Electron does', async () => {
  const messages = await running.page.evaluate(async () => {
    const messageOf = async (channel: string) =>
      globalThis.fixture.invoke(channel).catch((error: unknown) => (error as Error).message);
    return [await messageOf('fail'), await messageOf('nobody')];
  });

  expect(messages).toEqual([
    "Error invoking remote method 'fail': TypeError: no such sale",
    "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
  ]);
});

test('shows a handler which frame asks', async () => {
  const sender = await running.page.evaluate(() => globalThis.fixture.invoke('sender'));

  expect(sender).toEqual({
    isMainFrame: true,
    url: 'app://fixture/index.html',
    origin: 'app://fixture',
  });
});

test('carries messages both ways, and calls back into the page', async () => {
  const heard = running.page.evaluate(
    () =>
      new Promise((resolve) => {
        const stop = globalThis.fixture.onMessage('news', (...args) => {
          stop();
          resolve(args);
        });
      }),
  );
  await running.page.evaluate(() => {
    globalThis.fixture.send('message', { amount: 1 });
  });
  await running.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.send('news', 'first', { second: 2 });
  });

  expect(await heard).toEqual(['first', { second: 2 }]);
  await expect
    .poll(() => running.app.evaluate(() => globalThis.record.messages))
    .toEqual([{ amount: 1 }]);
});

test('gives a preload script the modules of the sandbox and no others', async () => {
  const seen = await running.page.evaluate(() => ({
    sandboxed: globalThis.fixture.sandboxed,
    refused: globalThis.fixture.refusedModules,
    hasRequire: 'require' in globalThis,
    hasProcess: 'process' in globalThis,
  }));

  expect(seen).toEqual({
    sandboxed: true,
    refused: ['fs', 'node:child_process', './main.ts'],
    hasRequire: false,
    hasProcess: false,
  });
});

test('shows the page a frozen bridge whose functions answer at once', async () => {
  const seen = await running.page.evaluate(() => ({
    sum: globalThis.fixture.add(20, 22),
    isFrozen: Object.isFrozen(globalThis.fixture),
    isReplaceable: Reflect.set(globalThis, 'fixture', {}),
  }));

  expect(seen).toEqual({ sum: 42, isFrozen: true, isReplaceable: false });
});

test('runs the preload script anew when the page is reloaded', async () => {
  await running.page.reload();
  await running.page.getByText('sum 5').waitFor();
  const fromTest = await running.page.evaluate(() => globalThis.fixture.invoke('echo', 'again'));

  await running.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents;
    return new Promise<void>((resolve) => {
      contents.once('did-finish-load', () => {
        resolve();
      });
      contents.reload();
    });
  });

  expect(fromTest).toBe('again');
  await expect(
    running.page.evaluate(() => globalThis.fixture.invoke('echo', 'and again')),
  ).resolves.toBe('and again');
});

test("tells the app when a page's process has crashed, and can load it again", async () => {
  await running.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });

  await expect.poll(() => running.app.evaluate(() => globalThis.record.gone)).toEqual(['crashed']);
  const title = await running.app.evaluate(async ({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    await webContents.loadURL('app://fixture/index.html');
    return (await webContents.executeJavaScript('document.title')) as unknown;
  });
  expect(title).toBe('Fixture');
});
