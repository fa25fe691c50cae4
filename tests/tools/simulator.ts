import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { startTrainingStripe } from '../../main/training/http-server.ts';
import { parseStartState } from '../../main/training/model/start/parse-start-state.ts';
import type { StartState } from '../../main/training/model/start/start-state.ts';
import { StartStateError } from '../../main/training/model/start/start-state-error.ts';
import { endWithParent } from './end-with-parent.ts';

const help = `The simulated Stripe of training mode, alone, for any Stripe client.

  npm run simulator -- [--port N] [--seed FILE]

  --port N      Listen on this port. Without it, the system chooses a free one.
  --seed FILE   Begin with what this JSON file holds: locations, readers, customers,
                payment_intents. Without it, the ledger is empty.
  --help        Show this.

It prints its address and its key and runs until Ctrl+C. Nothing is kept.`;

/** What a person can put right; told without a stack. */
class Refusal extends Error {}

function readOptions(): { help: boolean; port: number; seed: string | undefined } {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '0' },
        seed: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      throw new Refusal(`--port ${values.port} is no port: give a whole number from 1 to 65535.`);
    }
    return { help: values.help, port, seed: values.seed };
  } catch (error) {
    if (error instanceof Refusal) {
      throw error;
    }
    const why = error instanceof Error ? error.message : String(error);
    throw new Refusal(`${why}\nSee --help for what can be given.`);
  }
}

function readStart(file: string): StartState {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    const detail = error instanceof Error ? error.message : String(error);
    throw new Refusal(`${file} ${why}: ${detail}. Mend the file, or start without --seed.`);
  }
  const parsed = parseStartState(value);
  if (parsed.kind === 'refused') {
    const faults = parsed.faults.map(({ field, message }) => `${file}: ${field}: ${message}.`);
    throw new Refusal(`${faults.join('\n')}\nMend the file, or start without --seed.`);
  }
  return parsed.state;
}

function explain(error: unknown, port: number, seed: string | undefined): Error {
  if (error instanceof StartStateError) {
    return new Refusal(`${seed ?? 'The seed'}: ${error.field}: ${error.message} Mend the file.`);
  }
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') {
    return new Refusal(
      `Port ${port} is in use. Give another by --port, or none to have one chosen.`,
    );
  }
  if (code === 'EACCES') {
    return new Refusal(`Port ${port} is not allowed to you. Give one above 1023 by --port.`);
  }
  return error instanceof Error ? error : new Error(String(error));
}

async function run(): Promise<void> {
  const { help: wanted, port, seed } = readOptions();
  if (wanted) {
    console.log(help);
    return;
  }
  const start = seed === undefined ? undefined : readStart(seed);
  const clock = {
    nowMs: () => Date.now(),
    sleep: (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }),
  };
  const server = await startTrainingStripe({
    clock,
    port,
    ...(start === undefined ? {} : { start }),
    onBug: (error) => {
      console.error(error);
    },
  }).catch((error: unknown) => {
    throw explain(error, port, seed);
  });
  console.log(`The simulated Stripe listens at ${server.url}`);
  console.log(`Its key is ${server.secretKey}`);
  console.log('Ctrl+C ends it.');
  const { promise, resolve } = Promise.withResolvers<undefined>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      resolve(undefined);
    });
  }
  endWithParent(() => {
    resolve(undefined);
  });
  await promise;
  await server.close();
}

try {
  await run();
} catch (error) {
  if (!(error instanceof Refusal)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
