const simulated = 'simulated_';

/** Names as they stand on the box; see https://docs.stripe.com/terminal/payments/setup-reader */
const names: ReadonlyMap<string, string> = new Map([
  ['bbpos_chipper2x', 'BBPOS Chipper 2X BT'],
  ['bbpos_wisepad3', 'BBPOS WisePad 3'],
  ['bbpos_wisepos_e', 'BBPOS WisePOS E'],
  ['wisepos_e', 'BBPOS WisePOS E'],
  ['stripe_m2', 'Stripe Reader M2'],
  ['stripe_s700', 'Stripe Reader S700'],
  ['stripe_s710', 'Stripe Reader S710'],
  ['stripe_t600', 'Stripe T600'],
  ['verifone_P400', 'Verifone P400'],
  ['verifone_m425', 'Verifone M425'],
  ['verifone_p630', 'Verifone P630'],
  ['verifone_ux700', 'Verifone UX700'],
  ['verifone_v660p', 'Verifone V660p'],
]);

/** A reader's model as people call it. */
export interface ReaderModel {
  readonly name: string;
  /** Stripe plays it; there is no device. */
  readonly isSimulated: boolean;
}

/** Stripe's word for a model, as people call it; a model that is new to us keeps Stripe's word. */
export function readerModel(deviceType: string): ReaderModel {
  const isSimulated = deviceType.startsWith(simulated);
  const word = isSimulated ? deviceType.slice(simulated.length) : deviceType;
  return { name: names.get(word) ?? word.replaceAll('_', ' '), isSimulated };
}
