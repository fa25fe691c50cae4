import { closeSync, mkdirSync, openSync, readSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly link?: string;
  readonly unpacked?: boolean;
  readonly executable?: boolean;
  readonly size?: number;
  readonly offset?: string;
}

function read(file: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  readSync(file, buffer, 0, length, position);
  return buffer;
}

/**
 * Lays an asar archive out as plain files below `target`. Files that were left unpacked become
 * links to where they lie, so that a native module is loaded from its own place.
 * The format: https://github.com/electron/asar#format
 */
export function extractArchive(archive: string, target: string): void {
  const file = openSync(archive, 'r');
  try {
    const headerSize = read(file, 0, 8).readUInt32LE(4);
    const header = read(file, 8, headerSize);
    const json = header.toString('utf8', 8, 8 + header.readInt32LE(4));
    const contentStart = 8 + headerSize;

    const lay = (entry: Entry, at: string): void => {
      const path = join(target, at);
      if (entry.files) {
        mkdirSync(path, { recursive: true });
        for (const [name, member] of Object.entries(entry.files)) lay(member, join(at, name));
      } else if (entry.link !== undefined) {
        symlinkSync(join(target, entry.link), path);
      } else if (entry.unpacked === true) {
        symlinkSync(join(`${archive}.unpacked`, at), path);
      } else {
        const content = read(file, contentStart + Number(entry.offset), entry.size ?? 0);
        writeFileSync(path, content, { mode: entry.executable === true ? 0o755 : 0o644 });
      }
    };

    lay(JSON.parse(json) as Entry, '.');
  } finally {
    closeSync(file);
  }
}
