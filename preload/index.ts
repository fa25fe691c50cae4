import { contextBridge, ipcRenderer } from 'electron';
import { commandNames, eventNames } from './contract/channels.ts';
import type { Events, KioskBridge } from './contract/contract.ts';

const commands = new Set<string>(commandNames);
const events = new Set<string>(eventNames);

/** The bridge: named commands out, named events in. There is no generic `send`. */
const bridge: KioskBridge = {
  ask(name, request) {
    if (!commands.has(name)) {
      return Promise.reject(new Error(`There is no command ${name}.`));
    }
    return ipcRenderer.invoke(name, request);
  },
  on(name, listener) {
    if (!events.has(name)) throw new Error(`There is no event ${name}.`);
    const heard = (_event: unknown, payload: Events[typeof name]): void => {
      listener(payload);
    };
    ipcRenderer.on(name, heard);
    return () => {
      ipcRenderer.removeListener(name, heard);
    };
  },
};

contextBridge.exposeInMainWorld('kiosk', bridge);
