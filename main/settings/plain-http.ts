import { SettingsProblem } from './settings-problem.ts';

/** A credential for real money travels encrypted, or not beyond this computer. Refuses by SettingsProblem. */
export function refusePlainHttp(
  address: string,
  mode: 'test' | 'live',
  where: { readonly file: string | null; readonly field: 'stripe.apiBase' | 'backend.url' },
): void {
  if (mode !== 'live' || isSafe(address)) return;
  throw new SettingsProblem(
    'settings',
    where,
    where.field === 'stripe.apiBase'
      ? 'A live key may not be sent over plain http. Use an https address, or none for Stripe’s own.'
      : 'A token for real money may not be sent over plain http. Use the platform’s https address.',
  );
}

function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  const isLoopback =
    hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  return protocol === 'https:' || isLoopback;
}
