import type { Wire } from '../structured-clone.ts';

/** The name of the isolated world that preload scripts live in, and of the binding it tells main by. */
export const preloadWorld = 'Electron Isolated Context';
export const bindingName = '__standInTell';
export const receiverName = '__standInHear';

/** What the preload's world tells the main process. */
export type FromPage =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: Wire }
  | { readonly kind: 'send'; readonly channel: string; readonly args: Wire }
  | {
      readonly kind: 'window-open';
      readonly url: string;
      readonly frameName: string;
      readonly features: string;
    }
  | { readonly kind: 'preload-error'; readonly message: string; readonly stack: string };

/** What the main process tells the preload's world. */
export type ToPage =
  | { readonly kind: 'answer'; readonly id: number; readonly result: Wire }
  | { readonly kind: 'failure'; readonly id: number; readonly error: string }
  | { readonly kind: 'message'; readonly channel: string; readonly args: Wire };

/** What the stand-in tells a preload script about the world it wakes up in. */
export interface PreloadConfig {
  /** The name of the event by which this window's two worlds talk. */
  readonly secret: string;
  readonly platform: string;
  readonly arch: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}
