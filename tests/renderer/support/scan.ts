import type { Page } from 'playwright';

/**
 * A scanner's rush of keys, ended by Enter, as the browser would carry it out: a sign goes into the field that has the
 * focus, and Enter sends its form or presses the button, unless the page prevents it. All in one go, since a driver's
 * own keys come as slowly as a busy machine lets them.
 */
export async function scan(page: Page, code: string): Promise<void> {
  await page.evaluate((signs) => {
    const press = (key: string): void => {
      const target = document.activeElement ?? document.body;
      const field = target instanceof HTMLInputElement ? target : null;
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      if (target.dispatchEvent(event)) {
        if (key !== 'Enter') {
          field?.setRangeText(key, field.value.length, field.value.length, 'end');
          field?.dispatchEvent(new InputEvent('input', { bubbles: true, data: key }));
        } else if (field === null) {
          if (target instanceof HTMLButtonElement) target.click();
        } else {
          field.form?.requestSubmit();
        }
      }
      target.dispatchEvent(new KeyboardEvent('keyup', { key, bubbles: true }));
    };
    for (const sign of signs) press(sign);
    press('Enter');
  }, code);
}
