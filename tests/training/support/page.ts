import type {
  ErrorResponse,
  ExposedError,
  Reader,
  StripeTerminal,
  Terminal,
  TerminalProps,
} from '@stripe/terminal-js';

import { installSimulatedTerminal } from '../../../renderer/training/simulated-terminal/install.ts';
import { readerId, type Training } from './training.ts';

/** A page with the simulated SDK in it, and what it was told. */
export interface Page {
  readonly terminal: Terminal;
  /** Status changes and disconnects, in the order they came. */
  readonly told: string[];
}

/** Opens a page: a session of the readers, wired without any IPC between. */
export function openPage(
  training: Training,
  sessionId = 'page-1',
  props: Partial<TerminalProps> = {},
): Page {
  const told: string[] = [];
  const target: { StripeTerminal?: StripeTerminal } = {};
  installSimulatedTerminal(target, {
    call: (method, params) => training.readers.call(sessionId, method, params),
    onEvent: (listener) =>
      training.readers.onEvent((event) => {
        if (event.sessionId === sessionId) {
          listener(event);
        }
      }),
  });
  const terminal = target.StripeTerminal!.create({
    onFetchConnectionToken: async () =>
      (await training.stripe.terminal.connectionTokens.create()).secret,
    onUnexpectedReaderDisconnect: () => told.push('disconnect'),
    onConnectionStatusChange: ({ status }) => told.push(`connection ${status}`),
    onPaymentStatusChange: ({ status }) => told.push(`payment ${status}`),
    ...props,
  });
  return { terminal, told };
}

/** The value of a result that must not be an error. */
export function succeeded<Value extends object>(result: Value | ErrorResponse): Value {
  if ('error' in result) {
    throw new Error(`Expected success, got ${result.error.code ?? ''}: ${result.error.message}`);
  }
  return result;
}

/** The error of a result that must be one. */
export function failed(result: object): ExposedError {
  if (!('error' in result)) {
    throw new Error('Expected an error, got success.');
  }
  return (result as ErrorResponse).error;
}

/** Discovers the training readers and connects to one. */
export async function connect(page: Page, id: string = readerId): Promise<Reader> {
  const { discoveredReaders } = succeeded(await page.terminal.discoverReaders());
  const reader = discoveredReaders.find((candidate) => candidate.id === id)!;
  return succeeded(await page.terminal.connectReader(reader)).reader;
}

/** Opens a page that is connected to the front reader. */
export async function connectedPage(training: Training, sessionId = 'page-1'): Promise<Page> {
  const page = openPage(training, sessionId);
  await connect(page);
  page.told.length = 0;
  return page;
}
