import { afterAll, beforeAll, expect, test } from 'vitest';
import { hookLimitMs, launchFixture } from './launch-fixture.ts';
import type { RunningFixture } from './launch-fixture.ts';

let running: RunningFixture;

beforeAll(async () => {
  running = await launchFixture();
}, hookLimitMs);

afterAll(async () => {
  await running.close();
}, hookLimitMs);

test('keeps a secret so that it can be read again, and refuses one that was altered', async () => {
  const seen = await running.app.evaluate(async ({ safeStorage }) => {
    const encrypted = await safeStorage.encryptStringAsync('sk_test_secret');
    const altered = Buffer.from(encrypted);
    altered.writeUInt8(altered.readUInt8(altered.length - 1) ^ 1, altered.length - 1);
    return {
      backend: safeStorage.getSelectedStorageBackend(),
      isAvailable: await safeStorage.isAsyncEncryptionAvailable(),
      isReadable: encrypted.includes('sk_test_secret'),
      decrypted: await safeStorage.decryptStringAsync(encrypted),
      altered: await safeStorage
        .decryptStringAsync(altered)
        .catch((error: unknown) => String(error)),
    };
  });

  expect(seen).toEqual({
    backend: 'basic_text',
    isAvailable: true,
    isReadable: false,
    decrypted: { shouldReEncrypt: false, result: 'sk_test_secret' },
    altered: 'Error: Error while decrypting the ciphertext provided to safeStorage.decryptString.',
  });
});

test('lets the app cancel a request that a page makes', async () => {
  await running.app.evaluate(({ session }) => {
    session.defaultSession.webRequest.onBeforeRequest(
      { urls: ['app://fixture/forbidden*'] },
      (_details, callback) => {
        callback({ cancel: true });
      },
    );
  });

  const seen = await running.page.evaluate(async () => {
    const statusOf = async (path: string) =>
      fetch(path).then(
        ({ status }) => status,
        () => 'refused',
      );
    return [await statusOf('/forbidden'), await statusOf('/echo')];
  });

  expect(seen).toEqual(['refused', 200]);
});

test('rejects a load that fails, in the words of Electron', async () => {
  const refusal = await running.app.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false });
    const failures: unknown[] = [];
    window.webContents.on('did-fail-load', (_event, code, description) => {
      failures.push([code, description]);
    });
    const message = await window.loadURL('app://fixture/missing.html').catch(String);
    window.destroy();
    return { message, failures };
  });

  expect(refusal).toEqual({
    message: "Error: ERR_FAILED (-2) loading 'app://fixture/missing.html'",
    failures: [[-2, 'ERR_FAILED']],
  });
});

test('reports a reload by a page to the app, and one by a test not', async () => {
  await running.page.reload();
  await running.page.evaluate(() => {
    location.reload();
  });

  await expect
    .poll(() => running.app.evaluate(() => globalThis.record.navigations))
    .toEqual(['app://fixture/index.html']);
});

test('refuses schemes that are named too late', async () => {
  const refusal = await running.app.evaluate(({ protocol }) => {
    try {
      protocol.registerSchemesAsPrivileged([]);
      return 'registered';
    } catch (error) {
      return String(error);
    }
  });

  expect(refusal).toContain('should be called before app is ready');
});
