import type { WebContents, WebPreferences } from 'electron';
import type { CdpConnection, CdpSession, Protocol } from './cdp.ts';
import { makeEvent, StandInEmitter } from './emitter.ts';
import { LoadError } from './load-error.ts';
import { notImplemented, refuseTheRest } from './not-implemented.ts';
import { PreloadBridge } from './preload-bridge.ts';
import type { FromPage } from './page/wire-messages.ts';
import type { Platform } from './platform.ts';
import { readValue, writeClone } from './structured-clone.ts';
import { WebFrameMainImpl } from './web-frame-main.ts';
import { openTarget } from './startup-window.ts';
import { askToOpenWindow } from './window-open.ts';
import type { WindowOpenHandler } from './window-open.ts';
import type { SessionImpl } from './session.ts';

const events = [
  'console-message',
  'destroyed',
  'did-fail-load',
  'did-finish-load',
  'did-navigate',
  'did-navigate-in-page',
  'did-start-loading',
  'did-stop-loading',
  'dom-ready',
  'preload-error',
  'render-process-gone',
  'responsive',
  'unresponsive',
  'will-attach-webview',
  'will-frame-navigate',
  'will-navigate',
  'will-redirect',
];

type Implemented = Pick<
  WebContents,
  | 'send'
  | 'loadURL'
  | 'getURL'
  | 'reload'
  | 'reloadIgnoringCache'
  | 'isDestroyed'
  | 'isCrashed'
  | 'isLoading'
  | 'id'
  | 'executeJavaScript'
  | 'setZoomFactor'
  | 'getZoomFactor'
  | 'setVisualZoomLevelLimits'
  | 'openDevTools'
  | 'closeDevTools'
  | 'forcefullyCrashRenderer'
  | 'focus'
  | 'stop'
  | 'getTitle'
>;

/** What a window's contents need to know of their window. */
export interface ContentsOwner {
  readonly onReadyToShow: () => void;
  /** Asks the window to close, as `webContents.close()` does. */
  readonly close: () => void;
  readonly onTitle: (title: string) => void;
}

let lastId = 0;

/** A page: one target of Chromium's, its preload script, and all that Electron tells about it. */
export class WebContentsImpl extends StandInEmitter implements Implemented {
  readonly id = ++lastId;
  readonly session: SessionImpl;
  readonly frame = new WebFrameMainImpl(this);
  readonly preferences: Readonly<WebPreferences>;
  /** Resolves to the target's session once the page exists in Chromium. */
  readonly attached: Promise<CdpSession>;
  targetId = '';
  private readonly platform: Platform;
  private readonly owner: ContentsOwner;
  private windowOpenHandler: WindowOpenHandler | undefined;
  private readonly bridge: PreloadBridge;
  private url = '';
  private title = '';
  private destroyed = false;
  private crashed = false;
  private loading = false;
  /** How many navigations the app or a debugger has begun whose request has not come by yet. */
  private expectedNavigations = 0;
  /** The contents as the app sees them. */
  readonly facade: WebContents;

  constructor(platform: Platform, preferences: Readonly<WebPreferences>, owner: ContentsOwner) {
    super('webContents', events);
    this.platform = platform;
    this.owner = owner;
    this.preferences = preferences;
    this.session = platform.sessionFor(preferences);
    this.bridge = new PreloadBridge(preferences, platform.versions, (message) => {
      this.hear(message);
    });
    this.facade = refuseTheRest<WebContents>('webContents', this);
    this.attached = this.create();
    this.attached.catch((error: unknown) => {
      if (!platform.app.isEnding) console.error('The stand-in could not make a window:', error);
    });
  }

  get mainFrame(): WebFrameMainImpl {
    return this.frame;
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.attached;
    await this.session.settlePermissions(url, this);
    this.expectedNavigations = 1;
    const finished = this.nextLoad(url);
    finished.catch(() => undefined);
    const mapped = this.platform.mapping.toChromium(url);
    const begun = await page.send('Page.navigate', { url: mapped });
    if (begun.errorText !== undefined && begun.errorText !== '') {
      this.expectedNavigations = 0;
      const error = new LoadError(begun.errorText, url);
      this.emit('did-fail-load', makeEvent({}), error.errno, error.code, url, true, 0, 0);
      throw error;
    }
    // A navigation within the document has no loader, and nothing more to wait for.
    if (begun.loaderId !== undefined) await finished;
  }

  getURL(): string {
    return this.url;
  }

  getOrigin(): string {
    return this.platform.mapping.originOf(this.url);
  }

