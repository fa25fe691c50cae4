/**
 * Chromium knows no scheme of the app's own, so `app://kiosk/x` is shown to it as
 * `https://kiosk.app.invalid/x`: `.invalid` never resolves (RFC 2606), and https makes the page a
 * secure context with a real origin. These functions are the only place that knows both names.
 */
export class SchemeMapping {
  private readonly schemes = new Set<string>();

  /** Takes a scheme into the mapping. */
  add(scheme: string): void {
    this.schemes.add(scheme);
  }

  has(scheme: string): boolean {
    return this.schemes.has(scheme);
  }

  /** The address under which Chromium knows `url`; other addresses stay as they are. */
  toChromium(url: string): string {
    const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^]*)$/i.exec(url);
    const [, scheme = '', host = '', rest = ''] = parts ?? [];
    if (!this.schemes.has(scheme.toLowerCase())) return url;
    return `https://${host}.${scheme.toLowerCase()}.invalid${rest === '' ? '/' : rest}`;
  }

  /** The app's own address for one of Chromium's; other addresses stay as they are. */
  fromChromium(url: string): string {
    const parts = /^https:\/\/([^/?#]*)\.([a-z][a-z0-9+-]*)\.invalid(?=[/?#]|$)([^]*)$/i.exec(url);
    const [, host = '', scheme = '', rest = ''] = parts ?? [];
    return this.schemes.has(scheme) ? `${scheme}://${host}${rest}` : url;
  }

  /** The scheme that an address of Chromium's belongs to, when it is one of the app's own. */
  schemeOf(chromiumUrl: string): string | undefined {
    const own = this.fromChromium(chromiumUrl);
    return own === chromiumUrl ? undefined : own.slice(0, own.indexOf(':'));
  }

  /** The origin of one of the app's own addresses as Electron writes it: `app://kiosk`. */
  originOf(url: string): string {
    const own = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(url);
    if (own && this.schemes.has((own[1] ?? '').toLowerCase())) return own[0];
    return URL.canParse(url) ? new URL(url).origin : 'null';
  }

  /** A header's text with the app's own origins replaced by Chromium's. */
  headerToChromium(text: string): string {
    let mapped = text;
    for (const scheme of this.schemes) {
      mapped = mapped
        .replaceAll(
          new RegExp(`\\b${scheme}://([a-z0-9.-]+)`, 'gi'),
          (_whole, host: string) => `https://${host}.${scheme}.invalid`,
        )
        .replaceAll(
          new RegExp(`(^|[\\s;,])${scheme}:(?=[\\s;,]|$)`, 'gi'),
          `$1https://*.${scheme}.invalid`,
        );
    }
    return mapped;
  }

  /** Patterns for Chromium's request interception that catch every address of the app's own. */
  patterns(): string[] {
    return [...this.schemes].map((scheme) => `https://*.${scheme}.invalid/*`);
  }
}
