/** A file that breaks one rule. `imports` is written as its only line. */
export interface Planted {
  readonly rule: string;
  readonly file: string;
  readonly imports: string;
}

/** What the planted files import; each exports one value and one type. */
export const stubs: readonly string[] = [
  'main/domain/stub.ts',
  'main/ports/stub.ts',
  'main/services/stub.ts',
  'main/storage/stub.ts',
  'main/backends/stripe/stub.ts',
  'main/settings/stub.ts',
  'main/ipc/stub.ts',
  'main/training/stub.ts',
  'main/electron/stub.ts',
  'main/real-clock.ts',
  'preload/contract/channels.ts',
  'preload/contract/sale.ts',
  'renderer/bridge/window-kiosk.ts',
  'renderer/screens/stub.ts',
  'tests/stub.ts',
];

const value = (from: string): string =>
  `import { stub } from '${from}';\nexport const used = stub;\n`;

/** At least one violation for each rule. */
export const planted: readonly Planted[] = [
  {
    rule: 'no-circular',
    file: 'main/services/round.ts',
    imports: `export { stub, used } from './round.ts';\n`,
  },
  { rule: 'no-unresolved', file: 'main/services/lost.ts', imports: value('./not-there.ts') },
  {
    rule: 'no-tests-in-the-product',
    file: 'main/services/tested.ts',
    imports: value('../../tests/stub.ts'),
  },
  {
    rule: 'electron-is-one-folder',
    file: 'main/services/electric.ts',
    imports: `import { app } from 'electron';\nexport const used = app;\n`,
  },
  {
    rule: 'domain-imports-only-itself',
    file: 'main/domain/reaching.ts',
    imports: value('../ports/stub.ts'),
  },
  {
    rule: 'domain-imports-only-itself',
    file: 'main/domain/hashing.ts',
    imports: `import { createHash } from 'node:crypto';\nexport const used = createHash;\n`,
  },
  {
    rule: 'ports-are-interfaces-over-the-domain',
    file: 'main/ports/concrete.ts',
    imports: value('../storage/stub.ts'),
  },
  {
    rule: 'ports-hold-no-code',
    file: 'main/ports/coded.ts',
    imports: value('../domain/stub.ts'),
  },
  {
    rule: 'services-know-domain-and-ports',
    file: 'main/services/stored.ts',
    imports: value('../storage/stub.ts'),
  },
  {
    rule: 'services-know-domain-and-ports',
    file: 'main/services/filed.ts',
    imports: `import { readFileSync } from 'node:fs';\nexport const used = readFileSync;\n`,
  },
  {
    rule: 'storage-knows-its-own-library',
    file: 'main/storage/charging.ts',
    imports: `import Stripe from 'stripe';\nexport const used = Stripe;\n`,
  },
  {
    rule: 'backends-know-their-own-library',
    file: 'main/backends/stripe/remembering.ts',
    imports: value('../../storage/stub.ts'),
  },
  {
    rule: 'mail-knows-its-own-library',
    file: 'main/mail/reaching.ts',
    imports: value('../settings/stub.ts'),
  },
  {
    rule: 'settings-stand-beside-storage',
    file: 'main/settings/serving.ts',
    imports: value('../services/stub.ts'),
  },
  {
    rule: 'log-knows-ports',
    file: 'main/log/nosy.ts',
    imports: value('../services/stub.ts'),
  },
  {
    rule: 'ipc-carries-between-contract-and-services',
    file: 'main/ipc/deep.ts',
    imports: value('../storage/stub.ts'),
  },
  {
    rule: 'training-is-a-stripe-of-its-own',
    file: 'main/training/knowing.ts',
    imports: value('../services/stub.ts'),
  },
  {
    rule: 'training-takes-stripes-types-only',
    file: 'main/training/borrowing.ts',
    imports: `import Stripe from 'stripe';\nexport const used = Stripe;\n`,
  },
  {
    rule: 'electron-only-carries',
    file: 'main/electron/deciding.ts',
    imports: value('../services/stub.ts'),
  },
  { rule: 'entry-only-starts', file: 'main/index.ts', imports: value('./services/stub.ts') },
  {
    rule: 'composition-is-main-without-electron',
    file: 'main/kiosk.ts',
    imports: value('./electron/stub.ts'),
  },
  {
    rule: 'support-rows-read-the-file',
    file: 'main/support-rows.ts',
    imports: value('./services/stub.ts'),
  },
  {
    rule: 'nobody-imports-the-composition',
    file: 'main/services/timed.ts',
    imports: value('../real-clock.ts'),
  },
  {
    rule: 'contract-stands-alone',
    file: 'preload/contract/leaning.ts',
    imports: value('../../main/domain/stub.ts'),
  },
  {
    rule: 'preload-names-channels',
    file: 'preload/index.ts',
    imports:
      `import { readFileSync } from 'node:fs';\n` +
      `import { stub } from './contract/sale.ts';\nexport const used = [readFileSync, stub];\n`,
  },
  {
    rule: 'preload-takes-only-channels-as-values',
    file: 'preload/index.ts',
    imports:
      `import { readFileSync } from 'node:fs';\n` +
      `import { stub } from './contract/sale.ts';\nexport const used = [readFileSync, stub];\n`,
  },
  {
    rule: 'renderer-stays-in-the-page',
    file: 'renderer/state/Reaching.svelte',
    imports: `<script lang="ts">\n${value('../../main/domain/stub.ts')}</script>\n`,
  },
  {
    rule: 'renderer-stays-in-the-page',
    file: 'renderer/state/parsing.ts',
    imports: `import { z } from 'zod';\nexport const used = z;\n`,
  },
  {
    rule: 'renderer-speaks-to-training-through-ipc',
    file: 'renderer/training/peeking.ts',
    imports: `import type { Stub } from '../../main/training/stub.ts';\nexport type Used = Stub;\n`,
  },
  {
    rule: 'renderer-takes-the-contract-as-types',
    file: 'renderer/state/heavy.ts',
    imports: value('../../preload/contract/sale.ts'),
  },
  {
    rule: 'terminal-sdk-is-one-folder',
    file: 'renderer/state/sdk.ts',
    imports: `import type { Terminal } from '@stripe/terminal-js';\nexport type Used = Terminal;\n`,
  },
  {
    rule: 'terminal-sdk-is-loaded-on-purpose',
    file: 'renderer/reader/eager.ts',
    imports: `import { loadStripeTerminal } from '@stripe/terminal-js';\nexport const used = loadStripeTerminal;\n`,
  },
  {
    rule: 'reader-knows-no-screens',
    file: 'renderer/reader/painting.ts',
    imports: value('../screens/stub.ts'),
  },
  {
    rule: 'screens-never-call-the-bridge',
    file: 'renderer/screens/calling.ts',
    imports: value('../bridge/window-kiosk.ts'),
  },
];
