import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import type { AppImpl } from './app.ts';

const prefix = Buffer.from('v10');
const nonceLength = 12;
const tagLength = 16;

/**
 * `safeStorage` of a Linux machine: without a key ring unless `STAND_IN_SAFE_STORAGE` says
 * `gnome_libsecret`. What it writes is really encrypted (AES-256-GCM), with a key that lies beside
 * it in the user-data folder: it hides a secret from a glance, and from nobody who has the disk,
 * which is what `basic_text` means.
 */
export class SafeStorageImpl implements SafeStorage {
  private readonly app: AppImpl;
  private usesPlainText = false;

  constructor(app: AppImpl) {
    this.app = app;
  }

  getSelectedStorageBackend(): ReturnType<SafeStorage['getSelectedStorageBackend']> {
    if (!this.app.isStarted) return 'unknown';
    return process.env['STAND_IN_SAFE_STORAGE'] === 'gnome_libsecret'
      ? 'gnome_libsecret'
      : 'basic_text';
  }

  setUsePlainTextEncryption(usePlainText: boolean): void {
    this.usesPlainText = usePlainText;
  }

  isEncryptionAvailable(): boolean {
    return this.hasKey();
  }

  private hasKey(): boolean {
    const backend = this.getSelectedStorageBackend();
    return backend === 'gnome_libsecret' || (backend === 'basic_text' && this.usesPlainText);
  }

  async isAsyncEncryptionAvailable(): Promise<boolean> {
    await this.app.whenReady();
    return true;
  }

  encryptString(plainText: string): Buffer {
    if (!this.hasKey()) {
      throw new Error(
        'Error while encrypting the text provided to safeStorage.encryptString. ' +
          'Encryption is not available.',
      );
    }
    return this.encrypt(plainText);
  }

  decryptString(encrypted: Buffer): string {
    if (!this.hasKey()) {
      throw new Error(
        'Error while decrypting the ciphertext provided to safeStorage.decryptString. ' +
          'Decryption is not available.',
      );
    }
    return this.decrypt(encrypted);
  }

  async encryptStringAsync(plainText: string): Promise<Buffer> {
    await this.app.whenReady();
    return this.encrypt(plainText);
  }

  async decryptStringAsync(encrypted: Buffer) {
    await this.app.whenReady();
    return { shouldReEncrypt: false, result: this.decrypt(encrypted) };
  }

  private encrypt(plainText: string): Buffer {
    if (typeof plainText !== 'string') throw new TypeError('plainText must be a string');
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv('aes-256-gcm', this.key(), nonce);
    const text = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
    return Buffer.concat([prefix, nonce, cipher.getAuthTag(), text]);
  }

  private decrypt(encrypted: Buffer): string {
    try {
      const start = prefix.length + nonceLength;
      if (!encrypted.subarray(0, prefix.length).equals(prefix)) throw new Error('unknown prefix');
      const nonce = encrypted.subarray(prefix.length, start);
      const decipher = createDecipheriv('aes-256-gcm', this.key(), nonce);
      decipher.setAuthTag(encrypted.subarray(start, start + tagLength));
      const text = decipher.update(encrypted.subarray(start + tagLength));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new Error(
        'Error while decrypting the ciphertext provided to safeStorage.decryptString.',
        { cause },
      );
    }
  }

  private key(): Buffer {
    const folder = this.app.getPath('userData');
    const file = join(folder, 'stand-in-storage-key');
    try {
      return readFileSync(file);
    } catch {
      mkdirSync(folder, { recursive: true });
      try {
        writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' });
      } catch {
        // Another instance has just written it: its key is the one to use.
      }
      return readFileSync(file);
    }
  }
}
