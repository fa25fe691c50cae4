import type { Page } from 'playwright';
import type { Section } from '../../../renderer/staff/staff-state.svelte.ts';

/** From the first screen through the door, by whatever words the page speaks. */
export async function enterStaff(page: Page): Promise<void> {
  await toDoor(page);
  await page.locator('input[type=password]').fill('294716');
  await page.keyboard.press('Enter');
  await page.locator('.desk h1').waitFor();
}

/** To the door and no further. */
export async function toDoor(page: Page): Promise<void> {
  await page.locator('.staff button').last().click();
  await page.locator('[data-screen="desk"] h1').waitFor();
}

/** The sections in the order of their tabs. */
const tabs: readonly Section[] = ['settle', 'queue', 'sales', 'members', 'day', 'readers', 'kiosk'];

/** Through the door to a section. */
export function toSection(section: Section): (page: Page) => Promise<void> {
  return async (page) => {
    const nth = tabs.indexOf(section);
    await enterStaff(page);
    await page.locator('nav button').nth(nth).click();
    await page.locator(`nav button:nth-of-type(${nth + 1})[aria-current]`).waitFor();
  };
}

/** To the sheet of the first member. */
export async function toMember(page: Page): Promise<void> {
  await toSection('members')(page);
  await page.locator('tbody th button').first().click();
  await page.locator('.cards').waitFor();
}

/** To the history of the first sale, with what was given back of it. */
export async function toHistory(page: Page): Promise<void> {
  await toSection('sales')(page);
  await page.locator('tbody th button').first().click();
  await page.locator('ol').waitFor();
}
