import type { CartView, ReaderCommand } from '../../../preload/contract/reader.ts';

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

/** The commands main gives for the sale and attempt of this number. */
export function commandsFor(number: number): {
  readonly collect: Of<'collect'>;
  readonly process: Of<'process'>;
  readonly processAgain: Of<'process'>;
  readonly cancel: Of<'cancel'>;
} {
  const saleId = `sale_000000000${number}`;
  const attemptId = `att_000000000${number}_1`;
  const common = { saleId, attemptId };
  return {
    collect: {
      ...common,
      kind: 'collect',
      commandId: `${attemptId}/collect`,
      clientSecret: `pi_${number}_secret_${number}`,
      cart: aCart,
    },
    process: { ...common, kind: 'process', commandId: `${attemptId}/process/1` },
    processAgain: { ...common, kind: 'process', commandId: `${attemptId}/process/2` },
    cancel: { ...common, kind: 'cancel', commandId: `${attemptId}/cancel` },
  };
}
