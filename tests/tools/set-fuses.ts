import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';

interface PackContext {
  readonly appOutDir: string;
  readonly electronPlatformName: string;
  readonly packager: { readonly appInfo: { readonly productFilename: string } };
}

/** Electron marks the place of its fuses with this text. https://www.electronjs.org/docs/latest/tutorial/fuses */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/**
 * electron-builder's `afterPack`: sets every fuse of the packaged binary. A binary without fuses, which only
 * a stand-in for Electron is, is passed over loudly.
 */
export default async function setFuses(context: PackContext): Promise<void> {
  const binary = binaryOf(context);
  if (!readFileSync(binary).includes(sentinel)) {
    process.stderr.write(
      `No fuses were set: ${path.basename(binary)} is not Electron's own binary. Never ship this package.\n`,
    );
    return;
  }
  await flipFuses(binary, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    // Playwright drives the packaged app through the inspector; a release build sets FOYER_RELEASE=1.
    [FuseV1Options.EnableNodeCliInspectArguments]: process.env['FOYER_RELEASE'] !== '1',
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    [FuseV1Options.WasmTrapHandlers]: true,
  });
}

function binaryOf({ appOutDir, electronPlatformName, packager }: PackContext): string {
  const name = packager.appInfo.productFilename;
  if (electronPlatformName === 'darwin') {
    return path.join(appOutDir, `${name}.app`, 'Contents', 'MacOS', name);
  }
  const expected = electronPlatformName === 'win32' ? 'foyer.exe' : 'foyer';
  const found = readdirSync(appOutDir).find((entry) => entry.toLowerCase() === expected);
  if (found === undefined || !statSync(path.join(appOutDir, found)).isFile()) {
    throw new Error(`The packaged program ${expected} is not in the package.`);
  }
  return path.join(appOutDir, found);
}
