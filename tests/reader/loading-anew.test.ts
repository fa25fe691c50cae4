import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PageRenewal } from '../../renderer/reader/page-renewal.ts';
import { aSale, aSnapshot } from '../renderer/support/snapshots.ts';
import { commandsFor } from './support/commands.ts';
import { ReaderPage } from './support/reader-page.ts';
import { pass } from './support/runner-bench.ts';
import { staysSilent } from './support/scripted-terminal.ts';

const { collect, process } = commandsFor(1);

let page: ReaderPage;

beforeEach(() => {
  vi.useFakeTimers();
  page = new ReaderPage();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a page whose SDK cannot be made to work', () => {
  beforeEach(() => {
    page.breaksOnCreate = true;
  });

  it('says so to main', async () => {
    page.start();
    await pass();

    expect(page.main.status()).toEqual({
      connection: 'not_connected',
      payment: 'not_ready',
      label: null,
      problem: 'sdk_fault',
    });
  });

  it('is loaded anew after a minute in which nobody touched it', async () => {
    page.start();
    await pass(59_999);
    expect(page.reloads).toBe(0);

    await pass(1);

    expect(page.reloads).toBe(1);
  });

  it.each(['pointerdown', 'keydown'] as const)(
    'is not loaded anew within a minute of a %s',
    async (event) => {
      page.start();
      await pass(50_000);
      page.touch(event);

      await pass(59_999);

      expect(page.reloads).toBe(0);
    },
  );

  it('is loaded anew when nobody has touched it for a minute since', async () => {
    page.start();
    await pass(50_000);
    page.touch('pointerdown');

    await pass(80_000);

    expect(page.reloads).toBe(1);
  });

  it('is not loaded anew while the sale it began with is on', async () => {
    page.start({ sale: aSale() });

    await pass(600_000);

    expect(page.reloads).toBe(0);
  });

  it('is not loaded anew while a sale is on that began meanwhile', async () => {
    page.start();
    await pass(30_000);
    page.main.show(aSnapshot({ sale: aSale() }));

    await pass(600_000);

    expect(page.reloads).toBe(0);
  });

  it('is loaded anew once the sale has ended', async () => {
    page.start({ sale: aSale() });
    await pass(600_000);
    page.main.show(aSnapshot({ sale: null }));

    await pass(20_000);

    expect(page.reloads).toBe(1);
  });

  it('is not loaded anew once its reader was stopped', async () => {
    const stop = page.start();
    await pass();
    stop();

    await pass(600_000);

    expect(page.reloads).toBe(0);
    expect(page.main.listening()).toEqual([]);
  });
});

describe('a page whose SDK has stopped answering', () => {
  async function processInSilence(): Promise<void> {
    page.terminal.next('processPayment', staysSilent());
    page.main.command(collect);
    await pass();
    page.terminal.collect.present();
    await pass();
    page.main.command(process);
    await pass(120_000);
  }

  it('says so to main', async () => {
    page.start();
    await pass();
    await processInSilence();

    expect(page.main.status()?.problem).toBe('sdk_silent');
  });

  it('is not loaded anew under the sale that began long before', async () => {
    page.start();
    await pass();
    page.main.show(aSnapshot({ sale: aSale() }));
    await processInSilence();

    await pass(600_000);

    expect(page.reloads).toBe(0);
  });

  it('is loaded anew when the sale it began with had ended before', async () => {
    page.start({ sale: aSale() });
    await pass();
    page.main.show(aSnapshot({ sale: null }));
    await processInSilence();

    await pass(60_000);

    expect(page.reloads).toBe(1);
  });

  it('connects no more by itself: the next page will', async () => {
    page.start();
    await pass();
    await processInSilence();

    page.terminal.lose();
    await pass(30_000);

    expect(page.terminal.asked('disconnectReader')).toEqual([]);
  });

  it('is not loaded anew when its reader was stopped before', async () => {
    const stop = page.start();
    await pass();
    page.terminal.next('processPayment', staysSilent());
    page.main.command(collect);
    await pass();
    page.terminal.collect.present();
    await pass();
    page.main.command(process);
    await pass();
    stop();

    await pass(600_000);

    expect(page.reloads).toBe(0);
  });
});

it('is loaded anew once, however often that was asked for', async () => {
  const renewal = new PageRenewal(page.main.bridge, false);

  renewal.ask();
  renewal.ask();
  await pass(60_000);

  expect(page.reloads).toBe(1);
});

it('is never loaded anew while its SDK works', async () => {
  page.start();

  await pass(3_600_000);

  expect(page.reloads).toBe(0);
});
