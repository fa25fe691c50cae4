/**
 * Only our own files, and outside training mode exactly the hosts the Terminal SDK needs: its script, Stripe's two
 * API hosts, and the readers on the local network, whose port is not 443. The SDK may not be bundled or
 * self-hosted. https://docs.stripe.com/terminal/payments/setup-integration?terminal-sdk-platform=js
 */
export function contentSecurityPolicy(mode: string): string {
  const usesStripe = mode === 'test' || mode === 'live';
  const script = usesStripe ? ' https://js.stripe.com' : '';
  const connect = usesStripe
    ? 'https://api.stripe.com https://gator.stripe.com https://*.device.stripe-terminal-local-reader.net:*'
    : "'none'";
  return [
    "default-src 'none'",
    `script-src 'self'${script}`,
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}
