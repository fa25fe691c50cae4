import { type Evidence, isChargedOnce } from '../../platforms/app/what-is-wrong.ts';
import type { Plan } from './plan.ts';
import type { Story } from './story.ts';

export interface Told {
  readonly plan: Plan;
  readonly host: 'electron' | 'stand-in';
  readonly evidence: Evidence;
  /** Empty when kiosk, platform and Stripe agree. */
  readonly wrong: readonly string[];
  readonly story: Story;
  /** Null when the card was declined. */
  readonly receipt: string | null;
}

/** Prints how the sale ended: one object with --json, else the receipt and what the others say of it. */
export function tell(told: Told): void {
  if (told.plan.json) console.log(JSON.stringify(objectOf(told), null, 2));
  else tellInWords(told);
}

function objectOf({ plan, host, evidence, wrong, story }: Told): object {
  const { backend, integration } = plan;
  const { id, state, amount, currency, payment_intent_id } = evidence.sale;
  return {
    host,
    backend,
    integration,
    sale: { id, state, amount, currency, payment_intent: payment_intent_id },
    platform: evidence.platform,
    stripe: {
      exactly_one_charge: isChargedOnce(evidence.stripe),
      payment_intents: evidence.stripe,
    },
    wrong,
    steps: story.steps,
    screenshots: story.screenshots,
  };
}

function tellInWords({ plan, host, evidence, wrong, story, receipt }: Told): void {
  const { sale, platform, stripe } = evidence;
  console.log(`\n${receipt ?? 'No receipt: the card was declined and nothing was charged.'}\n`);
  console.log(
    `The sale ended ${sale.state} on the ${host}, led by ${plan.integration}; pictures are in ${story.folder}/.`,
  );
  for (const call of platform?.calls ?? []) console.log(`  ${plan.backend} was asked: ${call}`);
  const status = platform?.order?.status ?? null;
  if (status !== null) console.log(`  Its order is ${status}.`);
  for (const { id, status: stands, charges } of stripe) {
    console.log(
      `  Stripe shows ${id} ${stands}, with these charges: ${charges.join(', ') || 'none'}.`,
    );
  }
  for (const sentence of wrong) console.log(`  WRONG: ${sentence}.`);
}
