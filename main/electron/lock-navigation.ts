import type { WebContents } from 'electron';
import type { Log } from '../ports/log.ts';
import { appUrl } from './app-scheme.ts';

/**
 * The page stays where it is: no navigation, no new window, no webview.
 * https://www.electronjs.org/docs/latest/tutorial/security#13-disable-or-limit-navigation
 */
export function lockNavigation(contents: WebContents, log: Log): void {
  contents.on('will-navigate', (event) => {
    // A reload of the page itself is a navigation to it.
    if (event.url === appUrl) return;
    event.preventDefault();
    log.write('warn', 'window.navigation_refused');
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
    log.write('warn', 'window.redirect_refused');
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    log.write('warn', 'window.webview_refused');
  });
  contents.setWindowOpenHandler(() => {
    log.write('warn', 'window.new_window_refused');
    return { action: 'deny' };
  });
}
