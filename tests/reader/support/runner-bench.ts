import { vi } from 'vitest';
import { CommandRunner } from '../../../renderer/reader/command-runner.ts';
import type { Connected } from '../../../renderer/reader/reader-connection.ts';
import { paymentWord } from '../../../renderer/reader/terminal-words.ts';
import { RecordingBridge } from './recording-bridge.ts';
import { ScriptedTerminal } from './scripted-terminal.ts';

/** A command runner between a scripted Terminal and a main that keeps what it hears. */
export class RunnerBench {
  readonly terminal = new ScriptedTerminal();
  readonly main = new RecordingBridge();
  readonly runner: CommandRunner;
  /** How the next connectings end, first to last; then each succeeds at once. */
  readonly connects: (() => Promise<Connected>)[] = [];
  connectCount = 0;
  reconnectCount = 0;
  /** How often a new page was asked for. */
  newPages = 0;

  constructor() {
    const connect = (): Promise<Connected> =>
      this.connects.shift()?.() ?? Promise.resolve({ kind: 'connected', label: 'Front desk' });
    this.runner = new CommandRunner({
      bridge: this.main.bridge,
      terminal: this.terminal.wire({
        onPaymentStatusChange: ({ status }) => {
          if (paymentWord(status) === 'waiting_for_input') this.runner.promptShown();
        },
      }),
      connect: () => {
        this.connectCount += 1;
        return connect();
      },
      reconnect: () => {
        this.reconnectCount += 1;
        return connect();
      },
      onSilent: () => {
        this.newPages += 1;
      },
    });
  }
}

/** Lets everything that is due now happen, and what `ms` milliseconds bring. */
export async function pass(ms = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}
