import type { CdpConnection } from './cdp.ts';
import type { WebContentsImpl } from './web-contents.ts';

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The place and state of one window in Chromium. A kiosk's window has no frame, so its bounds are
 * those of its contents. Without a display there is no screen to fill: a full-screen window then
 * keeps the size it was given.
 */
export class WindowBounds {
  bounds: Bounds;
  private readonly contents: WebContentsImpl;
  private readonly connection: () => Promise<CdpConnection>;
  private last: Promise<void> = Promise.resolve();

  constructor(contents: WebContentsImpl, connection: () => Promise<CdpConnection>, bounds: Bounds) {
    this.contents = contents;
    this.connection = connection;
    this.bounds = bounds;
  }

  resize(bounds: Partial<Bounds>): void {
    this.bounds = { ...this.bounds, ...bounds };
    const { width, height } = this.bounds;
    this.change(async (browser, windowId) => {
      await browser.send('Browser.setContentsSize', { windowId, width, height });
    });
  }

  setState(windowState: 'normal' | 'fullscreen' | 'minimized'): void {
    this.change(async (browser, windowId) => {
      await browser.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
    });
  }

  /** Resolves when every change so far has been made, so that a page is laid out only once. */
  async settled(): Promise<void> {
    await this.last;
  }

  private change(
    make: (browser: CdpConnection['browser'], windowId: number) => Promise<void>,
  ): void {
    const before = this.last;
    const change = async (): Promise<void> => {
      await before;
      await this.contents.attached;
      const { browser } = await this.connection();
      const { targetId } = this.contents;
      const { windowId } = await browser.send('Browser.getWindowForTarget', { targetId });
      await make(browser, windowId);
    };
    this.last = change().catch((error: unknown) => {
      if (!this.contents.isDestroyed()) console.error('The stand-in could not size it:', error);
    });
  }
}
