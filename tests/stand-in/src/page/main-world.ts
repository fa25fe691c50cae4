import { BridgeEndpoint, openWindowTarget } from './bridge-endpoint.ts';

function freezeDeeply(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const member of Object.values(value)) freezeDeeply(member);
  return Object.freeze(value);
}

/** Prepares a page's own world: where exposed values appear, and where `window.open` is asked. */
export function preparePage(secret: string): void {
  if (window.top !== window) return;
  const bridge = new BridgeEndpoint(secret, 'page');
  bridge.onExpose = (key, value) => {
    if (key in window) {
      throw new Error('Cannot bind an API on top of an existing property on the window object');
    }
    Object.defineProperty(window, key, { value: freezeDeeply(value), enumerable: true });
  };
  // Chromium would open the window first and ask afterwards; Electron asks first, and a denied
  // window never exists.
  window.open = (url = '', frameName = '', features = '') => {
    const absolute = url === '' ? 'about:blank' : new URL(url, document.baseURI).href;
    bridge.call(openWindowTarget, [absolute, frameName, features]);
    return null;
  };
}
