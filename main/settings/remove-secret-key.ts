import { readFileSync } from 'node:fs';
import { writeFileWhole } from './write-file-whole.ts';

/** Takes `stripe.secretKey` out of the settings file and leaves the rest as it is. On return it is on disk. */
export function removeSecretKey(file: string): void {
  const withoutKey = JSON.stringify(
    JSON.parse(readFileSync(file, 'utf8')),
    (key, value: unknown) => (key === 'secretKey' ? undefined : value),
    2,
  );
  writeFileWhole(file, `${withoutKey}\n`);
}
