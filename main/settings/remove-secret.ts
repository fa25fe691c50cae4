import { readFileSync } from 'node:fs';
import { writeFileWhole } from './write-file-whole.ts';

/** Where secrets lie in the settings file, each name once. */
export type SecretField = 'secretKey' | 'password' | 'token';

/** Takes a secret out of the settings file, by its field's own name, and leaves the rest. On return it is on disk. */
export function removeSecret(file: string, field: SecretField): void {
  const without = JSON.stringify(
    JSON.parse(readFileSync(file, 'utf8')),
    (key, value: unknown) => (key === field ? undefined : value),
    2,
  );
  writeFileWhole(file, `${without}\n`);
}
