import { createContext } from 'svelte';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import type { CurrencyView } from '../../preload/contract/money.ts';
import type { Say } from './text.ts';

/** How this page speaks: its words, and how it writes times and amounts. */
export interface Voice {
  readonly t: Say;
  readonly locale: Snapshot['locale'];
  readonly currency: CurrencyView;
}

const [useVoice, provideVoice] = createContext<Voice>();

export { provideVoice, useVoice };
