import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { FromKiosk, ToKiosk } from './messages.ts';

/** How a kiosk process ended. */
export interface Death {
  /** True when it was killed at a point of its own. */
  readonly isKill: boolean;
  /** The point's number and name as it wrote them right before; empty when it ended otherwise. */
  readonly at: string;
  /** What it wrote to its standard error. */
  readonly complaints: string;
}

/** A kiosk process and the channel to it. */
export class KioskChild {
  readonly died: Promise<Death>;
  readonly #process: ChildProcess;
  readonly #ready: Promise<void>;
  #listener: (message: FromKiosk) => void = () => undefined;

  constructor(file: string) {
    const child = spawn(process.execPath, ['--no-warnings', file], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Nothing of the environment reaches the kiosk but what its order names.
      env: { TZ: 'UTC' },
    });
    this.#process = child;
    this.died = deathOf(child);
    this.#ready = new Promise((resolve, reject) => {
      child.on('message', (message: FromKiosk) => {
        if (message.kind === 'ready') resolve();
        else this.#listener(message);
      });
      void this.died.then(({ complaints }) => {
        reject(new Error(`The kiosk process did not start: ${complaints}`));
      });
    });
    this.#ready.catch(() => undefined);
  }

  get isAlive(): boolean {
    return this.#process.connected;
  }

  /** Resolves when its program is loaded. */
  ready(): Promise<void> {
    return this.#ready;
  }

  /** From now on `listener` alone hears it. */
  listen(listener: (message: FromKiosk) => void): void {
    this.#listener = listener;
  }

  /** A message to a process that has just died is lost, like any other. */
  send(message: ToKiosk): void {
    if (this.#process.connected) this.#process.send(message, () => undefined);
  }

  async end(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.died;
  }
}

async function deathOf(child: ChildProcess): Promise<Death> {
  let at = '';
  let complaints = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    at += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  // Everything it sent before it died is heard before its death is.
  const unheard = once(child, 'disconnect');
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  await unheard;
  return { isKill: signal === 'SIGKILL' && at !== '', at: at.trim(), complaints };
}
