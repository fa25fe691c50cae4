import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { app, BrowserWindow, ipcMain, protocol, session } from 'electron';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
};

const contentSecurityPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'";

/** What happened, for a test to read by `electronApp.evaluate`. */
const record = {
  checked: [] as string[],
  requested: [] as string[],
  navigations: [] as string[],
  openings: [] as string[],
  messages: [] as unknown[],
  secondStarts: [] as string[][],
  gone: [] as string[],
};
Reflect.set(globalThis, 'record', record);

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

async function serve(request: Request): Promise<Response> {
  const { host, pathname } = new URL(request.url);
  if (pathname === '/echo') {
    return Response.json({
      url: request.url,
      host,
      method: request.method,
      body: await request.text(),
    });
  }
  const file = join(app.getAppPath(), pathname);
  return new Response(await readFile(file), {
    headers: {
      'content-type': types[extname(file)] ?? 'text/plain',
      'content-security-policy': contentSecurityPolicy,
    },
  });
}

ipcMain.handle('echo', (_event, value: unknown) => value);
ipcMain.handle('fail', () => {
  throw new TypeError('no such sale');
});
ipcMain.handle('unclonable', () => () => 'a function');
ipcMain.handle('sender', (event) => ({
  isMainFrame: event.senderFrame === event.sender.mainFrame,
  url: event.senderFrame?.url,
  origin: event.senderFrame?.origin,
}));
ipcMain.on('message', (_event, value: unknown) => {
  record.messages.push(value);
});

function openWindow(): void {
  const window = new BrowserWindow({
    width: 900,
    height: 700,
    show: false,
    webPreferences: {
      preload: join(app.getAppPath(), 'preload.js'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    },
  });
  const { webContents } = window;
  webContents.on('will-navigate', (event) => {
    record.navigations.push(event.url);
    if (!event.url.startsWith('app://')) event.preventDefault();
  });
  webContents.setWindowOpenHandler(({ url }) => {
    record.openings.push(url);
    return { action: 'deny' };
  });
  webContents.on('render-process-gone', (_event, { reason }) => {
    record.gone.push(reason);
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadURL('app://fixture/index.html');
}

async function open(): Promise<void> {
  await app.whenReady();
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => {
    record.checked.push(permission);
    return permission === 'geolocation' || permission === 'notifications';
  });
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => {
    record.requested.push(permission);
    answer(permission === 'geolocation');
  });
  protocol.handle('app', serve);
  openWindow();
}

app.on('window-all-closed', () => {
  app.quit();
});

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, argv) => {
    record.secondStarts.push(argv);
  });
  void open();
} else {
  console.error('another instance is running');
  app.quit();
}
