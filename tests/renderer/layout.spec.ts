import { expect } from 'playwright/test';
import { auditPage } from './support/audit.ts';
import { scenes } from './support/scenes.ts';
import { test } from './support/test.ts';

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
