import type { CdpSession, Protocol } from './cdp.ts';
import type { SchemeMapping } from './scheme-mapping.ts';
import { answerWith } from './scheme-response.ts';
import type { SessionImpl } from './session.ts';
import type { WebContentsImpl } from './web-contents.ts';

type Paused = Protocol.Events['Fetch.requestPaused'];

/** How the interception finds out whose request it sees. */
export interface RequestOwners {
  readonly mapping: SchemeMapping;
  contentsOfFrame(frameId: string): WebContentsImpl | undefined;
  sessions(): readonly SessionImpl[];
  defaultSession(): SessionImpl;
}

/**
 * Stops every request that the app has a say in, for all pages and workers at once: its own
 * schemes (served by `protocol.handle`), every document (which `will-navigate` may refuse), and
 * whatever `webRequest` listeners want to see.
 */
export class RequestInterception {
  private readonly browser: CdpSession;
  private readonly owners: RequestOwners;

  constructor(browser: CdpSession, owners: RequestOwners) {
    this.browser = browser;
    this.owners = owners;
    browser.on('Fetch.requestPaused', (paused) => {
      this.decide(paused).catch((error: unknown) => {
        console.error(`The stand-in could not serve ${paused.request.url}:`, error);
        browser.tell('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Failed' });
      });
    });
  }

  /** Starts, or starts anew after the app has asked to see more. */
  async enable(): Promise<void> {
    const seesAll = this.owners.sessions().some((session) => session.requests.wantsAll());
    await this.browser.send('Fetch.enable', {
      patterns: seesAll
        ? [{ urlPattern: '*' }]
        : [
            { urlPattern: '*', resourceType: 'Document' },
            ...this.owners.mapping.patterns().map((urlPattern) => ({ urlPattern })),
          ],
    });
  }

  private async decide(paused: Paused): Promise<void> {
    const { requestId, request, resourceType, frameId } = paused;
    const contents = this.owners.contentsOfFrame(frameId);
    const session = contents?.session ?? this.owners.defaultSession();
    const url = this.owners.mapping.fromChromium(request.url);
    if (resourceType === 'Document' && contents) {
      const isMainFrame = contents.targetId === frameId;
      const isRedirect = paused.redirectedRequestId !== undefined;
      if (!contents.allowsNavigation(url, isMainFrame, isRedirect)) {
        this.browser.tell('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
        return;
      }
    }
    const verdict = await session.requests.ask(paused, url, contents);
    if (verdict.kind === 'cancel') {
      this.browser.tell('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
      return;
    }
    if (verdict.kind === 'redirect') {
      this.browser.tell('Fetch.fulfillRequest', {
        requestId,
        responseCode: 307,
        responseHeaders: [{ name: 'location', value: this.owners.mapping.toChromium(verdict.url) }],
      });
      return;
    }
    const scheme = this.owners.mapping.schemeOf(request.url);
    if (scheme === undefined) {
      this.browser.tell('Fetch.continueRequest', { requestId });
      return;
    }
    // Chromium's windows look for an icon of the site; Electron's never do, so the app is not asked.
    if (resourceType === 'Other' && new URL(request.url).pathname === '/favicon.ico') {
      this.browser.tell('Fetch.fulfillRequest', { requestId, responseCode: 204 });
      return;
    }
    const handler = session.schemes.handlerOf(scheme);
    if (!handler) {
      this.browser.tell('Fetch.failRequest', { requestId, errorReason: 'Failed' });
      return;
    }
    this.browser.tell(
      'Fetch.fulfillRequest',
      await answerWith(handler, paused, this.owners.mapping),
    );
  }
}
