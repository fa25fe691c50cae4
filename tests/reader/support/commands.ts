import type { CartView, CollectOrder, ReaderCommand } from '../../../preload/contract/reader.ts';

type Of<Kind extends ReaderCommand['kind']> = Extract<ReaderCommand, { kind: Kind }>;

/** Two mats and a class, with the tax on top. Minor units. */
export const aCart: CartView = {
  lineItems: [
    { description: 'Mat rental', amount: 600, quantity: 2 },
    { description: 'Vinyasa flow', amount: 2400, quantity: 1 },
  ],
  tax: 255,
  total: 3255,
  currency: 'usd',
};

/** The client secret of the PaymentIntent of this number. */
export function secretOf(number: number): string {
  return `pi_${number}_secret_${number}`;
}

export interface Commands {
  readonly collect: Of<'collect'>;
  readonly process: Of<'process'>;
  readonly processAgain: Of<'process'>;
  readonly cancel: Of<'cancel'>;
}

/** The commands main gives for the sale and attempt of this number. */
export function commandsFor(number: number, keepsCard = false): Commands {
  const clientSecret = secretOf(number);
  return commandsOf('sale', number, { for: 'payment', clientSecret, cart: aCart, keepsCard });
}

/** The same for a setup. */
export function commandsForSetup(number: number): Commands {
  return commandsOf('setup', number, { for: 'setup', clientSecret: 'seti_1_secret_1' });
}

/** The same for a refund of twelve dollars. */
export function commandsForRefund(number: number): Commands {
  const order = { for: 'refund', chargeId: 'ch_1', amount: 1_200, currency: 'cad' } as const;
  return commandsOf('refund', number, order);
}

function commandsOf(
  noun: 'sale' | 'setup' | 'refund',
  number: number,
  collect: CollectOrder,
): Commands {
  const attemptId = `att_000000000${number}_1`;
  const common = { ownerId: `${noun}_000000000${number}`, attemptId };
  return {
    collect: { ...common, kind: 'collect', commandId: `${attemptId}/collect`, collect },
    process: { ...common, kind: 'process', commandId: `${attemptId}/process/1` },
    processAgain: { ...common, kind: 'process', commandId: `${attemptId}/process/2` },
    cancel: { ...common, kind: 'cancel', commandId: `${attemptId}/cancel` },
  };
}

/** What the SDK is asked with for a payment whose card is not kept: no tip, which no order would fit. */
export const withoutTip = { config_override: { skip_tipping: true } };
