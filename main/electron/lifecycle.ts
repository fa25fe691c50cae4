import { app, type BrowserWindow } from 'electron';
import type { Kiosk } from '../kiosk.ts';

/** A second copy hands over to the first: its window comes to the front. */
export function comeForwardWhenStartedAgain(window: BrowserWindow): void {
  app.on('second-instance', () => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  });
}

/** Quits with the last window, after the kiosk has put everything down. */
export function closeWithWindow(kiosk: Kiosk): void {
  let isClosed = false;
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    kiosk.close().then(
      () => {
        isClosed = true;
        app.quit();
      },
      (error: unknown) => {
        const why = error instanceof Error ? error.message : 'unknown fault';
        kiosk.log.write('error', 'kiosk.close_failed', { why });
        app.exit(1);
      },
    );
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => app.quit());
  }
}
