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

test('runs a main process that is an ES module, and says on what it runs', async () => {
  const versions = await running.app.evaluate(({ app }) => ({
    app: app.getVersion(),
    name: app.getName(),
    isPackaged: app.isPackaged,
    electron: process.versions['electron'],
    type: process.type,
  }));

  expect(versions).toMatchObject({ app: '1.2.3', name: 'Fixture', isPackaged: false });
  expect(versions.type).toBe('browser');
  expect(versions.electron).toMatch(/^\d+\.\d+\.\d+$/);
});

test("serves the app's own scheme to a secure page, under the policy of its response", async () => {
  const seen = await running.page.evaluate(async () => {
    const violation = new Promise<string>((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => {
        resolve(event.effectiveDirective);
      });
    });
    const image = document.createElement('img');
    image.src = 'https://elsewhere.invalid/picture.png';
    document.body.append(image);
    return { isSecureContext, violated: await violation };
  });

  expect(seen).toEqual({ isSecureContext: true, violated: 'img-src' });
});

test('hands method, body and address of a request to the handler of the scheme', async () => {
  const answer: unknown = await running.page.evaluate(async () => {
    const response = await fetch('/echo?a=1', { method: 'POST', body: 'a body: ü' });
    return (await response.json()) as unknown;
  });

  expect(answer).toEqual({
    url: 'app://fixture/echo?a=1',
    host: 'fixture',
    method: 'POST',
    body: 'a body: ü',
  });
});

test('gives pages what the permission handlers grant, and denies the rest', async () => {
  const states = await running.page.evaluate(async () => {
    const stateOf = async (name: string) => {
      const { state } = await navigator.permissions.query({ name: name as PermissionName });
      return state;
    };
    return {
      geolocation: await stateOf('geolocation'),
      notifications: await stateOf('notifications'),
      camera: await stateOf('camera'),
      microphone: await stateOf('microphone'),
      midi: await stateOf('midi'),
    };
  });
  const asked = await running.app.evaluate(() => ({ ...globalThis.record }));

  expect(states).toEqual({
    geolocation: 'granted',
    notifications: 'denied',
    camera: 'denied',
    microphone: 'denied',
    midi: 'denied',
  });
  expect(asked.checked).toContain('media');
  expect(asked.requested).toEqual(expect.arrayContaining(['geolocation', 'notifications']));
});

test('stays where it is when the app forbids a navigation', async () => {
  await running.page.evaluate(() => {
    location.href = 'https://elsewhere.invalid/away';
  });

  await expect
    .poll(() => running.app.evaluate(() => globalThis.record.navigations))
    .toContain('https://elsewhere.invalid/away');
  await expect(running.page.evaluate(() => globalThis.fixture.add(2, 2))).resolves.toBe(4);
});

test('asks before it opens a window, and opens none that is denied', async () => {
  const opened = await running.page.evaluate(() => window.open('https://elsewhere.invalid/popup'));
  await running.page.click('#new');

  await expect
    .poll(() => running.app.evaluate(() => globalThis.record.openings))
    .toEqual(['https://elsewhere.invalid/popup', 'https://elsewhere.invalid/new']);
  expect(opened).toBeNull();
  const count = await running.app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
  );
  expect(count).toBe(1);
});

test('refuses to open a page from the side of the test, as Electron does', async () => {
  await expect(running.app.context().newPage()).rejects.toThrow('Not supported');
});

test('gives back the preferences that a window was made with', async () => {
  const window = await running.app.browserWindow(running.page);
  const preferences = await window.evaluate(({ webContents }) => {
    const read: unknown = Reflect.get(webContents, 'getLastWebPreferences');
    return Reflect.apply(read as () => Electron.WebPreferences, webContents, []);
  });

  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
  });
});

test('makes no window that is less guarded than its own', async () => {
  const refusals = await running.app.evaluate(({ BrowserWindow }) =>
    [{ sandbox: false }, { nodeIntegration: true }, { contextIsolation: false }].map(
      (webPreferences) => {
        try {
          new BrowserWindow({ webPreferences });
          return 'made';
        } catch (error) {
          return String(error);
        }
      },
    ),
  );

  expect(refusals).toEqual([
    'Error: not implemented by the stand-in: webPreferences.sandbox other than true',
    'Error: not implemented by the stand-in: webPreferences.nodeIntegration other than false',
    'Error: not implemented by the stand-in: webPreferences.contextIsolation other than true',
  ]);
});

test('throws for whatever it does not implement', async () => {
  const refusals = await running.app.evaluate(({ app, shell, Tray, ipcMain }) => {
    const attempts = [
      () => app.setBadgeCount(1),
      () => shell.openExternal('https://elsewhere.invalid'),
      () => new Tray('icon.png'),
      () => app.on('gpu-info-update', () => undefined),
      () => ipcMain.handle('echo', () => undefined),
    ];
    return attempts.map((attempt) => {
      try {
        attempt();
        return 'done';
      } catch (error) {
        return String(error);
      }
    });
  });

  expect(refusals).toEqual([
    'Error: not implemented by the stand-in: app.setBadgeCount',
    'Error: not implemented by the stand-in: shell.openExternal',
    'Error: not implemented by the stand-in: Tray',
    "Error: not implemented by the stand-in: app.on('gpu-info-update')",
    "Error: Attempted to register a second handler for 'echo'",
  ]);
});

test('has the size that it is given, from the app and from a test', async () => {
  const first = await running.page.evaluate(() => [innerWidth, innerHeight]);
  const window = await running.app.browserWindow(running.page);
  await window.evaluate((browserWindow: Electron.BrowserWindow) => {
    browserWindow.setContentSize(1000, 640);
  });

  expect(first).toEqual([900, 700]);
  await expect
    .poll(() => running.page.evaluate(() => [innerWidth, innerHeight]))
    .toEqual([1000, 640]);
  await running.page.setViewportSize({ width: 600, height: 500 });
  await expect
    .poll(() => running.page.evaluate(() => [innerWidth, innerHeight]))
    .toEqual([600, 500]);
  expect((await running.page.screenshot()).length).toBeGreaterThan(1_000);
});

test('shows the colours that the app chooses, unless a test chooses others', async () => {
  const isDark = () =>
    running.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  await running.page.emulateMedia({ colorScheme: null });

  await running.app.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = 'dark';
  });

  await expect.poll(isDark).toBe(true);
  await running.app.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = 'light';
  });
  await expect.poll(isDark).toBe(false);
  await running.page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(isDark).toBe(true);
});
