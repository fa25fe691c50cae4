import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readCatalogue } from '../../main/settings/read-catalogue.ts';
import { findTestCard, outcomeOf, type TestCard } from '../../main/training/model/test-cards.ts';
import { launchApp, type RunningApp } from '../support/app.ts';
import { resolveElectronHost } from '../support/electron-host.ts';
import { storedSales, type StoredSale } from '../support/stored-sales.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { build } from './build.ts';
import { ensureBrowser } from './ensure-browser.ts';
import { projectRoot } from './run-command.ts';

/*
 * Plays a self-service sale through the real screens on the training reader; nobody touches anything. Prints a
 * timeline and the receipt, or with --json one object, and leaves a picture of every screen in demo-output/.
 */

const usage = `npm run -s demo -- [--json] [--catalogue FILE] [--item NAME] [--card NAME]
                      [--integration sdk|server-driven] [--built]

  --json                print one JSON object and nothing else on standard output
  --catalogue FILE      sell from this catalogue instead of the example
  --item NAME           buy the item of this name (default: the first one)
  --card NAME           present this card of Stripe's testPaymentMethod names (default: visa)
  --integration WHICH   who leads the reader: the page with the JS SDK (sdk, the default), or the
                        main process through Stripe's reader endpoints (server-driven)
  --built               use what is in dist/ instead of building first`;

/** The words of the command line, and those of the settings. */
const integrations = { sdk: 'sdk', 'server-driven': 'server_driven' } as const;

type Integration = keyof typeof integrations;

interface Plan {
  readonly json: boolean;
  readonly catalogueFile: string;
  readonly category: string | null;
  readonly item: string;
  readonly card: TestCard;
  readonly integration: Integration;
  readonly isBuilt: boolean;
}

class Unusable extends Error {}

function readPlan(): Plan {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      catalogue: {
        type: 'string',
        default: path.join(projectRoot, 'resources', 'catalogue.example.json'),
      },
      item: { type: 'string' },
      card: { type: 'string', default: 'visa' },
      integration: { type: 'string', default: 'sdk' },
      built: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) throw new Unusable(usage);
  const card = findTestCard(values.card);
  if (card === undefined) throw new Unusable(`There is no test card ${values.card}.`);
  if (card.type !== 'card_present') {
    throw new Unusable(`The kiosk takes no ${values.card} card yet: it needs ${card.type}.`);
  }
  const { integration } = values;
  if (!isIntegration(integration)) {
    throw new Unusable(`There is no integration ${integration}: it is sdk or server-driven.`);
  }
  const catalogueFile = path.resolve(values.catalogue);
  const { categories } = readCatalogue(catalogueFile);
  const wanted = values.item ?? categories[0]?.items[0]?.name ?? '';
  const category = categories.find(({ items }) => items.some(({ name }) => name === wanted));
  if (category === undefined) throw new Unusable(`The catalogue has no item named "${wanted}".`);
  return {
    json: values.json,
    catalogueFile,
    category: categories.length > 1 ? category.name : null,
    item: wanted,
    card,
    integration,
    isBuilt: values.built,
  };
}

function isIntegration(word: string): word is Integration {
  return Object.hasOwn(integrations, word);
}

/** The timeline, with a picture of what each step led to. */
class Story {
  readonly steps: { readonly name: string; readonly ms: number }[] = [];
  readonly screenshots: string[] = [];
  readonly #folder = path.join(projectRoot, 'demo-output');
  #sinceMs = performance.now();

  constructor() {
    mkdirSync(this.#folder, { recursive: true });
    for (const old of ['sale'])
      rmSync(path.join(this.#folder, old), { recursive: true, force: true });
    mkdirSync(path.join(this.#folder, 'sale'));
  }

  /** Ends a step: what was waited for is on the screen. The picture is taken outside its time. */
  async reached(name: string, app: RunningApp): Promise<void> {
    const ms = Math.round(performance.now() - this.#sinceMs);
    this.steps.push({ name, ms });
    console.error(`${String(ms).padStart(6)} ms  ${name}`);
    const place = String(this.steps.length).padStart(2, '0');
    const file = path.join(this.#folder, 'sale', `${place}-${name.replaceAll(/\W+/g, '-')}.png`);
    await app.page.screenshot({ path: file, animations: 'disabled' });
    this.screenshots.push(path.relative(projectRoot, file));
    this.#sinceMs = performance.now();
  }
}

async function play(app: RunningApp, plan: Plan, story: Story): Promise<string | null> {
  const { page } = app;
  const closed = app.heading('This kiosk is closed');
  const begin = app.button(/^Touch/);
  await begin.or(closed).first().waitFor();
  if (await closed.isVisible()) throw new Unusable(await page.locator('main').innerText());
  await app.button('Touch anywhere to begin').waitFor();
  await story.reached('attract', app);

  await begin.click();
  await app.heading('What would you like?').waitFor();
  if (plan.category !== null)
    await page.getByRole('tab', { name: plan.category, exact: true }).click();
  await app.button(`Add ${plan.item}`).click();
  await story.reached('choose', app);

  await app.button('Continue').click();
  await app.heading('Does this look right?').waitFor();
  await story.reached('review', app);

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

/** As that card and that amount should end. */
function endedAsItShould(card: TestCard, sale: StoredSale): boolean {
  const isApproved = outcomeOf(card, sale.amount).kind !== 'declined';
  return isApproved ? sale.state === 'paid' : sale.state === 'canceled';
}

async function demo(): Promise<number> {
  const plan = readPlan();
  await ensureBrowser();
  if (!plan.isBuilt) await build();
  const host = await resolveElectronHost();
  const folder = temporaryFolder();
  const story = new Story();
  try {
    const app = await launchApp({
      dataDir: folder.path,
      env: {
        FOYER_CATALOGUE: plan.catalogueFile,
        FOYER_TRAINING_CARD: plan.card.testPaymentMethod,
        FOYER_STRIPE_INTEGRATION: integrations[plan.integration],
      },
    });
    await app.page.setViewportSize({ width: 1080, height: 1920 });
    const receipt = await play(app, plan, story).finally(() => app.electron.close());
    const [sale] = storedSales(folder.path);
    if (sale === undefined) throw new Error('The demo made no sale.');
    tell(plan, host.kind, sale, story, receipt);
    return endedAsItShould(plan.card, sale) ? 0 : 1;
  } finally {
    folder.remove();
  }
}

function tell(
  plan: Plan,
  host: 'electron' | 'stand-in',
  stored: StoredSale,
  { steps, screenshots }: Story,
  receipt: string | null,
): void {
  const { id, state, amount, currency, payment_intent_id } = stored;
  const sale = { id, state, amount, currency, payment_intent: payment_intent_id };
  if (plan.json) {
    const { integration } = plan;
    console.log(JSON.stringify({ host, integration, sale, steps, screenshots }, null, 2));
    return;
  }
  console.log(`\n${receipt ?? 'No receipt: the card was declined and nothing was charged.'}\n`);
  console.log(
    `The sale ended ${state} on the ${host}, led by ${plan.integration}; pictures are in demo-output/sale/.`,
  );
}

try {
  process.exitCode = await demo();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
