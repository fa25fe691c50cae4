import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bundle, bundleKioskProcess } from './bundle.ts';
import { everyPoint, sampledPoints } from './campaign.ts';
import { scenarios } from './scenarios.ts';

let bundle: Bundle;

beforeAll(async () => {
  bundle = await bundleKioskProcess();
});

afterAll(() => {
  bundle.remove();
});

function campaign(name: string): Parameters<typeof everyPoint>[0] {
  return {
    scenarios: scenarios.filter((scenario) => scenario.name === name),
    processFile: bundle.file,
    lanes: 2,
    signal: new AbortController().signal,
    onScenario: () => undefined,
  };
}

/** Some fifty processes are started and killed; a busy machine takes its time over that. Milliseconds. */
const everyPointLimitMs = 300_000;

test(
  'a kiosk killed at any point of a simple sale leaves it paid once or not at all',
  async () => {
    const [tally] = await everyPoint(campaign('approved'));

    expect(tally?.violations).toEqual([]);
    expect(tally?.kills).toBeGreaterThan(30);
  },
  everyPointLimitMs,
);

test('a scenario that does not end as its story says is a violation', async () => {
  const [approved] = campaign('approved').scenarios;
  const wrongStory = { ...approved!, ends: ['canceled'] };

  const [tally] = await sampledPoints({
    ...campaign('approved'),
    scenarios: [wrongStory],
    lanes: 1,
    seed: 1,
    seconds: 0.001,
  });

  expect(tally?.violations).toContainEqual({
    scenario: 'approved',
    point: null,
    what: 'it ended paid and not canceled',
  });
});

test('every scenario has a name of its own', () => {
  const names = scenarios.map(({ name }) => name);

  expect(names.length).toBeGreaterThanOrEqual(30);
  expect(new Set(names).size).toBe(names.length);
});
