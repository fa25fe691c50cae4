import { defineConfig } from 'vite';

/** One ES module for Electron's main process; the native SQLite and Electron itself stay outside. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    ssr: 'index.ts',
    outDir: '../dist/main',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      external: ['electron', 'better-sqlite3'],
      output: { entryFileNames: 'index.js', format: 'es' },
    },
  },
  ssr: { noExternal: true, external: ['electron', 'better-sqlite3'] },
});
