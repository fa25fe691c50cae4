import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { safeStorage } from 'electron';
import type { SecretStore } from '../ports/secret-store.ts';

/** Electron's safeStorage, by its asynchronous calls: the others go with Electron 46. */
export function safeStorageSecrets(dataDir: string): SecretStore {
  const fileOf = (name: string): string => path.join(dataDir, 'secrets', name);

  return {
    async read(name) {
      const encrypted = await readIfThere(fileOf(name));
      if (encrypted === null) return null;
      await refuseUntrusted();
      try {
        const { result } = await safeStorage.decryptStringAsync(encrypted);
        return result;
      } catch (error) {
        const sentence =
          'What the key store holds can’t be read on this computer or by this user. Put the restricted key, the platform’s token or the mail password into foyer.json again.';
        throw new Error(sentence, { cause: error });
      }
    },
    async write(name, secret) {
      await refuseUntrusted();
      const file = fileOf(name);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(`${file}.new`, await safeStorage.encryptStringAsync(secret), {
        mode: 0o600,
        flush: true,
      });
      await rename(`${file}.new`, file);
    },
  };
}

/** Only a file that is not there is no key: one that can't be read must never make a live kiosk train. */
async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    const sentence =
      'The stored key can’t be read. Check that the kiosk’s user may read the data folder.';
    throw new Error(sentence, { cause: error });
  }
}

/** On Linux without a key ring the "encryption" uses a password that is the same everywhere. */
async function refuseUntrusted(): Promise<void> {
  const isPlain =
    process.platform === 'linux' &&
    ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
  if (isPlain || !(await safeStorage.isAsyncEncryptionAvailable())) {
    throw new Error(
      'This computer has no key store that protects a live key or a password. Install and unlock a key ring (GNOME Keyring or KWallet) for the kiosk’s user, then start Foyer again.',
    );
  }
}
