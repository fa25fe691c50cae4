import { expect, test } from 'vitest';
import { SchemeMapping } from './src/scheme-mapping.ts';
import { matchesPattern } from './src/url-pattern.ts';

function mapping(): SchemeMapping {
  const made = new SchemeMapping();
  made.add('app');
  return made;
}

test.for([
  ['app://kiosk/index.html', 'https://kiosk.app.invalid/index.html'],
  ['app://kiosk/a?b=c#d', 'https://kiosk.app.invalid/a?b=c#d'],
  ['app://a.b/', 'https://a.b.app.invalid/'],
])('knows %s to Chromium as %s and back', ([own = '', chromium = '']) => {
  expect(mapping().toChromium(own)).toBe(chromium);
  expect(mapping().fromChromium(chromium)).toBe(own);
});

test("leaves addresses alone that are not of the app's own scheme", () => {
  const others = [
    'https://example.com/app.invalid',
    'file:///app',
    'other://kiosk/',
    'about:blank',
  ];

  expect(others.map((url) => mapping().toChromium(url))).toEqual(others);
  expect(others.map((url) => mapping().fromChromium(url))).toEqual(others);
});

test('names the origin of an address as Electron does', () => {
  expect(mapping().originOf('app://kiosk/index.html')).toBe('app://kiosk');
  expect(mapping().originOf('https://example.com/a')).toBe('https://example.com');
});

test('translates the origins that a policy names', () => {
  const policy =
    "default-src 'self'; connect-src app://kiosk https://api.example.com; img-src app:";

  expect(mapping().headerToChromium(policy)).toBe(
    "default-src 'self'; connect-src https://kiosk.app.invalid https://api.example.com; " +
      'img-src https://*.app.invalid',
  );
});

test.for([
  ['<all_urls>', 'https://example.com/', true],
  ['https://*/*', 'https://example.com/a', true],
  ['https://*/*', 'http://example.com/a', false],
  ['*://*.example.com/*', 'https://api.example.com/v1', true],
  ['*://*.example.com/*', 'https://example.com.evil.invalid/v1', false],
  ['app://kiosk/*', 'app://kiosk/index.html', true],
  ['http://localhost/*', 'http://localhost:8080/a', true],
] as const)('matches the filter %s against %s: %s', ([pattern, url, isMatch]) => {
  expect(matchesPattern(pattern, url)).toBe(isMatch);
});
