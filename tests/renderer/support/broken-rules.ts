import AxeBuilder from '@axe-core/playwright';
import type { Snapshot } from '../../../preload/contract/kiosk.ts';
import type { Kiosk } from './test.ts';

/**
 * What breaks a rule of axe on the screen that stands, in the light and then in the dark, in axe's
 * words. Leaves the page in the dark.
 */
export async function brokenRules(kiosk: Kiosk, snapshot: Snapshot): Promise<readonly string[]> {
  const { page } = kiosk;
  const broken: string[] = [];
  for (const scheme of ['light', 'dark'] as const) {
    await kiosk.push({ ...snapshot, theme: { ...snapshot.theme, scheme } });
    // Half a megabyte of script is read once for a page; for the dark it is there already.
    const axe = new AxeBuilder(scheme === 'light' ? { page } : { page, axeSource: 'void axe.run' });
    // What passed is not told in full. Every rule is still applied.
    axe.setLegacyMode(true).options({ resultTypes: ['violations'] });
    for (const { id, nodes } of (await axe.analyze()).violations) {
      broken.push(`${scheme}: ${id}: ${nodes.map((node) => node.html).join(' ')}`);
    }
  }
  return broken;
}
