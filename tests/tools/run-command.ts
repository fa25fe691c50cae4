import { spawn } from 'node:child_process';
import path from 'node:path';

export const projectRoot = path.resolve(import.meta.dirname, '..', '..');

export interface Finished {
  readonly code: number;
  /** Standard output and error, as they came. */
  readonly output: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Shows the output while it comes. */
  readonly show?: boolean;
}

/** Runs a program of this project's `node_modules/.bin`, or of the machine, in the project's folder. */
export function run(
  program: string,
  args: readonly string[],
  { env = {}, show = false }: RunOptions = {},
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: projectRoot,
      env: { ...process.env, PATH: binFirst(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      if (show) process.stderr.write(chunk);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => {
      resolve({ code: 127, output: `${output}${error.message}\n` });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? 1, output });
    });
  });
}

/** The project's own programs, Node 24 among them, come before the machine's. */
function binFirst(): string {
  const bin = path.join(projectRoot, 'node_modules', '.bin');
  return `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`;
}
