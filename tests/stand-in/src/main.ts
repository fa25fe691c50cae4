import { runApp } from './start.ts';

const [executable = '', ...args] = process.argv.slice(2);
try {
  await runApp(executable, args);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
