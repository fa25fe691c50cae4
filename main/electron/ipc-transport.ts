import { type BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import { commandNames } from '../../preload/contract/channels.ts';
import { refused } from '../ipc/router.ts';
import type { Kiosk } from '../kiosk.ts';
import { isOurs } from './allow-local-network.ts';

/**
 * Carries the contract over Electron's IPC: every command only from the main frame of our own window at our own
 * origin, every event only to it. https://www.electronjs.org/docs/latest/tutorial/security#17-validate-the-sender-of-all-ipc-messages
 */
export function carryIpc(kiosk: Kiosk, window: BrowserWindow): void {
  for (const name of commandNames) {
    ipcMain.handle(name, (event, request: unknown) => {
      if (isKiosksPage(event, window)) return kiosk.ask(name, request);
      kiosk.log.write('warn', 'ipc.refused', { channel: name, why: 'unknown sender' });
      return refused('unknown_sender');
    });
  }
  const stop = kiosk.on((name, payload) => {
    if (!window.isDestroyed()) window.webContents.send(name, payload);
  });
  window.once('closed', stop);
}

function isKiosksPage(event: IpcMainInvokeEvent, window: BrowserWindow): boolean {
  const frame = event.senderFrame;
  if (frame === null || window.isDestroyed()) return false;
  return (
    event.sender === window.webContents &&
    frame === window.webContents.mainFrame &&
    isOurs(frame.url)
  );
}
