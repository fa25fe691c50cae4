/**
 * Lets each of several do its work once a round, in turn, and returns what they measured in the order of the rounds.
 * The order turns from round to round, so that nobody always runs behind the same neighbour.
 */
export async function inTurn<Contenders extends Readonly<Record<string, () => unknown>>>(
  rounds: number,
  contenders: Contenders,
): Promise<Measured<Contenders>> {
  const names = Object.keys(contenders);
  const measured: Record<string, unknown[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length] ?? '';
      measured[name]?.push(await contenders[name]?.());
    }
  }
  return measured as Measured<Contenders>;
}

type Measured<Contenders extends Readonly<Record<string, () => unknown>>> = {
  readonly [Name in keyof Contenders]: readonly Awaited<ReturnType<Contenders[Name]>>[];
};

/** How long each of `count` goes of `work` took, in milliseconds; what it promises is awaited. */
export async function timesOf(count: number, work: () => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let go = 0; go < count; go += 1) {
    const startedMs = performance.now();
    await work();
    times.push(performance.now() - startedMs);
  }
  return times;
}
