import type { WebPreferences } from 'electron';
import type { AppImpl } from './app.ts';
import type { CdpConnection, CdpSession } from './cdp.ts';
import type { IpcMainImpl } from './ipc-main.ts';
import type { SchemeMapping } from './scheme-mapping.ts';
import type { SessionImpl } from './session.ts';
import type { WebContentsImpl } from './web-contents.ts';

/** What the parts of the stand-in know of each other. */
export interface Platform {
  readonly app: AppImpl;
  readonly ipcMain: IpcMainImpl;
  readonly mapping: SchemeMapping;
  readonly versions: Readonly<Record<string, string>>;
  readonly contents: ContentsRegistry;
  /** Whether Chromium shows real windows, rather than none at all. */
  readonly hasDisplay: boolean;
  /** Resolves to the running Chromium. */
  connection(): Promise<CdpConnection>;
  sessionFor(preferences: Readonly<WebPreferences>): SessionImpl;
  /** Lets a new page show the colours that `nativeTheme.themeSource` asks for. */
  applyTheme(page: CdpSession): Promise<void>;
}

/** All pages that are alive, by their target and by their frames. */
export class ContentsRegistry {
  private readonly byTarget = new Map<string, WebContentsImpl>();
  private readonly byFrame = new Map<string, WebContentsImpl>();

  add(contents: WebContentsImpl): void {
    this.byTarget.set(contents.targetId, contents);
    this.byFrame.set(contents.targetId, contents);
  }

  addFrame(frameId: string, contents: WebContentsImpl): void {
    this.byFrame.set(frameId, contents);
  }

  remove(contents: WebContentsImpl): void {
    this.byTarget.delete(contents.targetId);
    for (const [frameId, owner] of this.byFrame) {
      if (owner === contents) this.byFrame.delete(frameId);
    }
  }

  ofTarget(targetId: string): WebContentsImpl | undefined {
    return this.byTarget.get(targetId);
  }

  ofFrame(frameId: string): WebContentsImpl | undefined {
    return this.byFrame.get(frameId);
  }

  all(): WebContentsImpl[] {
    return [...this.byTarget.values()];
  }
}
