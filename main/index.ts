import { runKiosk } from './electron/run-kiosk.ts';

runKiosk();
