import { app } from 'electron';
import type { Kiosk } from '../kiosk.ts';

/** The scheme of links to a platform's order: `foyer://order?id=…`. */
const scheme = 'foyer';

/**
 * A link to a platform's order, opened in another program on this computer, brings the order to the screen. It comes as
 * an argument of a start, of a second start, or on macOS as an event.
 * https://www.electronjs.org/docs/latest/tutorial/launch-app-from-url-in-another-app
 */
export function openOrderLinks(kiosk: Pick<Kiosk, 'openOrder' | 'log'>): void {
  app.setAsDefaultProtocolClient(scheme);
  const open = (link: string): void => {
    const answer = kiosk.openOrder(link);
    if (answer?.kind === 'refused') {
      kiosk.log.write('warn', 'order.link_refused', { why: answer.why });
    }
  };
  const openFirst = (words: readonly string[]): void => {
    const link = words.find((word) => word.toLowerCase().startsWith(`${scheme}:`));
    if (link !== undefined) open(link);
  };
  app.on('open-url', (event, link) => {
    event.preventDefault();
    open(link);
  });
  app.on('second-instance', (_event, words) => {
    openFirst(words);
  });
  openFirst(process.argv);
}
