import type { WebContentsImpl } from './web-contents.ts';

/** The main frame of a window's page, as `webContents.mainFrame` and `event.senderFrame` give it. */
export class WebFrameMainImpl {
  readonly name = '';
  readonly parent = null;
  private readonly contents: WebContentsImpl;

  constructor(contents: WebContentsImpl) {
    this.contents = contents;
  }

  get url(): string {
    return this.contents.getURL();
  }

  get origin(): string {
    return this.contents.getOrigin();
  }

  get routingId(): number {
    return this.contents.id;
  }

  get processId(): number {
    return this.contents.id;
  }

  get frameTreeNodeId(): number {
    return this.contents.id;
  }

  get detached(): boolean {
    return this.contents.isDestroyed();
  }

  isDestroyed(): boolean {
    return this.contents.isDestroyed();
  }

  send(channel: string, ...args: unknown[]): void {
    this.contents.send(channel, ...args);
  }

  async executeJavaScript(code: string): Promise<unknown> {
    return this.contents.executeJavaScript(code);
  }
}
