import type { Page } from 'playwright';

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

/** Through the door to a section, from 1 for the first. */
export function toSection(nth: number): (page: Page) => Promise<void> {
  return async (page) => {
    await enterStaff(page);
    await page
      .locator('nav button')
      .nth(nth - 1)
      .click();
    await page.locator(`nav button:nth-of-type(${nth})[aria-current]`).waitFor();
  };
}
