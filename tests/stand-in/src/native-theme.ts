import type { NativeTheme } from 'electron';
import type { CdpSession } from './cdp.ts';
import { StandInEmitter } from './emitter.ts';
import type { ContentsRegistry } from './platform.ts';

type Source = NativeTheme['themeSource'];

/** `nativeTheme`: the colours that pages see. The system's own are taken to be light. */
export class NativeThemeImpl
  extends StandInEmitter
  implements Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors'>
{
  private source: Source = 'system';
  private readonly contents: ContentsRegistry;

  constructor(contents: ContentsRegistry) {
    super('nativeTheme', ['updated']);
    this.contents = contents;
  }

  get themeSource(): Source {
    return this.source;
  }

  set themeSource(source: Source) {
    const wasDark = this.shouldUseDarkColors;
    this.source = source;
    for (const contents of this.contents.all()) {
      contents.attached.then(async (page) => this.applyTo(page)).catch(() => undefined);
    }
    if (wasDark !== this.shouldUseDarkColors) this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.source === 'dark';
  }

  get shouldUseHighContrastColors(): boolean {
    return false;
  }

  get shouldUseInvertedColorScheme(): boolean {
    return false;
  }

  get prefersReducedTransparency(): boolean {
    return false;
  }

  async applyTo(page: CdpSession): Promise<void> {
    const value = this.source === 'system' ? '' : this.source;
    await page.send('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-color-scheme', value }],
    });
  }
}
