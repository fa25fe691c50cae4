import type { KioskBridge } from '../../preload/contract/contract.ts';

declare global {
  interface Window {
    /** Put there by the preload; the page's only way to main. */
    readonly kiosk: KioskBridge;
  }
}

/** The bridge of this page. */
export function windowKiosk(): KioskBridge {
  return window.kiosk;
}
