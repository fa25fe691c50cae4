import { outcomeOf } from '../../main/training/model/test-cards.ts';
import { bundlePlatformApp } from '../platforms/app/bundle-platform-app.ts';
import { gatherEvidence } from '../platforms/app/gather-evidence.ts';
import { launchOptionsOf } from '../platforms/app/launch-platform.ts';
import type { PlatformRun } from '../platforms/app/platform-run.ts';
import { untilRecorded } from '../platforms/app/until-recorded.ts';
import { whatIsWrong } from '../platforms/app/what-is-wrong.ts';
import { launchApp, type LaunchOptions } from '../support/app.ts';
import { resolveElectronHost } from '../support/electron-host.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { build } from './build.ts';
import { integrations, type Plan, readPlan } from './demo/plan.ts';
import { hasOrders, play } from './demo/play.ts';
import { Story } from './demo/story.ts';
import { tell } from './demo/tell.ts';
import { ensureBrowser } from './ensure-browser.ts';

/*
 * Plays a self-service sale through the real screens on the training reader, behind direct Stripe or a platform's
 * proof server; nobody touches anything. Prints a timeline and the receipt, or with --json one object, and leaves a
 * picture of every screen in demo-output/. Ends well only if kiosk, platform and Stripe tell the same story.
 */

/** The platform's own id of the order that is paid, as it would stand on its page or in its code. */
const orderId = '48201';

async function demo(): Promise<number> {
  const plan = readPlan();
  await ensureBrowser();
  if (!plan.isBuilt) await build();
  const host = await resolveElectronHost();
  const folder = temporaryFolder();
  const { path: dataDir } = folder;
  const story = new Story(plan.backend === 'direct' ? 'sale' : `sale-${plan.backend}`);
  try {
    const run = runOf(plan);
    const receipt = await playSale({ plan, run, dataDir, story });
    const due = plan.total - plan.fromBalance;
    const isApproved = outcomeOf(plan.card, due).kind !== 'declined';
    const evidence = await gatherEvidence({ dataDir, run, isApproved, due });
    const wrong = whatIsWrong(evidence);
    tell({ plan, host: host.kind, evidence, wrong, story, receipt });
    return wrong.length === 0 ? 0 : 1;
  } finally {
    folder.remove();
  }
}

interface Playing {
  readonly plan: Plan;
  /** Null for direct Stripe. */
  readonly run: Omit<PlatformRun, 'recordFile'> | null;
  readonly dataDir: string;
  readonly story: Story;
}

/** Launches the product as it was built, or with a platform's proof server in it. Resolves with the receipt, if any. */
async function playSale({ plan, run, dataDir, story }: Playing): Promise<string | null> {
  const env = {
    FOYER_CATALOGUE: plan.catalogueFile,
    FOYER_TRAINING_CARD: plan.card.testPaymentMethod,
    FOYER_STRIPE_INTEGRATION: integrations[plan.integration],
  };
  if (run === null) return playIn({ dataDir, env }, plan, story);
  const app = await bundlePlatformApp();
  try {
    return await playIn(launchOptionsOf(app, dataDir, run, env), plan, story);
  } finally {
    app.remove();
  }
}

function runOf(plan: Plan): Playing['run'] {
  const { backend, role, item, total, fromBalance, currency } = plan;
  if (backend === 'direct') return null;
  const order = { id: orderId, title: item, total, fromBalance };
  return { system: backend, currency, role, order: hasOrders(plan) ? order : null };
}

async function playIn(options: LaunchOptions, plan: Plan, story: Story): Promise<string | null> {
  const app = await launchApp(options);
  try {
    await app.page.setViewportSize({ width: 1080, height: 1920 });
    const receipt = await play(app, plan, story);
    await untilRecorded(options.dataDir);
    return receipt;
  } finally {
    await app.electron.close();
  }
}

try {
  process.exitCode = await demo();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
