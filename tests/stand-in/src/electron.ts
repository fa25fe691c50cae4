import type { WebContents } from 'electron';
import { AppImpl } from './app.ts';
import type { AppLocation } from './app-location.ts';
import { browserWindowClass, BrowserWindows } from './browser-window.ts';
import type { CdpConnection } from './cdp.ts';
import { exportNames } from './export-names.ts';
import { IpcMainImpl } from './ipc-main.ts';
import { NativeThemeImpl } from './native-theme.ts';
import { refuseAll, refuseTheRest } from './not-implemented.ts';
import { ContentsRegistry } from './platform.ts';
import type { Platform } from './platform.ts';
import { SchemeRegistry } from './protocol.ts';
import { RequestInterception } from './request-interception.ts';
import { SafeStorageImpl } from './safe-storage.ts';
import { SchemeMapping } from './scheme-mapping.ts';
import { Sessions } from './sessions.ts';
import { dialog, menuClass, net, powerMonitor, powerSaveBlocker, screen } from './small-parts.ts';

export interface ElectronParts {
  readonly location: AppLocation;
  readonly executable: string;
  readonly switches: Map<string, string>;
  readonly versions: Readonly<Record<string, string>>;
  readonly hasDisplay: boolean;
}

/** The assembled stand-in: what the app imports, and what starts and ends it. */
export interface Assembled {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly app: AppImpl;
  readonly contents: ContentsRegistry;
  /** Takes Chromium into use, once it runs and before `ready`. */
  connect(connection: CdpConnection): Promise<void>;
}

/** Puts the parts of the stand-in together. */
export function assembleElectron(parts: ElectronParts): Assembled {
  const windows = new BrowserWindows();
  const contents = new ContentsRegistry();
  const mapping = new SchemeMapping();
  const ipcMain = new IpcMainImpl();
  const connected = Promise.withResolvers<CdpConnection>();
  let interception: RequestInterception | undefined;
  const app = new AppImpl(parts.location, {
    executable: parts.executable,
    switches: parts.switches,
    closeAllWindows: () => windows.closeAll(),
  });
  const registry = new SchemeRegistry(mapping, () => app.isStarted);
  const nativeTheme = new NativeThemeImpl(contents);
  const sessions: Sessions = new Sessions(
    (partition) => ({
      registry,
      mapping,
      partition,
      connection: async () => connected.promise,
      onRequestFilterChange: () => {
        interception?.enable().catch((error: unknown) => {
          console.error('The stand-in could not change what it intercepts:', error);
        });
      },
      pages: () => contents.all().filter((page) => page.session === sessions.of(partition)),
    }),
    () => app.isStarted,
  );
  const platform: Platform = {
    app,
    ipcMain,
    mapping,
    contents,
    versions: parts.versions,
    hasDisplay: parts.hasDisplay,
    connection: async () => connected.promise,
    sessionFor: (preferences) => sessions.for(preferences),
    applyTheme: async (page) => nativeTheme.applyTo(page),
  };

  const connect = async (connection: CdpConnection): Promise<void> => {
    const { browser } = connection;
    interception = new RequestInterception(browser, {
      mapping,
      contentsOfFrame: (frameId) => contents.ofFrame(frameId),
      sessions: () => sessions.all(),
      defaultSession: () => sessions.of(''),
    });
    browser.on('Target.targetCreated', ({ targetInfo }) => {
      // A link that asks for a window of its own: the app is asked by `Page.windowOpen`, and no
      // window stays open for it.
      if (targetInfo.type !== 'page' || targetInfo.openerId === undefined) return;
      browser.tell('Target.closeTarget', { targetId: targetInfo.targetId });
    });
    browser.on('Target.targetDestroyed', ({ targetId }) => {
      windows.of(contents.ofTarget(targetId))?.closedFromOutside();
    });
    connected.resolve(connection);
    await Promise.all([
      browser.send('Target.setDiscoverTargets', { discover: true }),
      interception.enable(),
    ]);
  };

  const implemented: Readonly<Record<string, unknown>> = {
    app: refuseTheRest('app', app),
    BrowserWindow: browserWindowClass(platform, windows),
    ipcMain: refuseTheRest('ipcMain', ipcMain),
    protocol: sessions.of('').protocol,
    session: sessions.facade(),
    safeStorage: refuseTheRest('safeStorage', new SafeStorageImpl(app)),
    nativeTheme: refuseTheRest('nativeTheme', nativeTheme),
    Menu: menuClass(),
    powerMonitor: powerMonitor(),
    powerSaveBlocker: powerSaveBlocker(),
    screen: screen(),
    dialog: dialog(),
    net: net(),
    webContents: refuseTheRest('webContents', {
      fromDevToolsTargetId: (targetId: string): WebContents | undefined =>
        contents.ofTarget(targetId)?.facade,
      getAllWebContents: () => contents.all().map((page) => page.facade),
      fromId: (id: number) => contents.all().find((page) => page.id === id)?.facade,
    }),
  };
  const exports = Object.fromEntries(
    exportNames.map((name) => [name, implemented[name] ?? refuseAll(name)]),
  );
  return { exports, app, contents, connect };
}
