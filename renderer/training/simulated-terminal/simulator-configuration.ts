import type { SimulatorConfiguration } from '@stripe/terminal-js';

/** Reads what setSimulatorConfiguration was given: unknown keys are dropped, wrong ones too. */
export function readSimulatorConfiguration(config: unknown): SimulatorConfiguration {
  const given = new Map<string, unknown>(
    typeof config === 'object' && config !== null ? Object.entries(config) : [],
  );
  const testPaymentMethod = given.get('testPaymentMethod');
  const testCardNumber = given.get('testCardNumber');
  const tipAmount = given.get('tipAmount');
  return {
    ...(typeof testPaymentMethod === 'string' ? { testPaymentMethod } : {}),
    ...(typeof testCardNumber === 'string' ? { testCardNumber } : {}),
    ...(typeof tipAmount === 'number' ? { tipAmount } : {}),
  };
}
