import type { RunningApp } from '../../support/app.ts';
import type { Plan } from './plan.ts';
import type { Story } from './story.ts';
import { Unusable } from './unusable.ts';

/** Plays the sale through the screens. Resolves with the receipt's text, or null when the card was declined. */
export async function play(app: RunningApp, plan: Plan, story: Story): Promise<string | null> {
  const { page } = app;
  const review = app.heading('Does this look right?');
  const closed = app.heading('This kiosk is closed');
  const begin = app.button(/^Touch/);
  await begin.or(closed).or(review).first().waitFor();
  if (await closed.isVisible()) throw new Unusable(await page.locator('main').innerText());

  if (hasOrders(plan)) {
    // Its link was among the words of the start.
    await review.waitFor();
    await story.reached('order', app);
  } else {
    await choose(app, plan, story);
  }

  await app.button(/^Pay/).click();
  await app.heading('Tap, insert or swipe your card').waitFor();
  await story.reached('present card', app);

  // A reader that main leads tells of the card and of the bank's answer at once.
  if (plan.integration === 'sdk') {
    await app.heading('Asking your bank').waitFor();
    await story.reached('asking the bank', app);
  }

  const approved = app.heading('Approved');
  const declined = app.button(/^Try (again|another card)$/);
  await approved.or(declined).first().waitFor();
  if (await declined.isVisible()) {
    await story.reached('declined', app);
    await app.button('Cancel').click();
    await app.heading('Payment cancelled').waitFor();
    await story.reached('canceled', app);
    await app.button('Done').click();
    await begin.waitFor();
    await story.reached('attract again', app);
    return null;
  }
  await story.reached('approved', app);
  await app.button('See receipt').click();
  await app.heading('Your receipt').waitFor();
  await story.reached('receipt', app);
  const receipt = await page.locator('article').innerText();
  await app.button('Done').click();
  await begin.waitFor();
  await story.reached('attract again', app);
  return receipt;
}

/** Whether the sale pays an order that the system behind the kiosk has made. */
export function hasOrders({ backend }: Pick<Plan, 'backend'>): boolean {
  return backend === 'mariana-tek' || backend === 'commerce-layer';
}

async function choose(app: RunningApp, plan: Plan, story: Story): Promise<void> {
  const { page } = app;
  await app.button('Touch anywhere to begin').waitFor();
  await story.reached('attract', app);

  await app.button(/^Touch/).click();
  await app.heading('What would you like?').waitFor();
  if (plan.category !== null) {
    await page.getByRole('tab', { name: plan.category, exact: true }).click();
  }
  await app.button(`Add ${plan.item}`).click();
  await story.reached('choose', app);

  await app.button('Continue').click();
  await app.heading('Does this look right?').waitFor();
  await story.reached('review', app);
}
