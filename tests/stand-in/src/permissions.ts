import type { CdpConnection } from './cdp.ts';
import { knownPermissions } from './permission-names.ts';
import type {
  KnownPermission,
  PermissionCheckHandler,
  PermissionRequestHandler,
} from './permission-names.ts';
import type { SchemeMapping } from './scheme-mapping.ts';
import type { WebContentsImpl } from './web-contents.ts';

interface Asking {
  readonly url: string;
  readonly contents: WebContentsImpl;
}

/**
 * The permissions of one session. Chromium gives no event when a page asks for one, so the app's
 * handlers are asked before a page is loaded, about each permission there is, and Chromium is told
 * the answers. A permission is granted only when the check handler and the request handler both
 * grant it; with no handler Electron grants all, and so does this.
 */
export class Permissions {
  check: PermissionCheckHandler | null = null;
  request: PermissionRequestHandler | null = null;
  private readonly mapping: SchemeMapping;
  private readonly connection: () => Promise<CdpConnection>;

  constructor(mapping: SchemeMapping, connection: () => Promise<CdpConnection>) {
    this.mapping = mapping;
    this.connection = connection;
  }

  /** Asks the handlers about every permission for the page at `url`, and applies what they say. */
  async settle(url: string, contents: WebContentsImpl): Promise<void> {
    const asking = { url, contents };
    await Promise.all(knownPermissions.map((known) => this.settleOne(known, asking)));
  }

  private async settleOne(known: KnownPermission, asking: Asking): Promise<void> {
    if (!this.isAllowed(known, asking)) {
      await this.apply(known, asking.url, false);
      return;
    }
    const { request } = this;
    if (!request) {
      await this.apply(known, asking.url, true);
      return;
    }
    // A handler may answer late, or never (it waits for a person): until then the answer is no.
    const state = { isAnswered: false };
    const answered = new Promise<void>((resolve, reject) => {
      request(
        asking.contents.facade,
        known.name,
        (isGranted) => {
          state.isAnswered = true;
          this.apply(known, asking.url, isGranted).then(resolve, reject);
        },
        {
          requestingUrl: asking.url,
          isMainFrame: true,
          ...(known.mediaType ? { mediaTypes: [known.mediaType] } : {}),
          ...(known.mediaType ? { securityOrigin: this.originOf(asking.url) } : {}),
        },
      );
    });
    if (state.isAnswered) await answered;
    else {
      answered.catch(() => undefined);
      await this.apply(known, asking.url, false);
    }
  }

  private isAllowed(known: KnownPermission, { url, contents }: Asking): boolean {
    if (!this.check) return true;
    return this.check(contents.facade, known.name, this.originOf(url), {
      isMainFrame: true,
      requestingUrl: url,
      ...(known.mediaType
        ? { mediaType: known.mediaType, securityOrigin: this.originOf(url) }
        : {}),
    });
  }

  /** Electron gives origins to these handlers with a slash at the end. */
  private originOf(url: string): string {
    return `${this.mapping.originOf(url)}/`;
  }

  private async apply(known: KnownPermission, url: string, isGranted: boolean): Promise<void> {
    const { browser } = await this.connection();
    const chromiumUrl = this.mapping.toChromium(url);
    if (!/^https?:/.test(chromiumUrl)) return;
    for (const permission of known.descriptors) {
      await browser.send('Browser.setPermission', {
        permission,
        setting: isGranted ? 'granted' : 'denied',
        origin: new URL(chromiumUrl).origin,
      });
    }
  }
}
