import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { startTrainingStripe } from '../../main/training/http-server.ts';
import { ApiError } from '../../main/training/model/api-error.ts';
import { mishaps, readFault } from '../../main/training/model/endpoints/read-fault.ts';
import { formFrom } from '../../main/training/model/form/form-value.ts';
import { Params } from '../../main/training/model/form/params.ts';
import { parseStartState } from '../../main/training/model/start/parse-start-state.ts';
import type { StartState } from '../../main/training/model/start/start-state.ts';
import { StartStateError } from '../../main/training/model/start/start-state-error.ts';
import type { ServerDrivenFault } from '../../main/training/model/terminal/server-driven-fault.ts';
import { findTestCard } from '../../main/training/model/test-cards.ts';
import { endWithParent } from './end-with-parent.ts';

/** How long a customer seems to look for the card, in milliseconds. */
const autoPresentAfterMs = 1500;

const help = `The simulated Stripe of training mode, alone, for any Stripe client.

  npm run simulator -- [--port N] [--seed FILE] [--card NAME] [--fault MISHAP]...

  --port N      Listen on this port. Without it, the system chooses a free one.
  --seed FILE   Begin with what this JSON file holds: locations, readers, customers,
                payment_intents. Without it, the ledger is empty.
  --card NAME   Show this test card, such as visa, to every prompt after a moment. Without it, a
                prompt waits for POST /v1/test_helpers/terminal/readers/ID/present_payment_method.
  --fault MISHAP
                Arm a mishap, such as connection_error,authorized=true. tmr_1:MISHAP is for one
                reader. May be given more than once.
  --help        Show this.

Mishaps can be armed at any time by POST /v1/test_helpers/training/readers/ID/faults with kind=...
and called off by DELETE. These are known:
  ${mishaps.join('\n  ')}

It prints its address and its key and runs until Ctrl+C. Nothing is kept.`;

/** What a person can put right; told without a stack. */
class Refusal extends Error {}

interface Options {
  readonly help: boolean;
  readonly port: number;
  readonly seed: string | undefined;
  readonly card: string | undefined;
  readonly faults: readonly ArmedAtStart[];
}

interface ArmedAtStart {
  readonly reader: string | null;
  readonly fault: ServerDrivenFault;
}

function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '0' },
        seed: { type: 'string' },
        card: { type: 'string' },
        fault: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      throw new Refusal(`--port ${values.port} is no port: give a whole number from 1 to 65535.`);
    }
    const { help: wanted, seed, card } = values;
    if (card !== undefined && findTestCard(card) === undefined) {
      throw new Refusal(`--card ${card} is no test card: use a name such as visa.`);
    }
    return { help: wanted, port, seed, card, faults: values.fault.map(readMishap) };
  } catch (error) {
    if (error instanceof Refusal) {
      throw error;
    }
    const why = error instanceof Error ? error.message : String(error);
    throw new Refusal(`${why}\nSee --help for what can be given.`);
  }
}

/** Reads `tmr_1:connection_error,authorized=true`; without a reader it is for any. */
function readMishap(text: string): ArmedAtStart {
  const [, reader, mishap = text] = /^(tmr_\w+):(.*)$/.exec(text) ?? [];
  const [kind = '', ...fields] = mishap.split(',');
  const given = fields.map((field) => {
    const [name = '', value = ''] = field.split('=', 2);
    return [name, value] as const;
  });
  const params = new Params(formFrom({ kind, ...Object.fromEntries(given) }));
  try {
    const fault = readFault(params);
    params.done();
    return { reader: reader ?? null, fault };
  } catch (error) {
    if (error instanceof ApiError) {
      throw new Refusal(`--fault ${text}: ${error.message}`);
    }
    throw error;
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
  const { help: wanted, port, seed, card, faults } = readOptions();
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
    autoPresent:
      card === undefined ? null : { testPaymentMethod: card, afterMs: autoPresentAfterMs },
    onBug: (error) => {
      console.error(error);
    },
  }).catch((error: unknown) => {
    throw explain(error, port, seed);
  });
  for (const { fault, reader } of faults) {
    server.readers.arm(fault, reader);
  }
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
