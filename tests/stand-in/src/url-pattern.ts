function toExpression(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
}

/**
 * Tells whether an address matches a pattern of Chromium's extensions, which Electron uses in
 * `webRequest` filters: https://developer.chrome.com/docs/extensions/develop/concepts/match-patterns
 */
export function matchesPattern(pattern: string, url: string): boolean {
  if (pattern === '<all_urls>') return true;
  const [, scheme = '*', host = '*', path = '/*'] =
    /^(\*|[a-z][a-z0-9+.-]*):\/\/([^/]*)(\/.*)?$/i.exec(pattern) ?? [];
  const schemes = scheme === '*' ? '(https?|wss?)' : toExpression(scheme);
  const hosts = host.startsWith('*.')
    ? `([^/]*\\.)?${toExpression(host.slice(2))}`
    : toExpression(host).replaceAll('.*', '[^/]*');
  return new RegExp(`^${schemes}://${hosts}(:\\d+)?${toExpression(path)}$`, 'i').test(url);
}
