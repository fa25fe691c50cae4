import { app, type BrowserWindow } from 'electron';
import type { Kiosk } from '../kiosk.ts';
import type { Log } from '../ports/log.ts';

/** A second copy hands over to the first: its window comes to the front. */
export function comeForwardWhenStartedAgain(window: BrowserWindow): void {
  app.on('second-instance', () => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  });
}

/**
 * A fault of ours that nobody caught is logged, and the kiosk goes on: all it knows of money is committed step by
 * step, and a dead screen helps nobody. Electron would stop for a dialog that no customer can answer.
 */
export function goOnAfterFaults(log: Log): void {
  const told = (error: unknown): void => {
    const why = error instanceof Error ? (error.stack ?? error.message) : 'unknown fault';
    log.write('error', 'kiosk.fault', { why });
  };
  process.on('uncaughtException', told);
  process.on('unhandledRejection', told);
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
