import { defineConfig } from 'vite';

/**
 * One ES module for Electron's main process and one for its storage thread, with what both need beside them; the
 * native SQLite and Electron itself stay outside.
 */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    ssr: true,
    outDir: '../dist/main',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      input: { index: 'main/index.ts', 'storage-worker': 'main/storage/storage-worker.ts' },
      external: ['electron', 'better-sqlite3'],
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', format: 'es' },
    },
  },
  ssr: { noExternal: true, external: ['electron', 'better-sqlite3'] },
});
