import { guards } from './all-guards.ts';
import { plant } from './plant.ts';

/*
 * A process of its own for one planted bug: the text is changed before anything of the product is loaded. Begun by
 * tests/tools/guards.ts with the guard's name, the number of seeds and the customers in each.
 */
const [name, seeds, sales] = process.argv.slice(2);
const guard = guards.find((one) => one.name === name);
if (guard === undefined) throw new Error(`there is no guard ${String(name)}`);
plant(guard);
const { detect } = await import('./detect.ts');
process.send?.(await detect(guard.promise, guard, Number(seeds), Number(sales)));
process.disconnect();
