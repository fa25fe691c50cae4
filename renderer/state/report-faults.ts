import type { KioskBridge } from '../../preload/contract/contract.ts';

const messageMax = 2_000;
const sourceMax = 500;

/** Tells main of every fault nobody caught in the page, in its own words; main redacts and logs. */
export function reportFaults(page: Window, bridge: KioskBridge): void {
  const report = (message: string, source: string | null): void => {
    bridge
      .ask('window:report', {
        message: message.slice(0, messageMax),
        source: source?.slice(0, sourceMax) ?? null,
      })
      // There is nobody left to tell.
      .catch(() => undefined);
  };
  page.addEventListener('error', (event) => {
    report(event.message, event.filename === '' ? null : event.filename);
  });
  page.addEventListener('unhandledrejection', (event) => {
    const reason: unknown = event.reason;
    report(reason instanceof Error ? reason.message : String(reason), null);
  });
}
