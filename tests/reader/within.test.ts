import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SdkSilent, within } from '../../renderer/reader/within.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('gives the answer that came in time, and leaves no timer behind', async () => {
  expect(await within(1_000, () => Promise.resolve('yes'))).toBe('yes');
  expect(vi.getTimerCount()).toBe(0);
});

it('passes on a fault that came in time, and leaves no timer behind', async () => {
  await expect(within(1_000, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(vi.getTimerCount()).toBe(0);
});

it('makes a rejection of what is thrown, and leaves no timer behind', async () => {
  const thrown = within(1_000, () => {
    throw new Error('no');
  });

  await expect(thrown).rejects.toThrow('no');
  expect(vi.getTimerCount()).toBe(0);
});

it('calls silence by its name when the limit is reached', async () => {
  const silent = within(1_000, () => new Promise(() => undefined));
  const ended = expect(silent).rejects.toBeInstanceOf(SdkSilent);
  await vi.advanceTimersByTimeAsync(1_000);

  await ended;
});
