import AxeBuilder from '@axe-core/playwright';
import { expect } from 'playwright/test';
import { scenes } from './support/scenes.ts';
import { test } from './support/test.ts';

for (const scene of scenes) {
  test(`${scene.name} breaks no rule of axe, in the light and in the dark`, async ({
    kiosk,
    page,
  }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 1080, height: 1920 });
    await kiosk.open(scene.snapshot, scene.catalogue, scene.answers);
    await scene.walk?.(page);
    const broken: string[] = [];
    for (const scheme of ['light', 'dark'] as const) {
      await kiosk.push({ ...scene.snapshot, theme: { ...scene.snapshot.theme, scheme } });
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      for (const { id, nodes } of violations) {
        broken.push(`${scheme}: ${id}: ${nodes.map((node) => node.html).join(' ')}`);
      }
    }

    expect(broken).toEqual([]);
  });
}

for (const accent of ['#f2c744', '#777777', '#ffffff', '#1b1b1b', '#b4552d']) {
  test(`words on the accent ${accent} are read in the light and in the dark`, async ({
    kiosk,
    page,
  }) => {
    const choose = scenes.find((scene) => scene.name === 'choose')!;
    const found: string[] = [];
    for (const scheme of ['light', 'dark'] as const) {
      await kiosk.open({ ...choose.snapshot, theme: { accent, scheme } }, choose.catalogue);
      await choose.walk?.(page);
      await kiosk.settle();
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        .withRules(['color-contrast'])
        .analyze();
      found.push(...violations.flatMap(({ nodes }) => nodes.map((node) => node.html)));
    }

    expect(found).toEqual([]);
  });
}

for (const scene of scenes.filter(({ walk }) => walk === undefined)) {
  test(`${scene.name} is spoken when it arrives: its one heading takes the focus`, async ({
    kiosk,
    page,
  }) => {
    await kiosk.open(scene.snapshot, scene.catalogue);

    await expect(page.locator('h1')).toHaveCount(1);
    await expect(page.locator('h1')).toBeFocused();
  });
}

test('a change within paying is spoken as well', async ({ kiosk, page }) => {
  const present = scenes.find((scene) => scene.name === 'present')!;
  const bank = scenes.find((scene) => scene.name === 'present-bank')!;
  await kiosk.open(present.snapshot);
  await page.getByRole('button', { name: 'Cancel' }).focus();

  await kiosk.push(bank.snapshot);

  await expect(page.getByRole('heading', { name: 'Asking your bank' })).toBeFocused();
});

test('the page names its language, also the pseudo-locale', async ({ kiosk, page }) => {
  const attract = scenes[0]!;
  await kiosk.open(attract.snapshot);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');

  await kiosk.push({ ...attract.snapshot, locale: 'en-XA' });

  await expect(page.locator('html')).toHaveAttribute('lang', 'en-XA');
});

test('with reduced motion a screen fades and does not travel', async ({ kiosk, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const review = scenes.find((scene) => scene.name === 'review')!;
  await kiosk.open(review.snapshot);

  const travel = await page
    .locator('main')
    .evaluate((main) => getComputedStyle(main).getPropertyValue('--from').trim());

  expect(travel).toBe('0px');
});