  getTitle(): string {
    return this.title;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  isCrashed(): boolean {
    return this.crashed;
  }

  isLoading(): boolean {
    return this.loading;
  }

  getLastWebPreferences(): Readonly<WebPreferences> {
    return this.preferences;
  }

  send(channel: string, ...args: unknown[]): void {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
    try {
      this.bridge.tell({ kind: 'message', channel, args: writeClone(args) });
    } catch (error) {
      console.error('Error sending from webFrameMain: ', error);
    }
  }

  reload(): void {
    this.expectedNavigations = 1;
    this.withPage((page) => {
      page.tell('Page.reload');
    });
  }

  reloadIgnoringCache(): void {
    this.expectedNavigations = 1;
    this.withPage((page) => {
      page.tell('Page.reload', { ignoreCache: true });
    });
  }

  stop(): void {
    this.withPage((page) => {
      page.tell('Page.stopLoading');
    });
  }

  focus(): void {
    this.withPage((page) => {
      page.tell('Page.bringToFront');
    });
  }

  close(): void {
    this.owner.close();
  }

  forcefullyCrashRenderer(): void {
    this.withPage((page) => {
      page.tell('Page.crash');
    });
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    const page = await this.attached;
    const { result, exceptionDetails } = await page.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
      userGesture,
    });
    if (exceptionDetails) {
      const text = exceptionDetails.exception?.description ?? exceptionDetails.text;
      throw new Error(text.split('\n')[0]?.replace(/^\w*Error: /, '') ?? text);
    }
    return result.value;
  }

  setZoomFactor(factor: number): void {
    if (factor !== 1) throw notImplemented('webContents.setZoomFactor other than 1');
  }

  getZoomFactor(): number {
    return 1;
  }

  async setVisualZoomLevelLimits(minimum: number, maximum: number): Promise<void> {
    if (minimum === 1 && maximum === 1) return Promise.resolve();
    throw notImplemented('webContents.setVisualZoomLevelLimits other than 1, 1');
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }

  openDevTools(): void {
    throw notImplemented('webContents.openDevTools');
  }

  closeDevTools(): void {
    // No developer tools were ever opened, so they are closed.
  }

  /** Told by the relay: a debugger navigates this page, which is not the page's own wish. */
  expectDebuggerNavigation(): void {
    this.expectedNavigations += 1;
  }

  /**
   * Decides about a request for the main frame's next document. Electron asks the app about what
   * the page wants, and not about what the app (or a debugger) itself has begun.
   */
  allowsNavigation(url: string, isMainFrame: boolean, isRedirect: boolean): boolean {
    if (isMainFrame && !isRedirect && this.expectedNavigations > 0) {
      this.expectedNavigations -= 1;
      return true;
    }
    const details = {
      url,
      isSameDocument: false,
      isMainFrame,
      frame: isMainFrame ? this.frame : null,
      initiator: this.frame,
    };
    const event = makeEvent(details);
    if (isRedirect) {
      this.emit('will-redirect', event, url, false, isMainFrame, 0, 0);
    } else {
      this.emit('will-frame-navigate', event);
      if (isMainFrame) this.emit('will-navigate', event, url, false, true, 0, 0);
    }
    return !event.defaultPrevented;
  }

  /** Asks about a window that the page wants to open, and says loudly when it may. */
  askToOpen(url: string, frameName: string, features: string): void {
    const own = this.platform.mapping.fromChromium(url);
    askToOpenWindow(this.windowOpenHandler, { url: own, frameName, features, referrer: this.url });
  }

  /** Ends the page. Resolves when Chromium has let go of it. */
  async destroy(): Promise<void> {
    if (this.destroyed) return;
    this.destroyed = true;
    const connection = await this.platform.connection();
    const page = await this.attached.catch(() => undefined);
    await connection.browser
      .send('Target.closeTarget', { targetId: this.targetId })
      .catch(() => undefined);
    page?.end();
    this.platform.contents.remove(this);
    this.emit('destroyed', makeEvent({}));
  }

  private withPage(act: (page: CdpSession) => void): void {
    this.attached.then(act).catch(() => undefined);
  }

  private async create(): Promise<CdpSession> {
    const connection = await this.platform.connection();
    const targetId = await openTarget(connection, this.platform.hasDisplay);
    this.targetId = targetId;
    this.platform.contents.add(this);
    const page = await this.attach(connection, targetId);
    await Promise.all([
      page.send('Page.enable'),
      page.send('Runtime.enable'),
      page.send('Inspector.enable'),
      this.bridge.install(page, targetId),
      this.platform.applyTheme(page),
    ]);
    return page;
  }

  private async attach(connection: CdpConnection, targetId: string): Promise<CdpSession> {
    const { sessionId } = await connection.browser.send('Target.attachToTarget', {
      targetId,
      flatten: true,
    });
    const page = connection.session(sessionId);
    page.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id === targetId) this.navigated(frame.url + (frame.urlFragment ?? ''));
    });
    page.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId !== targetId) return;
      this.url = this.platform.mapping.fromChromium(url);
      this.emit('did-navigate-in-page', makeEvent({}), this.url, true, 0, 0);
    });
    page.on('Page.frameAttached', ({ frameId }) => {
      this.platform.contents.addFrame(frameId, this);
    });
    page.on('Page.frameStartedLoading', ({ frameId }) => {
      if (frameId !== targetId) return;
      this.loading = true;
      this.emit('did-start-loading', makeEvent({}));
    });
    page.on('Page.domContentEventFired', () => {
      if (this.url !== '') this.emit('dom-ready', makeEvent({}));
    });
    page.on('Page.loadEventFired', () => {
      this.loaded();
    });
    page.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      this.askToOpen(url, windowName, windowFeatures.join(','));
    });
    page.on('Runtime.consoleAPICalled', (called) => {
      this.tellConsole(called);
    });
    page.on('Inspector.targetCrashed', () => {
      this.renderProcessGone();
    });
    return page;
  }

  private navigated(chromiumUrl: string): void {
    this.expectedNavigations = 0;
    this.crashed = false;
    const url = this.platform.mapping.fromChromium(chromiumUrl);
    if (url === 'about:blank' && this.url === '') return;
    this.url = url;
    this.emit('did-navigate', makeEvent({}), url, 200, 'OK');
  }

  private loaded(): void {
    this.loading = false;
    if (this.url === '') return;
    this.withPage((page) => {
      page
        .send('Runtime.evaluate', { expression: 'document.title', returnByValue: true })
        .then(({ result }) => {
          this.title = String(result.value);
          this.owner.onTitle(this.title);
        })
        .catch(() => undefined);
    });
    this.emit('did-finish-load', makeEvent({}));
    this.emit('did-stop-loading', makeEvent({}));
    this.owner.onReadyToShow();
  }

  /** Resolves when the next document has loaded; rejects when its process or its window is gone. */
  private async nextLoad(url: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const loaded = (): void => {
      resolve(undefined);
    };
    const gone = (): void => {
      reject(new LoadError('net::ERR_FAILED', url));
    };
    this.on('did-finish-load', loaded).on('destroyed', gone).on('render-process-gone', gone);
    try {
      await promise;
    } finally {
      this.off('did-finish-load', loaded).off('destroyed', gone).off('render-process-gone', gone);
    }
  }

  private tellConsole(called: Protocol.Events['Runtime.consoleAPICalled']): void {
    const message = called.args
      .map((arg) => String(arg.value ?? arg.description ?? arg.type))
      .join(' ');
    const level = called.type === 'error' || called.type === 'warning' ? called.type : 'info';
    const frame = called.stackTrace?.callFrames[0];
    const lineNumber = (frame?.lineNumber ?? 0) + 1;
    const sourceId = this.platform.mapping.fromChromium(frame?.url ?? '');
    this.emit(
      'console-message',
      makeEvent({ message, level, lineNumber, sourceId, frame: this.frame }),
    );
  }

  private renderProcessGone(): void {
    if (this.crashed) return;
    this.crashed = true;
    const details = { reason: 'crashed', exitCode: 5 };
    this.emit('render-process-gone', makeEvent({}), details);
    this.platform.app.emit('render-process-gone', makeEvent({}), this.facade, details);
  }

  private hear(message: FromPage): void {
    switch (message.kind) {
      case 'invoke': {
        const args = readValue(message.args) as unknown[];
        const reply = this.bridge.replyToAsker();
        this.platform.ipcMain.invoked(this, message.id, message.channel, args, reply);
        return;
      }
      case 'send': {
        const args = readValue(message.args) as unknown[];
        this.platform.ipcMain.sent(this, message.channel, args);
        return;
      }
      case 'window-open': {
        this.askToOpen(message.url, message.frameName, message.features);
        return;
      }
      case 'preload-error': {
        const path = this.preferences.preload ?? '';
        console.error(`Unable to load preload script: ${path}\n${message.stack}`);
        this.emit('preload-error', makeEvent({}), path, new Error(message.message));
        return;
      }
    }
  }
}
