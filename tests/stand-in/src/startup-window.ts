import type { CdpConnection } from './cdp.ts';

/** What the window that Chromium opens at its start shows until an app takes it. */
export const startupUrl = 'data:text/html,';

const taken = new WeakSet<CdpConnection>();
const looksMax = 50;
const lookEveryMs = 100;

/**
 * A window for a page. The first one on a display is the one Chromium opened at its start, which has no
 * tabs and no address bar: DevTools can't ask for such a window later.
 */
export async function openTarget(connection: CdpConnection, hasDisplay: boolean): Promise<string> {
  const first = hasDisplay && !taken.has(connection);
  taken.add(connection);
  const startup = first ? await startupTarget(connection) : undefined;
  if (startup !== undefined) return startup;
  const { targetId } = await connection.browser.send('Target.createTarget', {
    url: 'about:blank',
    newWindow: true,
  });
  return targetId;
}

async function startupTarget(connection: CdpConnection): Promise<string | undefined> {
  for (let look = 0; look < looksMax; look += 1) {
    const { targetInfos } = await connection.browser.send('Target.getTargets');
    const page = targetInfos.find(({ type, url }) => type === 'page' && url === startupUrl);
    if (page !== undefined) return page.targetId;
    await new Promise((resolve) => {
      setTimeout(resolve, lookEveryMs);
    });
  }
  return undefined;
}
