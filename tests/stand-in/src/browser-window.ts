import type {
  BrowserWindow as ElectronBrowserWindow,
  BrowserWindowConstructorOptions,
  WebContents,
} from 'electron';
import { makeEvent, StandInEmitter } from './emitter.ts';
import { refuseTheRest } from './not-implemented.ts';
import type { Platform } from './platform.ts';
import { WebContentsImpl } from './web-contents.ts';
import { readWebPreferences } from './web-preferences.ts';
import { WindowBounds } from './window-bounds.ts';
import type { Bounds } from './window-bounds.ts';

const events = [
  'always-on-top-changed',
  'blur',
  'close',
  'closed',
  'enter-full-screen',
  'focus',
  'hide',
  'leave-full-screen',
  'minimize',
  'move',
  'page-title-updated',
  'ready-to-show',
  'resize',
  'restore',
  'responsive',
  'show',
  'unresponsive',
];

type Implemented = Pick<
  ElectronBrowserWindow,
  | 'loadURL'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'focus'
  | 'isFocused'
  | 'isVisible'
  | 'minimize'
  | 'restore'
  | 'isMinimized'
  | 'isDestroyed'
  | 'destroy'
  | 'close'
  | 'reload'
  | 'setContentSize'
  | 'getContentSize'
  | 'setSize'
  | 'getSize'
  | 'setBounds'
  | 'getBounds'
  | 'getContentBounds'
  | 'setKiosk'
  | 'isKiosk'
  | 'setFullScreen'
  | 'isFullScreen'
  | 'setTitle'
  | 'getTitle'
  | 'setMenu'
  | 'removeMenu'
  | 'setMenuBarVisibility'
  | 'setBackgroundColor'
  | 'setAlwaysOnTop'
  | 'id'
>;

let lastId = 0;

/** A window: its page, its place on the screen, and its end. */
export class BrowserWindowImpl extends StandInEmitter implements Implemented {
  readonly id = ++lastId;
  readonly contents: WebContentsImpl;
  /** The window as the app sees it. */
  readonly facade: ElectronBrowserWindow;
  private readonly platform: Platform;
  private readonly windows: BrowserWindows;
  private readonly place: WindowBounds;
  private title: string;
  private visible: boolean;
  private minimized = false;
  private kiosk: boolean;
  private fullScreen: boolean;
  private closing = false;
  private destroyed = false;
  private wasReady = false;

  constructor(
    platform: Platform,
    windows: BrowserWindows,
    options: BrowserWindowConstructorOptions,
  ) {
    super('BrowserWindow', events);
    this.platform = platform;
    this.windows = windows;
    this.title = options.title ?? platform.app.getName();
    this.visible = options.show ?? true;
    this.kiosk = options.kiosk ?? false;
    this.fullScreen = options.fullscreen ?? this.kiosk;
    this.contents = new WebContentsImpl(platform, readWebPreferences(options.webPreferences), {
      onReadyToShow: () => {
        if (this.wasReady) return;
        this.wasReady = true;
        this.emit('ready-to-show', makeEvent({}));
      },
      close: () => {
        this.close();
      },
      onTitle: (title) => {
        this.title = title;
      },
    });
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.place = new WindowBounds(this.contents, () => platform.connection(), {
      x,
      y,
      width,
      height,
    });
    this.place.resize({});
    this.showState();
    this.facade = refuseTheRest<ElectronBrowserWindow>('BrowserWindow', this);
  }

  get webContents(): WebContents {
    return this.contents.facade;
  }

  async loadURL(url: string): Promise<void> {
    await this.place.settled();
    await this.contents.loadURL(url);
  }

  reload(): void {
    this.contents.reload();
  }

  show(): void {
    this.showInactive();
    this.focus();
  }

  showInactive(): void {
    if (this.visible) return;
    this.visible = true;
    this.emit('show');
  }

  hide(): void {
    if (!this.visible) return;
    this.visible = false;
    this.emit('hide');
  }

  isVisible(): boolean {
    return this.visible && !this.destroyed;
  }

  focus(): void {
    this.contents.focus();
    this.windows.focused = this;
    this.emit('focus', makeEvent({}));
  }

  isFocused(): boolean {
    return this.windows.focused === this;
  }

  minimize(): void {
    this.minimized = true;
    if (this.platform.hasDisplay) this.place.setState('minimized');
    this.emit('minimize');
  }

