import path from 'node:path';
import type { Figure } from '../figure.ts';
import { anAnswer, claim, type OurFile, openOurs } from '../ours.ts';
import { inTurn } from '../rounds.ts';
import type { Scale } from '../scale.ts';
import { median, pairedRatio } from '../statistics.ts';
import { seedOutbox } from './seed-outbox.ts';

const claimsPerRound = 40;
/** The log has been full once, and the file's first pages are in memory. */
const warmUpRounds = 5;

interface Round {
  readonly claimMs: number;
  readonly finishedMs: number;
}

/** The time of a claim while few and very many rows wait, or have ended. */
export async function measureClaims(folder: string, scale: Scale): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const state of ['waiting', 'done'] as const) {
    figures.push(...(await measureState(folder, scale, state)));
  }
  return figures;
}

async function measureState(
  folder: string,
  scale: Scale,
  state: 'waiting' | 'done',
): Promise<readonly Figure[]> {
  const rounds = scale.rounds * 2;
  const sizes = { few: scale.fewRows, some: scale.someRows, many: scale.manyRows };
  const claimable = (warmUpRounds + rounds) * claimsPerRound;
  const opened = (rows: number): OurFile => {
    const file = path.join(folder, `claim-${state}-${rows}.db`);
    // The head of the queue is the same everywhere; what lies behind it differs.
    seedOutbox(file, { rows: rows + claimable, state, claimable });
    return openOurs(file, 'boot_0000000001');
  };
  const files = { few: opened(sizes.few), some: opened(sizes.some), many: opened(sizes.many) };
  const contenders = {
    few: () => claimsOf(files.few),
    some: () => claimsOf(files.some),
    many: () => claimsOf(files.many),
  };
  await inTurn(warmUpRounds, contenders);
  const measured = await inTurn(rounds, contenders);
  for (const file of Object.values(files)) file.close();

  const word = state === 'waiting' ? 'waiting' : 'finished';
  const claims = (size: keyof typeof sizes) => measured[size].map(({ claimMs }) => claimMs);
  const pairs = (size: keyof typeof sizes) => measured[size].map(({ finishedMs }) => finishedMs);
  const how = `${rounds} interleaved rounds of ${claimsPerRound}, median of each round's p50`;
  const names = `${sizes.many} against ${sizes.few} ${word} rows`;
  return [
    {
      name: `claim, ${names}`,
      value: pairedRatio(claims('many'), claims('few')),
      unit: 'x',
      target: { atMost: 1.1 },
      how: `nextDue alone, which reads and does not write; ${how}`,
    },
    {
      name: `claim and complete, ${names}`,
      value: pairedRatio(pairs('many'), pairs('few')),
      unit: 'x',
      target: { atMost: 1.1 },
      how: `nextDue and finish, with its commit: what the other queues' claims are measured with; ${how}`,
    },
    ...(['few', 'some', 'many'] as const).map((size) => ({
      name: `claim, ${sizes[size]} ${word} rows`,
      value: median(claims(size)),
      unit: 'ms' as const,
      target: null,
      how,
    })),
  ];
}

function claimsOf({ ledger }: OurFile): Round {
  const claimMs: number[] = [];
  const finishedMs: number[] = [];
  for (let go = 0; go < claimsPerRound; go += 1) {
    const startedMs = performance.now();
    const row = claim(ledger, Date.now());
    const claimedMs = performance.now();
    ledger.finish(row, 'done', anAnswer, Date.now());
    claimMs.push(claimedMs - startedMs);
    finishedMs.push(performance.now() - startedMs);
  }
  return { claimMs: median(claimMs), finishedMs: median(finishedMs) };
}
