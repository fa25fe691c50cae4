import { expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../main/electron/content-security-policy.ts';

function directives(mode: string): Map<string, string[]> {
  return new Map(
    contentSecurityPolicy(mode)
      .split('; ')
      .map((directive) => directive.split(' '))
      .map(([name, ...sources]) => [name ?? '', sources]),
  );
}

test('in training nothing but our own files is loaded, and nothing is reached', () => {
  const policy = directives('training');

  expect(policy.get('default-src')).toEqual(["'none'"]);
  expect(policy.get('script-src')).toEqual(["'self'"]);
  expect(policy.get('connect-src')).toEqual(["'none'"]);
});

test.each(['test', 'live'])(
  'with a %s key exactly the hosts of Stripe’s reader software are added',
  (mode) => {
    const policy = directives(mode);

    expect(policy.get('script-src')).toEqual(["'self'", 'https://js.stripe.com']);
    expect(policy.get('connect-src')).toEqual([
      'https://api.stripe.com',
      'https://gator.stripe.com',
      'https://*.device.stripe-terminal-local-reader.net:*',
    ]);
    for (const sources of policy.values()) {
      expect(sources).not.toContain("'unsafe-inline'");
      expect(sources).not.toContain("'unsafe-eval'");
    }
  },
);

test('a closed kiosk loads nothing of anybody else’s', () => {
  expect(contentSecurityPolicy('closed')).toBe(contentSecurityPolicy('training'));
});
