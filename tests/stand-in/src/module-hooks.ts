import { registerHooks } from 'node:module';

const names: ReadonlySet<string> = new Set(['electron', 'electron/main', 'electron/common']);

/**
 * Lets `import … from 'electron'` and `require('electron')` find the stand-in: both are led to the
 * one CommonJS file at `moduleUrl`, whose names an ES module can import.
 */
export function serveElectronModule(moduleUrl: string): void {
  registerHooks({
    resolve(specifier, context, next) {
      if (!names.has(specifier)) return next(specifier, context);
      return { url: moduleUrl, format: 'commonjs', shortCircuit: true };
    },
  });
}
