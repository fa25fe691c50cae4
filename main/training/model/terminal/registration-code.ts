import { invalidRequest } from '../api-error.ts';

/** https://docs.stripe.com/terminal/references/testing#simulated-reader */
const simulated: ReadonlyMap<string, string> = new Map([
  ['simulated-wpe', 'simulated_wisepos_e'],
  ['simulated-s700', 'simulated_stripe_s700'],
  ['simulated-s710', 'simulated_stripe_s710'],
  ['simulated-v660p', 'simulated_verifone_v660p'],
]);

/**
 * The device that a registration code stands for. Three words, as a real reader shows them, stand
 * for a simulated S700 in training. Refuses anything else.
 */
export function deviceTypeOf(registrationCode: string): string {
  const threeWords = /^[a-z]+-[a-z]+-[a-z]+$/i.test(registrationCode);
  const type = simulated.get(registrationCode) ?? (threeWords ? 'simulated_stripe_s700' : null);
  if (type === null) {
    throw invalidRequest(
      `No reader was found with the registration code '${registrationCode}'. Check the code on the reader's screen and try again.`,
      { param: 'registration_code' },
    );
  }
  return type;
}
