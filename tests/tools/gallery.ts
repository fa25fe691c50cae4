import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright';
import { evening, longName } from '../renderer/support/catalogues.ts';
import { installFakeKiosk } from '../renderer/support/fake-kiosk.ts';
import { servePage } from '../renderer/support/page-server.ts';
import { type Scene, scenes } from '../renderer/support/scenes.ts';
import { sizes } from '../renderer/support/sizes.ts';

/**
 * Photographs every screen of the built page, at every size, in the light and in the dark.
 *
 *   vite build --config renderer/vite.config.ts
 *   node tests/tools/gallery.ts [--scene pay] [--size 1080x1920] [--scheme dark]
 *                               [--locale en-XA] [--accent #b4552d] [--training] [--out folder]
 */
const { values: options } = parseArgs({
  options: {
    scene: { type: 'string', default: '' },
    size: { type: 'string', default: '' },
    scheme: { type: 'string', default: '' },
    locale: { type: 'string', default: 'en' },
    accent: { type: 'string', default: '#2f5d50' },
    studio: { type: 'string', default: 'Lumen Yoga' },
    training: { type: 'boolean', default: false },
    out: { type: 'string', default: 'demo-output/gallery' },
  },
});

const schemes = (['light', 'dark'] as const).filter((scheme) => scheme.includes(options.scheme));
const wantedSizes = sizes.filter(({ width, height }) =>
  `${width}x${height}`.includes(options.size),
);
const wantedScenes = scenes.filter((scene) => scene.name.startsWith(options.scene));

async function show(page: Page, url: string, scene: Scene, scheme: 'light' | 'dark') {
  const base = options.training
    ? { ...scene.snapshot, mode: 'training' as const, training: { autoPresent: null } }
    : scene.snapshot;
  const snapshot = {
    ...base,
    studio: { name: options.studio },
    locale: options.locale === 'en-XA' ? ('en-XA' as const) : ('en' as const),
    theme: { accent: options.accent, scheme },
  };
  await page.addInitScript(installFakeKiosk, {
    snapshot,
    catalogue: scene.catalogue ?? evening,
    ...(scene.answers && { answers: scene.answers }),
  });
  await page.goto(url);
  await page.locator('.stage').waitFor();
  await scene.walk?.(page);
}

const server = await servePage();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
await mkdir(options.out, { recursive: true });
let taken = 0;
for (const scheme of schemes) {
  for (const scene of wantedScenes) {
    const page = await browser.newPage();
    await page.clock.setFixedTime(new Date(2026, 10, 20, 17, 48));
    await page.setViewportSize(wantedSizes[0] ?? sizes[0]);
    await show(page, server.url, scene, scheme);
    for (const size of wantedSizes) {
      await page.setViewportSize(size);
      const path = `${options.out}/${scene.name}.${size.width}x${size.height}.${scheme}.png`;
      await page.screenshot({ path, animations: 'disabled' });
      taken += 1;
    }
    await page.close();
  }
}
await browser.close();
await server.close();
console.log(`${taken} pictures in ${options.out} (longest name: ${longName.length} characters)`);
