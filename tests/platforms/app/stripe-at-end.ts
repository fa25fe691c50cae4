import path from 'node:path';
import { z } from 'zod';
import { realClock } from '../../../main/real-clock.ts';
import { openTrainingStudio } from '../../../main/training/training-studio.ts';

/** A PaymentIntent of the studio's Stripe when the kiosk has closed. */
export interface IntentAtEnd {
  readonly id: string;
  readonly status: string;
  /** Minor units, as `received`. */
  readonly amount: number;
  readonly received: number;
  /** Oldest first: `failed`, `held`, `captured` or `released`. */
  readonly charges: readonly string[];
}

const intents = z.object({
  has_more: z.literal(false),
  data: z.array(
    z.object({ id: z.string(), status: z.string(), amount: z.int(), amount_received: z.int() }),
  ),
});
const charges = z.object({
  has_more: z.literal(false),
  data: z.array(
    z.object({
      payment_intent: z.string().nullable(),
      status: z.string(),
      captured: z.boolean(),
      refunded: z.boolean(),
    }),
  ),
});

/**
 * Every PaymentIntent of the account that a closed kiosk trained with, whoever made it, oldest first: Stripe is opened
 * once more on what it wrote down, and asked by its own API. The kiosk's word is not needed for it.
 */
export async function stripeAtEnd(dataDir: string): Promise<readonly IntentAtEnd[]> {
  const studio = await openTrainingStudio({
    clock: realClock,
    folder: path.join(dataDir, 'training'),
    card: null,
    onBug: (error) => {
      throw error;
    },
  });
  try {
    const { url, secretKey } = studio;
    const list = async (what: string): Promise<unknown> => {
      const headers = { authorization: `Bearer ${secretKey}` };
      const response = await fetch(`${url}/v1/${what}?limit=100`, { headers });
      return response.json();
    };
    const made = intents.parse(await list('payment_intents'));
    const tried = charges.parse(await list('charges'));
    return made.data.reverse().map(({ id, status, amount, amount_received: received }) => ({
      id,
      status,
      amount,
      received,
      charges: tried.data
        .filter(({ payment_intent: of }) => of === id)
        .reverse()
        .map(wordOf),
    }));
  } finally {
    await studio.close();
  }
}

function wordOf({ status, captured, refunded }: z.infer<typeof charges>['data'][number]): string {
  if (status === 'failed') return 'failed';
  if (refunded) return 'released';
  return captured ? 'captured' : 'held';
}
