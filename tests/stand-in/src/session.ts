import type { Protocol, Session, WebRequest } from 'electron';
import type { CdpConnection } from './cdp.ts';
import { StandInEmitter } from './emitter.ts';
import { refuseTheRest } from './not-implemented.ts';
import { Permissions } from './permissions.ts';
import { ProtocolImpl } from './protocol.ts';
import type { SchemeRegistry } from './protocol.ts';
import type { SchemeMapping } from './scheme-mapping.ts';
import type { WebContentsImpl } from './web-contents.ts';
import { WebRequestImpl } from './web-request.ts';

type Implemented = Pick<
  Session,
  | 'setPermissionCheckHandler'
  | 'setPermissionRequestHandler'
  | 'setDevicePermissionHandler'
  | 'clearCache'
  | 'clearStorageData'
  | 'isPersistent'
>;

export interface SessionParts {
  readonly registry: SchemeRegistry;
  readonly mapping: SchemeMapping;
  readonly partition: string;
  readonly connection: () => Promise<CdpConnection>;
  readonly onRequestFilterChange: () => void;
  /** Origins of pages that this session shows now. */
  readonly pages: () => readonly WebContentsImpl[];
}

/**
 * One of Electron's sessions. Each has handlers of its own; what pages store lies in the run's one
 * Chromium profile, which is new at each start.
 */
export class SessionImpl extends StandInEmitter implements Implemented {
  readonly schemes: ProtocolImpl;
  readonly requests: WebRequestImpl;
  readonly protocol: Protocol;
  readonly webRequest: WebRequest;
  /** The session as the app sees it. */
  readonly facade: Session;
  private readonly parts: SessionParts;
  private readonly permissions: Permissions;

  constructor(parts: SessionParts) {
    super('session', ['will-download']);
    this.parts = parts;
    this.schemes = new ProtocolImpl(parts.registry);
    this.requests = new WebRequestImpl(parts.onRequestFilterChange);
    this.protocol = refuseTheRest<Protocol>('protocol', this.schemes);
    this.webRequest = refuseTheRest<WebRequest>('webRequest', this.requests);
    this.permissions = new Permissions(parts.mapping, parts.connection);
    this.facade = refuseTheRest<Session>('session', this);
  }

  setPermissionCheckHandler(handler: Parameters<Session['setPermissionCheckHandler']>[0]): void {
    this.permissions.check = handler;
    this.settleShownPages();
  }

  setPermissionRequestHandler(
    handler: Parameters<Session['setPermissionRequestHandler']>[0],
  ): void {
    this.permissions.request = handler;
    this.settleShownPages();
  }

  /** Kept and never asked: without a display nobody can choose a device. */
  setDevicePermissionHandler(handler: Parameters<Session['setDevicePermissionHandler']>[0]): void {
    this.devicePermissionHandler = handler;
  }

  devicePermissionHandler: Parameters<Session['setDevicePermissionHandler']>[0] = null;

  isPersistent(): boolean {
    return this.parts.partition === '' || this.parts.partition.startsWith('persist:');
  }

  async clearCache(): Promise<void> {
    for (const contents of this.parts.pages()) {
      const page = await contents.attached;
      await page.send('Network.clearBrowserCache');
    }
  }

  async clearStorageData(): Promise<void> {
    for (const contents of this.parts.pages()) {
      const page = await contents.attached;
      await page.send('Storage.clearDataForOrigin', {
        origin: this.parts.mapping.toChromium(contents.getOrigin()).replace(/\/$/, ''),
        storageTypes: 'all',
      });
    }
  }

  /** Called before a page is loaded: see `Permissions`. */
  async settlePermissions(url: string, contents: WebContentsImpl): Promise<void> {
    await this.permissions.settle(url, contents);
  }

  private settleShownPages(): void {
    for (const contents of this.parts.pages()) {
      if (contents.getURL() === '') continue;
      this.permissions.settle(contents.getURL(), contents).catch((error: unknown) => {
        console.error('The stand-in could not set the permissions:', error);
      });
    }
  }
}
