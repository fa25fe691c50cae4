import type Stripe from 'stripe';

/** The id of the SDK's own simulated reader, which no account has registered. */
export const sdkSimulatorId = 'SIMULATOR';

/** The reader `discoverReaders({simulated: true})` finds. It presents a card by itself. */
export const sdkSimulatorReader: Stripe.Terminal.Reader = {
  id: sdkSimulatorId,
  object: 'terminal.reader',
  action: null,
  device_sw_version: null,
  device_type: 'simulated_wisepos_e',
  ip_address: '0.0.0.0',
  label: 'simulated',
  last_seen_at: null,
  livemode: false,
  location: null,
  metadata: {},
  serial_number: 'simulated-wpe',
  status: 'online',
};
