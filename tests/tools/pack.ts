import { readdirSync } from 'node:fs';
import path from 'node:path';
import { resolveElectronHost } from '../support/electron-host.ts';
import { run } from './run-command.ts';

/**
 * Packs what is in `dist/` for this platform into a folder, without a network: on Electron's binary where it is, else
 * on the stand-in. Resolves with the packaged program. Rejects with what the packer said.
 */
export async function packApp(output: string): Promise<string> {
  const { distPath } = await resolveElectronHost();
  const { code, output: said } = await run('electron-builder', [
    '--dir',
    '--publish=never',
    `--config.electronDist=${distPath}`,
    `--config.directories.output=${output}`,
  ]);
  if (code !== 0) throw new Error(`Packing failed:\n${said}`);
  return packagedProgram(output);
}

function packagedProgram(output: string): string {
  const folder = readdirSync(output).find((name) => /unpacked$|^mac/.test(name));
  if (folder === undefined) throw new Error('The packer left no program.');
  const inside: Readonly<Record<string, string>> = {
    darwin: 'Foyer.app/Contents/MacOS/Foyer',
    win32: 'foyer.exe',
  };
  return path.join(output, folder, inside[process.platform] ?? 'foyer');
}