  restore(): void {
    if (!this.minimized) return;
    this.minimized = false;
    this.showState();
    this.emit('restore');
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  close(): void {
    if (this.destroyed || this.closing) return;
    const event = makeEvent({});
    this.emit('close', event);
    if (event.defaultPrevented) {
      this.platform.app.stayOpen();
      return;
    }
    this.destroy();
  }

  destroy(): void {
    if (this.destroyed || this.closing) return;
    this.closing = true;
    this.contents.destroy().then(
      () => {
        this.gone();
      },
      (error: unknown) => {
        console.error('The stand-in could not close a window:', error);
        this.gone();
      },
    );
  }

  /** Chromium has closed the window by itself, or a person has. */
  closedFromOutside(): void {
    if (this.closing || this.destroyed) return;
    this.emit('close', makeEvent({}));
    this.destroy();
  }

  setContentSize(width: number, height: number): void {
    this.place.resize({ width, height });
    this.emit('resize');
  }

  getContentSize(): number[] {
    return [this.place.bounds.width, this.place.bounds.height];
  }

  setSize(width: number, height: number): void {
    this.setContentSize(width, height);
  }

  getSize(): number[] {
    return this.getContentSize();
  }

  setBounds(bounds: Partial<Bounds>): void {
    this.place.resize(bounds);
    this.emit('resize');
  }

  getBounds(): Bounds {
    return { ...this.place.bounds };
  }

  getContentBounds(): Bounds {
    return this.getBounds();
  }

  setKiosk(flag: boolean): void {
    this.kiosk = flag;
    this.setFullScreen(flag);
  }

  isKiosk(): boolean {
    return this.kiosk;
  }

  setFullScreen(flag: boolean): void {
    if (this.fullScreen === flag) return;
    this.fullScreen = flag;
    this.showState();
    this.emit(flag ? 'enter-full-screen' : 'leave-full-screen');
  }

  isFullScreen(): boolean {
    return this.fullScreen;
  }

  setTitle(title: string): void {
    this.title = title;
  }

  getTitle(): string {
    return this.title;
  }

  setMenu(): void {
    // Chromium's windows carry no menu of the app's, so there is none to change.
  }

  removeMenu(): void {
    // See setMenu.
  }

  setMenuBarVisibility(): void {
    // See setMenu.
  }

  setBackgroundColor(): void {
    // Shown only until the page paints, which here is when the window appears.
  }

  setAlwaysOnTop(): void {
    // Chromium's windows obey the desktop; in a kiosk there is no other window.
  }

  private showState(): void {
    if (!this.platform.hasDisplay) return;
    this.place.setState(this.fullScreen ? 'fullscreen' : 'normal');
  }

  private gone(): void {
    this.destroyed = true;
    this.windows.remove(this);
    this.emit('closed');
    if (this.windows.all().length === 0) this.platform.app.lastWindowClosed();
  }
}

/** All windows that are open, in the order in which they were made. */
export class BrowserWindows {
  focused: BrowserWindowImpl | undefined;
  private readonly open = new Set<BrowserWindowImpl>();

  add(window: BrowserWindowImpl): void {
    this.open.add(window);
  }

  remove(window: BrowserWindowImpl): void {
    this.open.delete(window);
    if (this.focused === window) this.focused = undefined;
  }

  all(): BrowserWindowImpl[] {
    return [...this.open];
  }

  of(contents: unknown): BrowserWindowImpl | undefined {
    return this.all().find(
      (window) => window.contents === contents || window.contents.facade === contents,
    );
  }

  /** Asks all windows to close. Answers false when there was none to ask. */
  closeAll(): boolean {
    const windows = this.all();
    for (const window of windows) window.close();
    return windows.length > 0;
  }
}

/** `BrowserWindow` as the app imports it: a class to make windows with, and its list of them. */
export function browserWindowClass(platform: Platform, windows: BrowserWindows): object {
  const make = (options: BrowserWindowConstructorOptions = {}): ElectronBrowserWindow => {
    if (!platform.app.isStarted) throw new Error('Cannot create BrowserWindow before app is ready');
    const window = new BrowserWindowImpl(platform, windows, options);
    windows.add(window);
    platform.app.emit('web-contents-created', makeEvent({}), window.contents.facade);
    platform.app.emit('browser-window-created', makeEvent({}), window.facade);
    return window.facade;
  };
  const statics = {
    getAllWindows: () => windows.all().map((window) => window.facade),
    fromWebContents: (contents: unknown) => windows.of(contents)?.facade ?? null,
    fromId: (id: number) => windows.all().find((window) => window.id === id)?.facade ?? null,
    getFocusedWindow: () => windows.focused?.facade ?? null,
  };
  const rest = refuseTheRest<object>('BrowserWindow', statics);
  return new Proxy(BrowserWindowImpl, {
    construct: (_target, [options]: [BrowserWindowConstructorOptions?]) => make(options),
    get: (target, property): unknown =>
      property === 'prototype' || property === 'name' || property === 'length'
        ? Reflect.get(target, property)
        : Reflect.get(rest, property),
  });
}
