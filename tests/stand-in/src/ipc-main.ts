import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { EventEmitter } from 'node:events';
import type { Reply } from './preload-bridge.ts';
import { writeClone } from './structured-clone.ts';
import type { WebContentsImpl } from './web-contents.ts';

type Handler = Parameters<IpcMain['handle']>[1];

type Implemented = Pick<IpcMain, 'handle' | 'handleOnce' | 'removeHandler'>;

function senderOf(contents: WebContentsImpl) {
  return {
    type: 'frame' as const,
    sender: contents.facade,
    senderFrame: contents.isDestroyed() ? null : contents.mainFrame,
    frameId: contents.mainFrame.routingId,
    processId: contents.mainFrame.processId,
  };
}

/** `ipcMain`: what pages ask through their preload scripts, answered in Electron's words. */
export class IpcMainImpl extends EventEmitter implements Implemented {
  private readonly handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    if (typeof handler !== 'function') {
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    }
    this.handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args: unknown[]): unknown => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  }

  /** Answers one `ipcRenderer.invoke`. */
  invoked(
    contents: WebContentsImpl,
    id: number,
    channel: string,
    args: readonly unknown[],
    reply: Reply,
  ): void {
    this.answer(contents, channel, args).then(
      (result) => {
        reply({ kind: 'answer', id, result });
      },
      (error: unknown) => {
        console.error(`Error occurred in handler for '${channel}':`, error);
        reply({ kind: 'failure', id, error: String(error) });
      },
    );
  }

  /** Delivers one `ipcRenderer.send`. */
  sent(contents: WebContentsImpl, channel: string, args: readonly unknown[]): void {
    const event: Partial<IpcMainEvent> = {
      ...(senderOf(contents) as object),
      ports: [],
      reply: (answerChannel: string, ...answerArgs: unknown[]) => {
        contents.send(answerChannel, ...answerArgs);
      },
    };
    this.emit(channel, event, ...args);
  }

  private async answer(contents: WebContentsImpl, channel: string, args: readonly unknown[]) {
    const handler = this.handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    const event = senderOf(contents) as object as IpcMainInvokeEvent;
    return writeClone(await (handler(event, ...args) as unknown));
  }
}
