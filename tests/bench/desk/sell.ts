import type { ReaderCommand } from '../../../preload/contract/reader.ts';
import type { BenchDesk } from './bench-desk.ts';

/** How long the stretches of one sale took, in milliseconds. */
export interface SaleTimes {
  /** From the reader's "processed" at the router to the capture request leaving Stripe's client. */
  readonly toCapture: number;
  /** On to the snapshot that says paid in the window's hands. */
  readonly toApproved: number;
}

/** What the customer chooses. */
export const lines = [
  { itemId: 'evening-flow', quantity: 1 },
  { itemId: 'mat-rental', quantity: 1 },
];

/** Called at the points between which a sale's own work is looked at. */
export interface Watch {
  readonly tapped?: () => void;
  readonly captureSent?: () => void;
  readonly approved?: () => void;
}

/**
 * One sale from the cart to the receipt, the page and the reader played without delay. What crosses to the window and back is cloned, as
 * Electron does it.
 */
export async function sell(desk: BenchDesk, watch: Watch = {}): Promise<SaleTimes> {
  const page = new SalePage(desk);
  try {
    const { saleId } = (await page.ask('sale:start', { lines })) as { saleId: string };
    await page.ask('sale:confirm', { saleId });
    const collect = await page.commanded('collect');
    const { attemptId } = collect;
    const report = (kind: 'awaiting_card' | 'collected') =>
      page.ask('reader:report', {
        ownerId: saleId,
        attemptId,
        commandId: collect.commandId,
        report: { kind },
      });
    await report('awaiting_card');
    await report('collected');
    const { commandId } = await page.commanded('process');
    const intent = paymentIntentOf(collect);
    desk.stripe.approve(intent);

    const captureLeft = page.captureLeaves(watch.captureSent);
    const paid = page.paid(watch.approved);
    watch.tapped?.();
    const startedMs = performance.now();
    const answered = page.ask('payment:capture', { ownerId: saleId, attemptId, commandId });
    const capturedMs = await captureLeft;
    const paidMs = await paid;
    await answered;
    await page.ask('sale:dismiss', { saleId });
    desk.stripe.forget(intent);
    return { toCapture: capturedMs - startedMs, toApproved: paidMs - startedMs };
  } finally {
    page.close();
  }
}

/** The PaymentIntent that a collect is for. */
export function paymentIntentOf(command: ReaderCommand): string {
  if (command.kind !== 'collect' || command.collect.for !== 'payment') {
    throw new Error('only the collect of a payment carries its secret');
  }
  const [id] = command.collect.clientSecret.split('_secret_');
  if (id === undefined) throw new Error('a client secret begins with its PaymentIntent');
  return id;
}

/** The window's side of one sale. */
export class SalePage {
  readonly #desk: BenchDesk;
  readonly #unlisten: () => void;
  #onCommand: (command: ReaderCommand) => void = () => undefined;
  #onPaid: (atMs: number) => void = () => undefined;
  readonly #commands: ReaderCommand[] = [];

  constructor(desk: BenchDesk) {
    this.#desk = desk;
    this.#unlisten = desk.events.on((name, payload) => {
      const arrived: unknown = structuredClone(payload);
      if (name === 'reader:commanded') {
        const command = arrived as ReaderCommand;
        this.#commands.push(command);
        this.#onCommand(command);
      } else if (name === 'kiosk:changed') {
        const { sale } = arrived as { sale: { state: string } | null };
        if (sale?.state === 'paid') this.#onPaid(performance.now());
      }
    });
  }

  async ask(channel: string, request: unknown): Promise<unknown> {
    const answer = await this.#desk.ask(channel, structuredClone(request));
    if (!answer.ok) throw new Error(`${channel} was refused: ${answer.error.code}`);
    return structuredClone(answer.value);
  }

  /** The reader's next command of this kind, or the one that came already. */
  commanded(kind: ReaderCommand['kind']): Promise<ReaderCommand> {
    const come = this.#commands.find((command) => command.kind === kind);
    if (come !== undefined) return Promise.resolve(come);
    return new Promise((resolve) => {
      this.#onCommand = (command) => {
        if (command.kind === kind) resolve(command);
      };
    });
  }

  captureLeaves(then: () => void = () => undefined): Promise<number> {
    return new Promise((resolve) => {
      this.#desk.stripe.onLeaving = ({ method, path }) => {
        if (method !== 'POST' || !path.endsWith('/capture')) return;
        resolve(performance.now());
        then();
      };
    });
  }

  paid(then: () => void = () => undefined): Promise<number> {
    return new Promise((resolve) => {
      this.#onPaid = (atMs) => {
        resolve(atMs);
        then();
      };
    });
  }

  close(): void {
    this.#unlisten();
    this.#desk.stripe.onLeaving = () => undefined;
  }
}

/** The page tells of a reader that is ready. */
export async function connectReader(desk: BenchDesk): Promise<void> {
  const status = { connection: 'connected', payment: 'ready', label: 'bench', problem: null };
  const answer = await desk.ask('reader:status', status);
  if (!answer.ok) throw new Error('the reader was not taken note of');
}
