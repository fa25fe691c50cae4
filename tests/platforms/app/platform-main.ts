import { runKiosk } from '../../../main/electron/run-kiosk.ts';
import { openRun } from './open-run.ts';
import { readPlatformRun } from './platform-run.ts';

/* The product's Electron program, but that it sells for a platform's proof server, which it starts itself. */

runKiosk({ openBackend: openRun(readPlatformRun(process.env)) });
