import { parentPort } from 'node:worker_threads';

parentPort?.postMessage('from the worker');
