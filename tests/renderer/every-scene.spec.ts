import { expect, type Page } from 'playwright/test';
import { brokenRules } from './support/broken-rules.ts';
import { misfits } from './support/misfits.ts';
import { type Scene, scenes } from './support/scenes.ts';
import { sizes } from './support/sizes.ts';
import { stressed, stressedAnswers, stressedCatalogue } from './support/stress.ts';
import { test } from './support/test.ts';

/*
 * What holds of every screen. A scene is loaded once in words as they are and once in long ones, and
 * everything is looked at then: loading costs more than looking. Each fact is a step and a soft
 * expectation of its own, so that a failure names it and hides no other.
 */

// Walks begin on a panel that is none of those measured: how far a list is scrolled depends on it.
const start = { width: 1280, height: 720 };
const tall = { width: 1080, height: 1920 };

// Long words are tried where a panel is narrow, tall or wide; the other two are seen in words as they are.
const extremes = sizes.filter(({ width }) => width === 360 || width === 1080 || width === 1920);

/** What the page complains of from now on. */
function complaints(page: Page): readonly string[] {
  const heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(error.message));
  return heard;
}

/** The same scene in words forty per cent longer, with long names and a currency without decimals. */
function inLongWords(scene: Scene): Scene {
  const answers = stressedAnswers(scene.answers);
  return {
    ...scene,
    snapshot: { ...stressed(scene.snapshot), locale: 'en-XA' },
    catalogue: stressedCatalogue(scene.catalogue),
    ...(answers && { answers }),
  };
}

for (const scene of scenes) {
  // Where a walk leads, the focus is where the walk left it.
  const arrives = scene.walk === undefined;
  const spoken = arrives ? ', and is spoken when it arrives' : '';

  test(`${scene.name} fits every panel and breaks no rule of axe${spoken}`, async ({
    kiosk,
    page,
  }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize(start);
    const heard = complaints(page);
    await kiosk.open(scene.snapshot, scene.catalogue, scene.answers);

    if (arrives) {
      await test.step('its one heading takes the focus', async () => {
        await expect.soft(page.locator('h1'), 'has one heading').toHaveCount(1);
        await expect.soft(page.locator('h1'), 'the heading has the focus').toBeFocused();
      });
    }
    await scene.walk?.(page);
    await test.step('fits every panel', async () => {
      expect.soft(await misfits(kiosk, sizes), 'fits every panel').toEqual({});
    });
    await test.step('breaks no rule of axe, in the light and in the dark', async () => {
      await page.setViewportSize(tall);
      expect.soft(await brokenRules(kiosk, scene.snapshot), 'breaks no rule of axe').toEqual([]);
    });
    await test.step('fits every panel in long words', async () => {
      const long = inLongWords(scene);
      await page.setViewportSize(start);
      await kiosk.open(long.snapshot, long.catalogue, long.answers);
      await long.walk?.(page);
      expect.soft(await misfits(kiosk, extremes), 'fits in long words').toEqual({});
    });
    expect.soft(heard, 'the page complains of nothing').toEqual([]);
  });
}
