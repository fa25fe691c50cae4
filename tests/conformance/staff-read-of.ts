import { expect } from 'vitest';
import type { SystemLimit } from '../../preload/contract/staff.ts';
import { enSystem } from '../../renderer/text/en-system.ts';
import type { JoinedKiosk } from './joined-kiosk.ts';

/**
 * The staff page says so, in the system's own name, in a sentence that names what to do instead: the one place where
 * what a system can't do is written, for no screen offers it.
 */
export async function staffReadOf(joined: JoinedKiosk, limit: SystemLimit): Promise<void> {
  const { name, cannot } = await joined.asStaff();
  expect(cannot).toContain(limit);
  const sentence = enSystem[`desk.cannot.${limit}`].replaceAll('{system}', name);
  expect(sentence.length).toBeGreaterThan(20);
  expect(joined.snapshot.features.system).toBe(name);
}
