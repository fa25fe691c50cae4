import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** The folders that `app.getPath` names, each of which `setPath` may replace. */
export class AppPaths {
  private readonly chosen = new Map<string, string>();
  private readonly executable: string;
  private readonly appName: () => string;

  constructor(executable: string, appName: () => string, userData: string | undefined) {
    this.executable = executable;
    this.appName = appName;
    if (userData !== undefined && userData !== '') this.chosen.set('userData', userData);
  }

  get(name: string): string {
    const path = this.chosen.get(name) ?? this.standard(name);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  set(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute');
    if (this.standard(name) === undefined) throw new Error(`Failed to set path`);
    this.chosen.set(name, path);
  }

  private standard(name: string): string | undefined {
    const home = homedir();
    switch (name) {
      case 'home':
        return home;
      case 'appData':
        return process.env['XDG_CONFIG_HOME'] ?? join(home, '.config');
      case 'userData':
        return join(this.get('appData'), this.appName());
      case 'sessionData':
        return this.get('userData');
      case 'logs':
        return join(this.get('userData'), 'logs');
      case 'crashDumps':
        return join(this.get('userData'), 'Crashpad');
      case 'temp':
        return tmpdir();
      case 'exe':
      case 'module':
        return this.executable;
      case 'desktop':
      case 'documents':
      case 'downloads':
      case 'music':
      case 'pictures':
      case 'videos':
        return join(home, `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
      default:
        return undefined;
    }
  }
}
