import AxeBuilder from '@axe-core/playwright';
import { expect } from 'playwright/test';
import { brokenRules } from './support/broken-rules.ts';
import { scenes } from './support/scenes.ts';
import { test } from './support/test.ts';

for (const accent of ['#f2c744', '#777777', '#ffffff', '#1b1b1b', '#b4552d']) {
  test(`words on the accent ${accent} are read in the light and in the dark`, async ({
    kiosk,
    page,
  }) => {
    const choose = scenes.find((scene) => scene.name === 'choose')!;
    const found: string[] = [];
    await kiosk.open(choose.snapshot, choose.catalogue);
    await choose.walk?.(page);
    for (const scheme of ['light', 'dark'] as const) {
      await kiosk.push({ ...choose.snapshot, theme: { accent, scheme } });
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        .withRules(['color-contrast'])
        .analyze();
      found.push(...violations.flatMap(({ nodes }) => nodes.map((node) => node.html)));
    }

    expect(found).toEqual([]);
  });
}

for (const [broken, rule, css] of [
  ['light: color-contrast', 'words that the light swallows', ':root[data-scheme=light] .studio'],
  ['dark: color-contrast', 'words that the dark swallows', ':root[data-scheme=dark] .studio'],
] as const) {
  test(`axe finds ${rule}`, async ({ kiosk, page }) => {
    const review = scenes.find((scene) => scene.name === 'review')!;
    await kiosk.open(review.snapshot);
    await page.evaluate((selector) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`${selector} { color: #888 !important; background: #777 !important; }`);
      document.adoptedStyleSheets = [sheet];
    }, css);

    const found = await brokenRules(kiosk, review.snapshot);

    expect(found).toEqual([expect.stringContaining(broken)]);
  });
}

test('axe finds a button without a name, in the light and in the dark', async ({ kiosk, page }) => {
  const review = scenes.find((scene) => scene.name === 'review')!;
  await kiosk.open(review.snapshot);
  await page.evaluate(() => {
    document.querySelector('main')?.append(document.createElement('button'));
  });

  const found = await brokenRules(kiosk, review.snapshot);

  expect(found).toEqual([
    expect.stringContaining('light: button-name'),
    expect.stringContaining('dark: button-name'),
  ]);
});

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
