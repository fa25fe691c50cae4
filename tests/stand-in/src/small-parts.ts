import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Display, Menu, PowerSaveBlocker } from 'electron';
import { StandInEmitter } from './emitter.ts';
import { notImplemented, refuseTheRest } from './not-implemented.ts';

/** `Menu`, as far as a kiosk goes, which has none: any menu may be built, and none is shown. */
export function menuClass(): object {
  let applicationMenu: Menu | null = null;
  return refuseTheRest('Menu', {
    setApplicationMenu: (menu: Menu | null) => {
      applicationMenu = menu;
    },
    getApplicationMenu: () => applicationMenu,
    buildFromTemplate: (template: readonly object[]) =>
      refuseTheRest<Menu>('Menu', { items: template.map((item) => ({ ...item })) }),
  });
}

/** `powerMonitor`: a machine that never sleeps; a test may emit what it wants. */
export function powerMonitor(): object {
  const emitter = new StandInEmitter('powerMonitor', [
    'lock-screen',
    'on-ac',
    'on-battery',
    'resume',
    'shutdown',
    'suspend',
    'unlock-screen',
  ]);
  return refuseTheRest('powerMonitor', emitter);
}

/** `powerSaveBlocker`: counts what is being held awake. */
export function powerSaveBlocker(): PowerSaveBlocker {
  const held = new Set<number>();
  let lastId = -1;
  return {
    start: () => {
      held.add(++lastId);
      return lastId;
    },
    stop: (id) => held.delete(id),
    isStarted: (id) => held.has(id),
  };
}

/** `screen`: one display of a common size. */
export function screen(): object {
  const area = { x: 0, y: 0, width: 1920, height: 1080 };
  const display = refuseTheRest<Display>('display', {
    id: 1,
    label: 'stand-in',
    bounds: area,
    workArea: area,
    size: { width: area.width, height: area.height },
    workAreaSize: { width: area.width, height: area.height },
    scaleFactor: 1,
    rotation: 0,
    internal: false,
    touchSupport: 'unknown',
  });
  const emitter = new StandInEmitter('screen', [
    'display-added',
    'display-metrics-changed',
    'display-removed',
  ]);
  return refuseTheRest(
    'screen',
    Object.assign(emitter, {
      getPrimaryDisplay: () => display,
      getAllDisplays: () => [display],
    }),
  );
}

/** `dialog`: there is nobody to press a button, so an error box is words on stderr. */
export function dialog(): object {
  return refuseTheRest('dialog', {
    showErrorBox: (title: string, content: string) => {
      console.error(`${title}\n${content}`);
    },
  });
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mp3': 'audio/mpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.wav': 'audio/x-wav',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

async function fetchFile(url: URL): Promise<Response> {
  const path = fileURLToPath(url);
  let content: Buffer;
  try {
    content = await readFile(path);
  } catch (cause) {
    throw new Error('net::ERR_FILE_NOT_FOUND', { cause });
  }
  const type = contentTypes[extname(path)];
  return new Response(new Uint8Array(content), {
    headers: type === undefined ? {} : { 'content-type': type },
  });
}

/** `net`: files as a protocol handler reads them, and the rest of the network by Node's `fetch`. */
export function net(): object {
  return refuseTheRest('net', {
    fetch: async (input: string | URL | Request, init?: RequestInit) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.protocol === 'file:') return fetchFile(url);
      if (/^https?:$/.test(url.protocol)) return fetch(input, init);
      throw notImplemented(`net.fetch of ${url.protocol}`);
    },
    isOnline: () => true,
  });
}
