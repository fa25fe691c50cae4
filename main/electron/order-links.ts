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
  // A page that loads gives up the sale at review: an order that comes before the first one waits for it.
  let isPageThere = false;
  let waiting = linkAmong(process.argv);
  const open = (link: string): void => {
    if (isPageThere) openLink(kiosk, link);
    else waiting = link;
  };
  app.once('web-contents-created', (_event, contents) => {
    contents.once('did-finish-load', () => {
      isPageThere = true;
      if (waiting !== null) openLink(kiosk, waiting);
      waiting = null;
    });
  });
  app.on('open-url', (event, link) => {
    event.preventDefault();
    open(link);
  });
  app.on('second-instance', (_event, words) => {
    const link = linkAmong(words);
    if (link !== null) open(link);
  });
}

function openLink({ openOrder, log }: Pick<Kiosk, 'openOrder' | 'log'>, link: string): void {
  const answer = openOrder(link);
  if (answer?.kind !== 'done') {
    log.write('warn', 'order.link_refused', { why: answer?.why ?? 'closed' });
  }
}

function linkAmong(words: readonly string[]): string | null {
  return words.find((word) => word.toLowerCase().startsWith(`${scheme}:`)) ?? null;
}
