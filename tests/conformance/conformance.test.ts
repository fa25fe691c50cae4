import { afterAll, afterEach, describe, test } from 'vitest';
import { abilitiesOf } from './abilities-of.ts';
import { JoinedKiosk, type System, systems } from './joined-kiosk.ts';
import { type Cell, printMatrix } from './matrix.ts';
import { scenarios } from './scenarios.ts';

/** A name is written out in full only where it is a test's first word. */
const named = scenarios.map((scenario) => [scenario.name, scenario] as const);

/** What became of each scenario behind each system. */
const cells = new Map<string, Cell>();
let joined: JoinedKiosk | null = null;

afterEach(async () => {
  await joined?.close();
  joined = null;
});

afterAll(() => {
  printMatrix(
    scenarios.map(({ name }) => name),
    cells,
  );
});

describe.each<System>(systems)('behind %s', (system) => {
  test.each(named)('%s', async (name, { options, isSupported, tell, otherwise }) => {
    const here = await JoinedKiosk.open(system, options);
    joined = here;
    cells.set(`${name}/${system}`, 'FAILED');
    if (isSupported?.(abilitiesOf[system]) ?? true) {
      await tell(here);
      cells.set(`${name}/${system}`, 'pass');
    } else {
      if (otherwise === undefined) throw new Error('A cell that is not supported says so.');
      await otherwise(here);
      cells.set(`${name}/${system}`, 'not supported');
    }
  });
});
