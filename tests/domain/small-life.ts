import fc from 'fast-check';
import { provedNotCharged } from '../../main/domain/sale.ts';
import { type Led, SmallWorld } from './small-world.ts';

/** After the adversary's choices have run out everything goes well: then each sale must end within this many steps. */
const stepsToAnEnd = 150;

export interface Lived {
  readonly world: SmallWorld;
  /** Moments at which the screen could have said "nothing was charged" while money was held or taken. */
  readonly lies: readonly string[];
}

/** Plays a whole life by these choices. */
export function live(
  choices: readonly number[],
  readsComeLate: boolean,
  led: Led = 'by_page',
): Lived {
  let place = 0;
  const choose = (options: number): number => {
    const chosen = choices[place] ?? 0;
    place += 1;
    return chosen % options;
  };
  const world = new SmallWorld(choose, readsComeLate, led);
  const lies: string[] = [];
  let calm = 0;
  while (!world.isOver && calm < stepsToAnEnd) {
    if (!world.happen()) break;
    if (place >= choices.length) calm += 1;
    const [intent] = world.intents;
    const hasMoney = intent?.status === 'requires_capture' || intent?.status === 'succeeded';
    if (provedNotCharged(world.sale) && hasMoney) lies.push(world.journal.join('\n'));
  }
  return { world, lies };
}

/** Half of them harmless, so that lives get far; and long, so that much can still go wrong there. */
export const choices = fc.array(
  fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 59 }) }),
  { minLength: 20, maxLength: 120, size: 'max' },
);
