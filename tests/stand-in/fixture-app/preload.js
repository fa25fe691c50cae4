// A sandboxed preload script is one CommonJS file, whatever its package says of other files.
/* eslint-disable @typescript-eslint/no-require-imports -- see the line above */
const { contextBridge, ipcRenderer } = require('electron');

function modulesThatCannotBeRequired() {
  return ['fs', 'node:child_process', './main.ts'].filter((name) => {
    try {
      require(name);
      return false;
    } catch {
      return true;
    }
  });
}

contextBridge.exposeInMainWorld('fixture', {
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  send: (channel, ...args) => ipcRenderer.send(channel, ...args),
  onMessage: (channel, listener) => {
    const hear = (_event, ...args) => listener(...args);
    ipcRenderer.on(channel, hear);
    return () => ipcRenderer.removeListener(channel, hear);
  },
  add: (a, b) => a + b,
  sandboxed: process.sandboxed,
  refusedModules: modulesThatCannotBeRequired(),
});
