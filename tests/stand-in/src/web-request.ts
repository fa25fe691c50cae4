import type { CallbackResponse, OnBeforeRequestListenerDetails, WebRequestFilter } from 'electron';
import type { Protocol } from './cdp.ts';
import { matchesPattern } from './url-pattern.ts';
import type { WebContentsImpl } from './web-contents.ts';

type Listener = (
  details: OnBeforeRequestListenerDetails,
  callback: (response: CallbackResponse) => void,
) => void;

export type Verdict =
  | { readonly kind: 'continue' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'redirect'; readonly url: string };

const resourceTypes: Readonly<Record<string, OnBeforeRequestListenerDetails['resourceType']>> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  Media: 'media',
  XHR: 'xhr',
  Fetch: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
  WebSocket: 'webSocket',
};

/** `session.webRequest`, of which `onBeforeRequest` is implemented. WebSockets are not seen. */
export class WebRequestImpl {
  private filter: WebRequestFilter = { urls: ['<all_urls>'] };
  private listener: Listener | null = null;
  private readonly onChange: () => void;

  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  onBeforeRequest(first: WebRequestFilter | Listener | null, second?: Listener | null): void {
    const hasFilter = typeof first === 'object' && first !== null;
    this.filter = hasFilter ? first : { urls: ['<all_urls>'] };
    this.listener = (hasFilter ? second : first) ?? null;
    this.onChange();
  }

  wantsAll(): boolean {
    return this.listener !== null;
  }

  /** Asks the app's listener about one request. */
  async ask(
    paused: Protocol.Events['Fetch.requestPaused'],
    url: string,
    contents: WebContentsImpl | undefined,
  ): Promise<Verdict> {
    const { listener } = this;
    const isWanted =
      this.filter.urls.some((pattern) => matchesPattern(pattern, url)) &&
      !this.filter.excludeUrls?.some((pattern) => matchesPattern(pattern, url));
    if (!listener || !isWanted) return { kind: 'continue' };
    const answer = await new Promise<CallbackResponse>((resolve) => {
      listener(
        {
          id: Number(paused.requestId.replaceAll(/\D/g, '')),
          url,
          method: paused.request.method,
          resourceType: resourceTypes[paused.resourceType] ?? 'other',
          referrer: '',
          timestamp: performance.timeOrigin + performance.now(),
          uploadData: [],
          ...(contents ? { webContentsId: contents.id, webContents: contents.facade } : {}),
        },
        resolve,
      );
    });
    if (answer.cancel === true) return { kind: 'cancel' };
    return answer.redirectURL === undefined
      ? { kind: 'continue' }
      : { kind: 'redirect', url: answer.redirectURL };
  }
}
