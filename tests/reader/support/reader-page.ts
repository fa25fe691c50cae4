import type { StripeTerminal, TerminalProps } from '@stripe/terminal-js';
import { vi } from 'vitest';
import type { Snapshot } from '../../../preload/contract/kiosk.ts';
import { startReader } from '../../../renderer/reader/start-reader.ts';
import { aSnapshot } from '../../renderer/support/snapshots.ts';
import { RecordingBridge } from './recording-bridge.ts';
import { ScriptedTerminal } from './scripted-terminal.ts';

let create: ((props: TerminalProps) => unknown) | null = null;

/** Stripe's loader keeps the first SDK it finds for good, so there is one for all pages of a test file. */
const sdk = {
  create: (props: TerminalProps) => create?.(props),
} as unknown as StripeTerminal;

/** A page with a scripted SDK on it, before its reader is started. One at a time. */
export class ReaderPage {
  readonly terminal = new ScriptedTerminal().unconnected();
  readonly main = new RecordingBridge();
  /** True when the SDK cannot make a Terminal. */
  breaksOnCreate = false;
  created: TerminalProps | null = null;
  reloads = 0;
  readonly #window = new EventTarget();

  constructor() {
    create = (props) => this.#create(props);
    vi.stubGlobal('window', Object.assign(this.#window, { StripeTerminal: sdk }));
    vi.stubGlobal('location', {
      reload: () => {
        this.reloads += 1;
      },
    });
  }

  start(part: Partial<Snapshot> = {}): () => void {
    return startReader(this.main.bridge, aSnapshot(part));
  }

  /** Somebody touches the screen or a key. */
  touch(event: 'pointerdown' | 'keydown'): void {
    this.#window.dispatchEvent(new Event(event));
  }

  #create(props: TerminalProps): unknown {
    if (this.breaksOnCreate) throw new Error('broken by the script');
    this.created = props;
    return this.terminal.wire(props);
  }
}
