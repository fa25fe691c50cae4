import { openBenchDesk } from './bench-desk.ts';
import { mark } from './mark.ts';
import { connectReader, sell } from './sell.ts';

/* A process that sells and marks the points of each sale, to be watched by strace. */

const [, , file = '', sales = '0', end = 'close'] = process.argv;
const desk = openBenchDesk(file);
await connectReader(desk);
for (let sale = 0; sale < Number(sales); sale += 1) {
  await sell(desk, {
    tapped: () => mark('tapped'),
    captureSent: () => mark('captureSent'),
    approved: () => mark('approved'),
  });
}
if (end === 'kill') process.kill(process.pid, 'SIGKILL');
await desk.close();
