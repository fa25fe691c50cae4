import { afterEach, expect, it, vi } from 'vitest';
import { startReader } from '../../renderer/reader/start-reader.ts';
import { aSnapshot } from '../renderer/support/snapshots.ts';
import { RecordingBridge } from './support/recording-bridge.ts';
import { pass } from './support/runner-bench.ts';

// Stripe's loader remembers for good that it failed, so this is the only test of its file.

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('tells that the SDK could not be loaded, and loads the page anew when nobody touches it', async () => {
  vi.useFakeTimers();
  const main = new RecordingBridge();
  const reload = vi.fn();
  const script = new EventTarget();
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('location', { reload });
  vi.stubGlobal('document', {
    querySelector: () => null,
    createElement: () => script,
    head: { appendChild: () => undefined },
  });

  startReader(main.bridge, aSnapshot());
  script.dispatchEvent(new Event('error'));
  await pass();
  expect(main.status()).toEqual({
    connection: 'not_connected',
    payment: 'not_ready',
    label: null,
    problem: 'sdk_not_loaded',
  });
  await pass(60_000);

  expect(reload).toHaveBeenCalledTimes(1);
});
