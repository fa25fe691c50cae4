import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import type { WebPreferences } from 'electron';
import type { CdpSession } from './cdp.ts';
import { pageScript } from './page-scripts.ts';
import { bindingName, preloadWorld, receiverName } from './page/wire-messages.ts';
import type { FromPage, PreloadConfig, ToPage } from './page/wire-messages.ts';

/** Sends one answer to the document that asked; a document that has gone is not an error. */
export type Reply = (message: ToPage) => void;

/** Everything between the main process and one page's preload script. */
export class PreloadBridge {
  private readonly config: PreloadConfig;
  private readonly preload: string | undefined;
  private readonly hear: (message: FromPage) => void;
  private page: CdpSession | undefined;
  private contextId: number | undefined;

  constructor(
    preferences: Readonly<WebPreferences>,
    versions: Readonly<Record<string, string>>,
    hear: (message: FromPage) => void,
  ) {
    this.preload = preferences.preload;
    this.hear = hear;
    this.config = {
      secret: randomUUID(),
      platform: process.platform,
      arch: process.arch,
      versions,
      argv: preferences.additionalArguments ?? [],
      env: {},
    };
  }

  /** Puts the bridge's two halves into every document that this page will show. */
  async install(page: CdpSession, mainFrameId: string): Promise<void> {
    this.page = page;
    page.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = (context.auxData ?? {}) as { frameId?: string };
      if (context.name === preloadWorld && frameId === mainFrameId) this.contextId = context.id;
    });
    page.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.contextId) this.contextId = undefined;
    });
    page.on('Runtime.executionContextsCleared', () => {
      this.contextId = undefined;
    });
    page.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      // A document that is already being replaced speaks for nobody.
      if (name !== bindingName || executionContextId !== this.contextId) return;
      this.hear(JSON.parse(payload) as FromPage);
    });
    await page.send('Runtime.addBinding', {
      name: bindingName,
      executionContextName: preloadWorld,
    });
    const secret = JSON.stringify(this.config.secret);
    await page.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(() => { ${pageScript('main-world')}\nstandInPage.preparePage(${secret}); })();`,
    });
    await page.send('Page.addScriptToEvaluateOnNewDocument', {
      source: this.preloadSource(),
      worldName: preloadWorld,
    });
  }

  /** Tells the document that is shown now; before the first one there is nobody to hear it. */
  tell(message: ToPage): void {
    if (this.contextId !== undefined) this.tellContext(this.contextId, message);
  }

  /** Makes the way back to the document that is asking now. */
  replyToAsker(): Reply {
    const asking = this.contextId;
    return (message) => {
      if (asking !== undefined && asking === this.contextId) this.tellContext(asking, message);
    };
  }

  private tellContext(contextId: number, message: ToPage): void {
    this.page?.tell('Runtime.evaluate', {
      expression: `${receiverName}(${JSON.stringify(message)})`,
      contextId,
    });
  }

  private preloadSource(): string {
    const config = JSON.stringify(this.config);
    return (
      `(() => { ${pageScript('isolated-world')}\n` +
      `standInPreload.runPreload(${config}, function (require, module, exports, process, global) {` +
      `${this.readPreload()}\n}); })();`
    );
  }

  private readPreload(): string {
    if (this.preload === undefined) return '';
    try {
      const source = readFileSync(this.preload, 'utf8');
      // A script that cannot be parsed would take the bridge down with it; it throws instead.
      new Script(`(function () {${source}\n})`, { filename: this.preload });
      return source;
    } catch (error) {
      return `throw new Error(${JSON.stringify(String(error))});`;
    }
  }
}
