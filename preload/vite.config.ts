import { defineConfig } from 'vite';

/** One CommonJS file: a sandboxed preload can require nothing but `electron`. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: '../dist/preload',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    lib: { entry: 'index.ts', formats: ['cjs'], fileName: () => 'index.cjs' },
    rolldownOptions: { external: ['electron'] },
  },
});
