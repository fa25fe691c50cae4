import type { HandlerDetails, WindowOpenHandlerResponse } from 'electron';

export type WindowOpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse;

export interface WantedWindow {
  readonly url: string;
  readonly frameName: string;
  readonly features: string;
  readonly referrer: string;
}

/**
 * Asks the app's handler about a window that a page wants. A denied window does not open. One that
 * is allowed, or that nobody was asked about (Electron then opens it), is reported: the stand-in
 * opens no windows for pages.
 */
export function askToOpenWindow(
  handler: WindowOpenHandler | undefined,
  wanted: WantedWindow,
): void {
  const answer = handler?.({
    url: wanted.url,
    frameName: wanted.frameName,
    features: wanted.features,
    disposition: wanted.features === '' ? 'foreground-tab' : 'new-window',
    referrer: { url: wanted.referrer, policy: 'strict-origin-when-cross-origin' },
  });
  if (answer?.action !== 'deny') {
    console.error(
      `not implemented by the stand-in: opening a window for a page (${wanted.url}). ` +
        'Electron would have opened it: deny it in setWindowOpenHandler.',
    );
  }
}
