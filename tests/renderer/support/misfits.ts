import { auditPage } from './audit.ts';
import type { sizes } from './sizes.ts';
import type { Kiosk } from './test.ts';

/** What breaks the look of the screen that stands, by the panel it breaks on. */
export async function misfits(
  kiosk: Kiosk,
  panels: readonly (typeof sizes)[number][],
): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, readonly string[]> = {};
  for (const size of panels) {
    await kiosk.page.setViewportSize(size);
    await kiosk.settle();
    const problems = await kiosk.page.evaluate(auditPage);
    if (problems.length > 0) found[`${size.width}x${size.height}`] = problems;
  }
  return found;
}
