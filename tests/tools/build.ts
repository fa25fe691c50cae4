import { run } from './run-command.ts';

const parts = ['main', 'preload', 'renderer'] as const;

/** Builds the three parts of the app into `dist/`. Rejects with what the builder said. */
export async function build(): Promise<void> {
  const results = await Promise.all(
    parts.map((part) => run('vite', ['build', '--config', `${part}/vite.config.ts`])),
  );
  for (const [index, { code, output }] of results.entries()) {
    if (code !== 0) throw new Error(`Building ${parts[index] ?? ''} failed:\n${output}`);
  }
}
