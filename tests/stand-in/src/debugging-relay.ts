import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { FrameCutter, textFrame } from './websocket-frames.ts';
import type { Frame } from './websocket-frames.ts';

/** What the relay asks of and tells to the rest of the stand-in. */
export interface RelayListener {
  /** A debugger, not the page, is about to navigate this target. */
  onDebuggerNavigation(targetId: string): void;
}

/** Commands that Chromium would obey and Electron refuses: pages are made by the app alone. */
const refused: ReadonlySet<string> = new Set([
  'Target.createTarget',
  'Target.createBrowserContext',
]);

const navigations: ReadonlySet<string> = new Set([
  'Page.navigate',
  'Page.reload',
  'Page.navigateToHistoryEntry',
]);

interface Command {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: { readonly sessionId?: string; readonly targetInfo?: { targetId: string } };
}

/** Reads a whole text message; a message in several frames is of no interest to the relay. */
function readMessage(frame: Frame): Command | undefined {
  if (frame.opcode !== 1 || !frame.isFinal) return undefined;
  try {
    return JSON.parse(frame.payload.toString()) as Command;
  } catch {
    return undefined;
  }
}

class RelayedClient {
  private readonly targetOf = new Map<string, string>();
  private readonly client: Socket;
  private readonly chromium: Socket;
  private readonly listener: RelayListener;

  constructor(client: Socket, chromium: Socket, listener: RelayListener) {
    this.client = client;
    this.chromium = chromium;
    this.listener = listener;
  }

  fromClient(frame: Frame): void {
    const { id, method, sessionId } = readMessage(frame) ?? {};
    if (method !== undefined && refused.has(method)) {
      const error = { code: -32_000, message: 'Not supported' };
      this.client.write(textFrame(JSON.stringify({ id, error, sessionId })));
      return;
    }
    const targetId = this.targetOf.get(sessionId ?? '');
    if (method !== undefined && targetId !== undefined && navigations.has(method)) {
      this.listener.onDebuggerNavigation(targetId);
    }
    this.chromium.write(frame.raw);
  }

  fromChromium(frame: Frame): void {
    // Only announcements of targets are read; the rest, screenshots among it, is passed on unread.
    if (frame.payload.subarray(0, 64).includes('Target.attachedToTarget')) {
      const { sessionId, targetInfo } = readMessage(frame)?.params ?? {};
      if (sessionId !== undefined && targetInfo) {
        this.targetOf.set(sessionId, targetInfo.targetId);
      }
    }
    this.client.write(frame.raw);
  }
}

/** Splits off the HTTP head of a WebSocket's opening, once all of it has come. */
class HeadCutter {
  private bytes: Buffer = Buffer.alloc(0);

  cut(chunk: Buffer): { head: string; rest: Buffer } | undefined {
    this.bytes = Buffer.concat([this.bytes, chunk]);
    const end = this.bytes.indexOf('\r\n\r\n');
    if (end < 0) return undefined;
    return { head: this.bytes.toString('latin1', 0, end), rest: this.bytes.subarray(end + 4) };
  }
}

/** Passes whole frames to `take` after the HTTP head, which `takeHead` may rewrite and pass on. */
function readFrames(
  socket: Socket,
  takeHead: (head: string) => void,
  take: (frame: Frame) => void,
): void {
  const heads = new HeadCutter();
  const frames = new FrameCutter();
  let isOpen = false;
  socket.on('data', (chunk: Buffer) => {
    let bytes = chunk;
    if (!isOpen) {
      const found = heads.cut(chunk);
      if (!found) return;
      isOpen = true;
      takeHead(found.head);
      bytes = found.rest;
    }
    for (const frame of frames.cut(bytes)) take(frame);
  });
}

function relay(client: Socket, target: URL, listener: RelayListener): void {
  const chromium = connect(Number(target.port), target.hostname);
  const relayed = new RelayedClient(client, chromium, listener);
  for (const [here, there] of [
    [client, chromium],
    [chromium, client],
  ] as const) {
    here.setNoDelay(true);
    here.on('error', () => there.destroy());
    here.on('close', () => there.destroy());
  }
  readFrames(
    client,
    (head) => {
      // Without extensions frames stay uncompressed and can be read.
      const lines = head
        .split('\r\n')
        .filter((line) => !/^(host|sec-websocket-extensions|origin):/i.test(line))
        .map((line, index) => (index === 0 ? `GET ${target.pathname} HTTP/1.1` : line));
      chromium.write(`${[...lines, `Host: ${target.host}`].join('\r\n')}\r\n\r\n`, 'latin1');
    },
    (frame) => {
      relayed.fromClient(frame);
    },
  );
  readFrames(
    chromium,
    (head) => client.write(`${head}\r\n\r\n`, 'latin1'),
    (frame) => {
      relayed.fromChromium(frame);
    },
  );
}

/**
 * Opens the debugging address that Playwright is told of: all goes through to Chromium but what
 * Electron refuses. Resolves to the address.
 */
export async function openRelay(chromiumUrl: string, listener: RelayListener): Promise<string> {
  const target = new URL(chromiumUrl);
  const server = createServer((client) => {
    relay(client, target, listener);
  });
  const { promise: listening, resolve } = Promise.withResolvers<undefined>();
  server.listen(0, '127.0.0.1', () => {
    resolve(undefined);
  });
  await listening;
  const { port } = server.address() as AddressInfo;
  return `ws://127.0.0.1:${port}${target.pathname}`;
}
