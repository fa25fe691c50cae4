import type { Page } from 'playwright';

/** By position and not by words, so that the pseudo-locale is walked as well. */
export async function typeDigits(page: Page, digits: string): Promise<void> {
  await page.getByRole('textbox').fill(digits);
  await page.locator('form button[type=submit]').click();
}

/** Says who one is, on the two screens that ask. */
export async function identify(page: Page, number = '1042', digits = '7788'): Promise<void> {
  await page.locator('[data-screen="member_number"]').waitFor();
  await typeDigits(page, number);
  await page.locator('[data-screen="member_phone"]').waitFor();
  await typeDigits(page, digits);
}

/** From the first screen to the question who one is. */
export async function toMyCards(page: Page): Promise<void> {
  await page.locator('.mine button').click();
  await page.locator('[data-screen="member_number"]').waitFor();
}

/** At review: the first of the choices about cards. */
export async function chooseFirst(page: Page): Promise<void> {
  await page.locator('.ways button').first().click();
}

/** At review, for somebody who is known: to the consent. */
export async function toConsent(page: Page): Promise<void> {
  await chooseFirst(page);
  await page.locator('[data-screen="consent"]').waitFor();
}
