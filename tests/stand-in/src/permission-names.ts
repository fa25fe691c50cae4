import type { Session } from 'electron';
import type { Protocol } from './cdp.ts';

export type PermissionCheckHandler = NonNullable<
  Parameters<Session['setPermissionCheckHandler']>[0]
>;
export type PermissionRequestHandler = NonNullable<
  Parameters<Session['setPermissionRequestHandler']>[0]
>;
export type PermissionName = Parameters<PermissionCheckHandler>[1];

/** One of Electron's permissions, and the names under which Chromium keeps it. */
export interface KnownPermission {
  readonly name: PermissionName;
  readonly mediaType?: 'audio' | 'video';
  readonly descriptors: readonly Protocol.Browser.PermissionDescriptor[];
}

/**
 * The permissions whose answer can be set in Chromium beforehand. Those that Electron decides at
 * another place (`fullscreen`, `openExternal`, `hid`, `serial`, `usb`, `fileSystem`) have no such
 * setting and are not asked about.
 */
export const knownPermissions: readonly KnownPermission[] = [
  { name: 'media', mediaType: 'video', descriptors: [{ name: 'camera' }] },
  { name: 'media', mediaType: 'audio', descriptors: [{ name: 'microphone' }] },
  { name: 'geolocation', descriptors: [{ name: 'geolocation' }] },
  { name: 'notifications', descriptors: [{ name: 'notifications' }] },
  { name: 'midi', descriptors: [{ name: 'midi' }] },
  { name: 'midiSysex', descriptors: [{ name: 'midi', sysex: true }] },
  { name: 'clipboard-read', descriptors: [{ name: 'clipboard-read' }] },
  {
    name: 'clipboard-sanitized-write',
    descriptors: [{ name: 'clipboard-write', allowWithoutSanitization: false }],
  },
  { name: 'background-sync', descriptors: [{ name: 'background-sync' }] },
  { name: 'background-fetch', descriptors: [{ name: 'background-fetch' }] },
  { name: 'persistent-storage', descriptors: [{ name: 'persistent-storage' }] },
  { name: 'idle-detection', descriptors: [{ name: 'idle-detection' }] },
  { name: 'screen-wake-lock', descriptors: [{ name: 'screen-wake-lock' }] },
  { name: 'storage-access', descriptors: [{ name: 'storage-access' }] },
  { name: 'window-management', descriptors: [{ name: 'window-management' }] },
  { name: 'local-fonts', descriptors: [{ name: 'local-fonts' }] },
  { name: 'display-capture', descriptors: [{ name: 'display-capture' }] },
  { name: 'payment-handler', descriptors: [{ name: 'payment-handler' }] },
  { name: 'local-network-access', descriptors: [{ name: 'local-network-access' }] },
  { name: 'local-network', descriptors: [{ name: 'local-network' }] },
  { name: 'loopback-network', descriptors: [{ name: 'loopback-network' }] },
  { name: 'nfc', descriptors: [{ name: 'nfc' }] },
  {
    name: 'sensors',
    descriptors: [{ name: 'accelerometer' }, { name: 'gyroscope' }, { name: 'magnetometer' }],
  },
];
