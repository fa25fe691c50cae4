import path from 'node:path';
import { BrowserWindow } from 'electron';
import type { Kiosk } from '../kiosk.ts';
import { appUrl } from './app-scheme.ts';
import { carryIpc } from './ipc-transport.ts';
import { lockNavigation } from './lock-navigation.ts';

/** How long after a page could not be loaded the next try comes, in milliseconds. */
const loadAgainMs = 5_000;
/** A page that crashes more often than this within a minute is loaded again only after a minute. */
const reloadsPerMinuteMax = 5;

/** Opens the one window: sandboxed, isolated, without Node, at our own origin. */
export async function openKioskWindow(kiosk: Kiosk, distDir: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1080,
    height: 1440,
    useContentSize: true,
    show: false,
    kiosk: kiosk.fullScreen,
    backgroundColor: '#f6f3ec',
    title: 'Foyer',
    webPreferences: {
      preload: path.join(distDir, 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  carryIpc(kiosk, window);
  lockNavigation(window.webContents, kiosk.log);
  reloadAfterCrash(window, kiosk);
  window.once('ready-to-show', () => window.show());
  await load(window, kiosk);
  return window;
}

/** A load that another one has overtaken is none that failed; one that did fail is tried again. */
async function load(window: BrowserWindow, kiosk: Kiosk): Promise<void> {
  try {
    await window.loadURL(appUrl);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown fault';
    kiosk.log.write('error', 'window.not_loaded', { why });
    if (why.includes('ERR_ABORTED')) return;
    setTimeout(() => {
      if (!window.isDestroyed()) void load(window, kiosk);
    }, loadAgainMs);
  }
}

/** A crashed page is loaded again: main holds the sale, so the new page shows where it stands. */
function reloadAfterCrash(window: BrowserWindow, kiosk: Kiosk): void {
  let crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, details) => {
    const nowMs = performance.now();
    crashes = [...crashes.filter((atMs) => nowMs - atMs < 60_000), nowMs];
    kiosk.log.write('error', 'window.crashed', { why: details.reason, count: crashes.length });
    setTimeout(
      () => {
        if (!window.isDestroyed()) window.webContents.reload();
      },
      crashes.length <= reloadsPerMinuteMax ? 0 : 60_000,
    );
  });
  window.on('unresponsive', () => {
    kiosk.log.write('error', 'window.unresponsive');
  });
}
