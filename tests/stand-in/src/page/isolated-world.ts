import { cloneRefusal, readValue, writeClone } from '../structured-clone.ts';
import { BridgeEndpoint } from './bridge-endpoint.ts';
import { EventEmitter } from './page-emitter.ts';
import { bindingName, receiverName } from './wire-messages.ts';
import type { FromPage, PreloadConfig, ToPage } from './wire-messages.ts';

type Preload = (
  require: (name: string) => unknown,
  module: { exports: object },
  exports: object,
  process: object,
  global: typeof globalThis,
) => void;

function takeBinding(): (message: FromPage) => void {
  const binding: unknown = Reflect.get(globalThis, bindingName);
  if (typeof binding !== 'function') throw new Error('The stand-in did not bind this world.');
  return (message) => {
    Reflect.apply(binding, undefined, [JSON.stringify(message)]);
  };
}

class IpcRenderer extends EventEmitter {
  private readonly tell: (message: FromPage) => void;
  private readonly waiting = new Map<number, PromiseWithResolvers<unknown>>();
  private lastId = 0;

  constructor(tell: (message: FromPage) => void) {
    super();
    this.tell = tell;
  }

  async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
    const id = ++this.lastId;
    const waiting = Promise.withResolvers<unknown>();
    this.tell({ kind: 'invoke', id, channel, args: writeClone(args) });
    this.waiting.set(id, waiting);
    try {
      return await waiting.promise;
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`);
    }
  }

  send(channel: string, ...args: unknown[]): void {
    this.tell({ kind: 'send', channel, args: writeClone(args) });
  }

  hear(message: ToPage): void {
    if (message.kind === 'message') {
      const args = readValue(message.args);
      this.emit(message.channel, { sender: this, ports: [] }, ...(args as unknown[]));
      return;
    }
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.kind === 'answer') waiting?.resolve(readValue(message.result));
    // The text is already whole, as Electron sends it: only the wrapping words are added above.
    else waiting?.reject(message.error);
  }
}

function refuseTheRest(name: string, implemented: object): object {
  return new Proxy(implemented, {
    get(target, property): unknown {
      if (property in target || typeof property === 'symbol' || property === 'then') {
        return Reflect.get(target, property, target);
      }
      throw new Error(`not implemented by the stand-in: ${name}.${property}`);
    },
  });
}

/**
 * Runs a preload script as Electron's sandbox does: CommonJS in one file, whose `require` knows
 * `electron`, `events`, `timers` and `url` only.
 * https://www.electronjs.org/docs/latest/tutorial/sandbox#preload-scripts
 */
export function runPreload(config: PreloadConfig, preload: Preload): void {
  if (window.top !== window) return;
  const tell = takeBinding();
  const bridge = new BridgeEndpoint(config.secret, 'preload');
  bridge.offer((url, frameName, features) => {
    tell({
      kind: 'window-open',
      url: String(url),
      frameName: String(frameName),
      features: String(features),
    });
  });
  const ipcRenderer = new IpcRenderer(tell);
  Object.defineProperty(globalThis, receiverName, {
    value: (message: ToPage) => {
      ipcRenderer.hear(message);
    },
  });
  const contextBridge = {
    exposeInMainWorld(key: string, value: unknown): void {
      try {
        bridge.expose(key, value);
      } catch (error) {
        throw error instanceof Error && error.message === cloneRefusal
          ? new Error(`contextBridge.exposeInMainWorld('${key}'): ${cloneRefusal}`)
          : error;
      }
    },
  };
  const modules: Readonly<Record<string, unknown>> = {
    electron: refuseTheRest('electron', {
      contextBridge: refuseTheRest('contextBridge', contextBridge),
      ipcRenderer: refuseTheRest('ipcRenderer', ipcRenderer),
    }),
    events: Object.assign(EventEmitter, { EventEmitter }),
    timers: { setTimeout, clearTimeout, setInterval, clearInterval },
    url: { URL, URLSearchParams },
  };
  const require = (name: string): unknown => {
    const plain = name.replace(/^node:/, '').replace('electron/renderer', 'electron');
    if (!Object.hasOwn(modules, plain)) throw new Error(`module not found: ${name}`);
    return modules[plain];
  };
  const process = {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    platform: config.platform,
    arch: config.arch,
    versions: config.versions,
    argv: config.argv,
    env: config.env,
  };
  const module = { exports: {} };
  try {
    preload(require, module, module.exports, refuseTheRest('process', process), globalThis);
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    tell({ kind: 'preload-error', message, stack });
  }
}
