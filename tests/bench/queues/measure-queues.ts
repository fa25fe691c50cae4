import path from 'node:path';
import type { Figure } from '../figure.ts';
import { openOurs } from '../ours.ts';
import { inTurn, timesOf } from '../rounds.ts';
import type { Scale } from '../scale.ts';
import { median, pairedRatio } from '../statistics.ts';
import { rawSync } from '../raw-sync.ts';
import { foyerQueue } from './foyer-queue.ts';
import { openworkflowQueue } from './openworkflow-queue.ts';
import { plainjobQueue } from './plainjob-queue.ts';
import type { InForce, Queue } from './queue.ts';
import { rawRows } from './raw-rows.ts';

/** Enough commits for every log to have been full once: one that must grow costs half as much again. */
const warmUpRows = 600;

/** What a job carries: what our rows hold. */
function payloads(): () => { readonly key: string; readonly sale: string; readonly kind: string } {
  let count = 0;
  return () => {
    count += 1;
    const sale = `sale_${String(count).padStart(21, '0')}`;
    return { key: `foyer_${sale}_capture_0`, sale, kind: 'payment_intent.capture' };
  };
}

/** Enqueue, and claim with completion, against a raw commit, plainjob and openworkflow at the same durability. */
export async function measureQueues(folder: string, scale: Scale): Promise<readonly Figure[]> {
  const file = (name: string): string => path.join(folder, `${name}.db`);
  const ours = openOurs(file('queue-foyer'));
  const foyer = foyerQueue(ours);
  const plainjob = plainjobQueue(file('queue-plainjob'), payloads());
  const openworkflow = openworkflowQueue(file('queue-openworkflow'), payloads());
  const queues = { foyer, plainjob, openworkflow };
  foyer.prepare(warmUpRows + scale.rounds * scale.rowsPerRound);
  for (const queue of Object.values(queues)) await warmUp(queue);

  const like = { db: ours.db, table: 'outbox', vary: ['owner', 'idempotency_key'] };
  const raw = rawRows(file('queue-raw'), like);
  for (let go = 0; go < warmUpRows; go += 1) raw.insert();
  refuseUnequal({ raw: raw.inForce, ...mapped(queues, ({ inForce }) => inForce) });
  const sync = rawSync(file('sync'));

  const rows = scale.rowsPerRound;
  const rounds = await inTurn(scale.rounds, {
    ...mapped(queues, (queue) => () => filledAndDrained(queue, rows)),
    raw: () => filled(rows, () => raw.insert()),
    sync: () => filled(rows, () => sync.overwrite()),
  });
  sync.close();
  raw.close();
  for (const queue of Object.values(queues)) await queue.close();

  const enqueue = mapped(rounds, (all) => all.map(({ enqueueMs }) => enqueueMs));
  const { foyer: ourRounds, plainjob: plainjobRounds, openworkflow: openworkflowRounds } = rounds;
  const perSecond = mapped(
    { foyer: ourRounds, plainjob: plainjobRounds, openworkflow: openworkflowRounds },
    (all) => all.map((round) => round.perSecond),
  );
  const against = (other: keyof typeof queues): number =>
    pairedRatio(perSecond.foyer, perSecond[other]);
  const jobs = `${scale.rounds} interleaved rounds of ${rows} rows`;
  return [
    {
      name: 'durable enqueue against one raw commit',
      value: pairedRatio(enqueue.foyer, enqueue.raw),
      unit: 'x',
      target: { atMost: 1.3 },
      how: `Ledger.enqueue of a capture ÷ one better-sqlite3 commit of the same row into a table of the same columns and indexes; WAL, FULL, full-length log; ${jobs}, median of each round's p50`,
    },
    {
      name: 'claim and complete against plainjob',
      value: against('plainjob'),
      unit: 'x',
      target: { atLeast: 1.2 },
      how: `rows per second, nextDue + finish with the call's record ÷ plainjob's own calls with FULL; ${jobs}`,
    },
    {
      name: 'claim and complete against openworkflow',
      value: against('openworkflow'),
      unit: 'x',
      target: { atLeast: 2 },
      how: `rows per second ÷ openworkflow's backend as it ships (FULL); ${jobs}`,
    },
    ...mappedList(perSecond, (name, values) => ({
      name: `claim and complete, ${name}`,
      value: median(values),
      unit: '/s',
      target: null,
      how: jobs,
    })),
    ...mappedList(enqueue, (name, values) => ({
      name: name === 'sync' ? 'raw 4 KiB overwrite and fsync' : `durable enqueue, ${name}`,
      value: median(values),
      unit: 'ms',
      target: null,
      how: name === 'raw' ? `one raw better-sqlite3 commit; ${jobs}` : jobs,
    })),
  ];
}

async function warmUp(queue: Queue): Promise<void> {
  for (let go = 0; go < warmUpRows; go += 1) await queue.enqueue();
  for (let go = 0; go < warmUpRows; go += 1) await queue.claimAndComplete();
}

interface Round {
  /** The median of the round's enqueues, in milliseconds. */
  readonly enqueueMs: number;
  /** Rows claimed and completed a second, by the median of the round's; 0 where nothing is claimed. */
  readonly perSecond: number;
}

async function filled(rows: number, enqueue: () => unknown): Promise<Round> {
  const times = await timesOf(rows, enqueue);
  return { enqueueMs: median(times), perSecond: 0 };
}

/** Never more rows wait than one round's: openworkflow gets slower with each of them. */
async function filledAndDrained(queue: Queue, rows: number): Promise<Round> {
  const { enqueueMs } = await filled(rows, () => queue.enqueue());
  const times = await timesOf(rows, () => queue.claimAndComplete());
  return { enqueueMs, perSecond: 1_000 / median(times) };
}

/** Durability is what is bought: who has less of it is no match. */
function refuseUnequal(inForce: Readonly<Record<string, InForce>>): void {
  for (const [name, { journalMode, synchronous }] of Object.entries(inForce)) {
    if (journalMode === 'wal' && synchronous === 2) continue;
    throw new Error(`${name} has ${journalMode}/${synchronous} in force, not wal/2`);
  }
}

function mapped<Name extends string, From, To>(
  record: Readonly<Record<Name, From>>,
  change: (value: From) => To,
): Record<Name, To> {
  const names = Object.keys(record) as Name[];
  return Object.fromEntries(names.map((name) => [name, change(record[name])])) as Record<Name, To>;
}

function mappedList<From>(
  record: Readonly<Record<string, From>>,
  change: (name: string, value: From) => Figure,
): readonly Figure[] {
  return Object.entries(record).map(([name, value]) => change(name, value));
}
