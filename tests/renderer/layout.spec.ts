import { expect } from 'playwright/test';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import { auditPage } from './support/audit.ts';
import { scenes } from './support/scenes.ts';
import { sizes } from './support/sizes.ts';
import { stressed, stressedAnswers, stressedCatalogue } from './support/stress.ts';
import { test } from './support/test.ts';

const faces: readonly {
  readonly title: string;
  readonly of: (snapshot: Snapshot) => Snapshot;
  readonly stress: boolean;
}[] = [
  { title: 'as it is', of: (snapshot) => snapshot, stress: false },
  {
    title: 'in words forty per cent longer, with long names and a currency without decimals',
    of: (snapshot) => ({ ...stressed(snapshot), locale: 'en-XA' }),
    stress: true,
  },
];

const isExtreme = ({ width }: { readonly width: number }): boolean =>
  width === 360 || width === 1080 || width === 1920;

for (const face of faces) {
  test.describe(face.title, () => {
    for (const scene of scenes) {
      test(`${scene.name} fits every panel, ${face.title}`, async ({ kiosk, page }) => {
        await page.emulateMedia({ reducedMotion: 'reduce' });
        const faults: string[] = [];
        page.on('console', (message) => {
          if (message.type() === 'error') faults.push(message.text());
        });
        page.on('pageerror', (error) => faults.push(error.message));
        const catalogue = face.stress ? stressedCatalogue(scene.catalogue) : scene.catalogue;
        const answers = face.stress ? stressedAnswers(scene.answers) : scene.answers;
        await kiosk.open(face.of(scene.snapshot), catalogue, answers);
        await scene.walk?.(page);

        const found: Record<string, string[]> = {};
        // Long words are tried where a panel is narrow, tall or wide; the other two are seen in words as they are.
        for (const size of face.stress ? sizes.filter(isExtreme) : sizes) {
          await page.setViewportSize(size);
          await kiosk.settle();
          const problems = await page.evaluate(auditPage);
          if (problems.length > 0) found[`${size.width}x${size.height}`] = problems;
        }

        expect(found).toEqual({});
        expect(faults).toEqual([]);
      });
    }
  });
}

for (const [fault, rule] of [
  ['leaves the panel', '.main { position: fixed; left: -40px; }'],
  ['is wider than its', '.studio { width: 20px; white-space: nowrap; }'],
  ['under 64', '.quiet { min-height: 0; height: 40px; padding: 0; }'],
  ['under 40', 'h1 { font-size: 30px; }'],
  ['lies on', '.desk .actions { transform: translateY(-90px); }'],
  ['less than 16 px', '.actions { gap: 4px; }'],
] as const) {
  test(`the audit finds a fault and says "${fault}"`, async ({ kiosk, page }) => {
    const review = scenes.find((scene) => scene.name === 'review')!;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 768, height: 1024 });
    await kiosk.open(review.snapshot);
    await page.evaluate((css) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css.replaceAll(';', ' !important;'));
      document.adoptedStyleSheets = [sheet];
    }, rule);
    await kiosk.settle();

    const problems = await page.evaluate(auditPage);

    expect(problems.join('\n')).toContain(fault);
  });
}
