import { assertNever } from './domain/assert.ts';
import { commerceLayer } from './backends/commerce-layer/commerce-layer.ts';
import { marianaTek } from './backends/mariana-tek/mariana-tek.ts';
import { companion, type Companion } from './backends/platform-http/companion.ts';
import { portal } from './backends/portal/portal.ts';
import type { Backend } from './open-backend.ts';
import { noCompanionKey } from './settings/platform-problems.ts';
import type { PlatformSettings } from './settings/platform-settings.ts';
import type { UsableKey } from './settings/secret-key.ts';
import type { Settings } from './settings/read-settings.ts';

export interface PlatformOptions {
  readonly platform: PlatformSettings;
  readonly token: string;
  readonly settings: Settings;
  /** The companion's; null without one. */
  readonly key: UsableKey | null;
  readonly timeoutMs: number;
  readonly onDate: (serverMs: number) => void;
  /** A platform's own name for one of its answers, for support. */
  readonly onTrace: (trace: string) => void;
  /** Why it refused, in a sentence for staff that repeats nothing of the platform's own text. */
  readonly onRefused: (sentence: string) => void;
}

/** The selling platform of the settings, with a key of Stripe's beside it where it needs one. */
export function openPlatform(options: PlatformOptions): Backend {
  const { platform, token, settings, timeoutMs, onDate } = options;
  const { url, mode } = platform;
  const { location, reader } = settings.stripe;
  const around = { url, token, timeoutMs, onDate };
  const common = { mode, studio: null, close: () => Promise.resolve() };
  switch (platform.system) {
    case 'mariana-tek': {
      const stripeUrl = settings.stripe.apiBase;
      const made = marianaTek({ ...around, mode, location: platform.location, stripeUrl });
      const cardStore = { fromPayment: null, setups: made.cardKeeping };
      return { ...common, ...made, cardStore, reader: { location: null, id: reader } };
    }
    case 'portal': {
      const made = portal({ ...around, ...platform, token, companion: besideIt(options) });
      return { ...common, ...made, reader: { location, id: reader } };
    }
    case 'commerce-layer': {
      const { onTrace, onRefused } = options;
      const { role, connectedAccount } = platform;
      const made = commerceLayer({
        ...around,
        mode,
        role,
        ...(connectedAccount === null ? {} : { connectedAccount }),
        companion: besideIt(options),
        ...(connectedAccount === null ? {} : { connectedAccount }),
        onTrace,
        onRefused,
      });
      return { ...common, ...made, reader: { location, id: reader } };
    }
    default:
      return assertNever(platform);
  }
}

/** Refuses, by SettingsProblem, a platform that documents too little to be used without a key of Stripe's. */
function besideIt({ platform, settings, key, timeoutMs, onDate }: PlatformOptions): Companion {
  if (key === null) throw noCompanionKey(settings, platform);
  const { apiBase, location } = settings.stripe;
  return companion({ secretKey: key.secretKey, apiBase, timeoutMs, location, onDate });
}
