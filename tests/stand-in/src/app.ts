import type { App, CommandLine } from 'electron';
import type { AppLocation } from './app-location.ts';
import { AppPaths } from './app-paths.ts';
import { makeEvent, StandInEmitter } from './emitter.ts';
import { refuseTheRest } from './not-implemented.ts';
import { SingleInstance } from './single-instance.ts';

const events = [
  'activate',
  'before-quit',
  'browser-window-blur',
  'browser-window-created',
  'browser-window-focus',
  'child-process-gone',
  'open-url',
  'quit',
  'ready',
  'render-process-gone',
  'second-instance',
  'web-contents-created',
  'will-quit',
  'window-all-closed',
];

type Implemented = Pick<
  App,
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'getPath'
  | 'setPath'
  | 'getAppPath'
  | 'getVersion'
  | 'getName'
  | 'setName'
  | 'getLocale'
  | 'isPackaged'
  | 'requestSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'hasSingleInstanceLock'
  | 'enableSandbox'
  | 'disableHardwareAcceleration'
  | 'setAppUserModelId'
  | 'setAsDefaultProtocolClient'
>;

/** What the app's life depends on: the windows that are open, and the way out. */
export interface AppSurroundings {
  readonly executable: string;
  readonly switches: Map<string, string>;
  /** Asks every window to close. Answers false when there is none. */
  readonly closeAllWindows: () => boolean;
}

/** `app`: the life of the process, from `ready` to `quit`. */
export class AppImpl extends StandInEmitter implements Implemented {
  readonly isPackaged: boolean;
  readonly commandLine: CommandLine;
  /** True once the process is on its way out, when a lost Chromium is no news. */
  isEnding = false;
  private readonly location: AppLocation;
  private readonly surroundings: AppSurroundings;
  private readonly paths: AppPaths;
  private readonly readiness = Promise.withResolvers<undefined>();
  private hasStarted = false;
  private isQuitting = false;
  private appName: string;
  private instance: SingleInstance | undefined;

  constructor(location: AppLocation, surroundings: AppSurroundings) {
    super('app', events);
    this.location = location;
    this.surroundings = surroundings;
    this.isPackaged = location.isPackaged;
    this.appName = location.name;
    const { switches, executable } = surroundings;
    this.paths = new AppPaths(executable, () => this.appName, switches.get('user-data-dir'));
    this.commandLine = refuseTheRest<CommandLine>('app.commandLine', {
      appendSwitch: (name: string, value = '') => {
        switches.set(name.toLowerCase(), value);
      },
      hasSwitch: (name: string) => switches.has(name.toLowerCase()),
      getSwitchValue: (name: string) => switches.get(name.toLowerCase()) ?? '',
      removeSwitch: (name: string) => {
        switches.delete(name.toLowerCase());
      },
    });
  }

  get name(): string {
    return this.appName;
  }

  async whenReady(): Promise<void> {
    await this.readiness.promise;
  }

  isReady(): boolean {
    return this.hasStarted;
  }

  /** Whether Chromium is up: what `isReady` says unless a test's loader has replaced it. */
  get isStarted(): boolean {
    return this.hasStarted;
  }

  /** Tells the app that it may begin. Listeners of `ready` come before `whenReady()`. */
  start(): void {
    this.hasStarted = true;
    this.emit('ready', makeEvent({}), {});
    this.readiness.resolve(undefined);
  }

  quit(): void {
    if (this.isQuitting || this.isEnding) return;
    const event = makeEvent({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.isQuitting = true;
    if (!this.surroundings.closeAllWindows()) this.finishQuitting();
  }

  /** A window would not close: there will be no quitting this time. */
  stayOpen(): void {
    this.isQuitting = false;
  }

  /** The last window has closed. */
  lastWindowClosed(): void {
    if (this.isQuitting) this.finishQuitting();
    else if (!this.emit('window-all-closed')) this.quit();
  }

  exit(exitCode = 0): void {
    this.isEnding = true;
    this.emit('quit', makeEvent({}), exitCode);
    process.exit(exitCode);
  }

  getPath(name: string): string {
    return this.paths.get(name);
  }

  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }

  getAppPath(): string {
    return this.location.appPath;
  }

  getVersion(): string {
    return this.location.version;
  }

  getName(): string {
    return this.appName;
  }

  setName(name: string): void {
    this.appName = name;
  }

  getLocale(): string {
    return Intl.DateTimeFormat().resolvedOptions().locale;
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    this.instance ??= new SingleInstance(this.getPath('userData'), (start) => {
      this.emit(
        'second-instance',
        makeEvent({}),
        start.argv,
        start.workingDirectory,
        start.additionalData,
      );
    });
    return this.instance.request({
      argv: process.argv,
      workingDirectory: process.cwd(),
      additionalData,
    });
  }

  releaseSingleInstanceLock(): void {
    this.instance?.release();
  }

  hasSingleInstanceLock(): boolean {
    return this.instance?.isHeld ?? false;
  }

  enableSandbox(): void {
    if (this.hasStarted)
      throw new Error('app.enableSandbox() can only be called before app is ready');
    // Every preload script of the stand-in is sandboxed already.
  }

  /** A stand-in is no program that a desktop could open links with. */
  setAsDefaultProtocolClient(): boolean {
    return false;
  }

  disableHardwareAcceleration(): void {
    if (this.hasStarted) {
      throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
    }
    this.surroundings.switches.set('disable-gpu', '');
  }

  setAppUserModelId(): void {
    // Windows' task bar alone asks for it, and the stand-in does not run there.
  }

  private finishQuitting(): void {
    const event = makeEvent({});
    this.emit('will-quit', event);
    if (event.defaultPrevented) {
      this.isQuitting = false;
      return;
    }
    this.exit(0);
  }
}
