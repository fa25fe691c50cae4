import type { Session } from 'electron';
import { appOrigin } from './app-scheme.ts';

/** The reader is on the studio's network. Three names: Chromium has renamed the permission, and split it. */
const allowed: ReadonlySet<string> = new Set([
  'local-network',
  'local-network-access',
  'loopback-network',
]);

/**
 * Grants our own page the local network and nothing else to anybody; Electron would grant everything.
 * https://www.electronjs.org/docs/latest/tutorial/security#5-handle-session-permission-requests-from-remote-content
 */
export function allowLocalNetworkOnly(session: Session): void {
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    isAllowed(permission, origin),
  );
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(isAllowed(permission, details.requestingUrl));
  });
  session.setDevicePermissionHandler(() => false);
}

function isAllowed(permission: string, url: string): boolean {
  return allowed.has(permission) && isOurs(url);
}

/** Whether this address is of the kiosk's own page: compared whole, never by a part of it. */
export function isOurs(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && `${parsed.protocol}//${parsed.host}` === appOrigin;
}
