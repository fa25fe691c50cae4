import type { CommandName } from '../../../preload/contract/channels.ts';
import { type KioskBridge, requestSchemas } from '../../../preload/contract/contract.ts';
import type { Snapshot } from '../../../preload/contract/kiosk.ts';
import type {
  ReaderCommand,
  ReaderReport,
  ReaderStatus,
} from '../../../preload/contract/reader.ts';

/** The report of a command, or that main was asked to capture after it. */
interface Told {
  readonly commandId: string;
  readonly report: ReaderReport | 'capture';
}

type Listener = (payload: never) => void;

/** Main, as the reader's driver meets it: keeps what it is asked, refuses what is not of the contract's form. */
export class RecordingBridge {
  readonly asked: { readonly name: CommandName; readonly request: unknown }[] = [];
  readonly misshapen: { readonly name: CommandName; readonly request: unknown }[] = [];
  /** Names that are refused, as main refuses what is not possible now. */
  readonly refused = new Set<CommandName>();
  /** Names whose answer is lost on its way. */
  readonly lost = new Set<CommandName>();
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly bridge: KioskBridge;

  constructor() {
    const ask = (name: CommandName, request: unknown): Promise<unknown> =>
      this.#answer(name, request);
    const on = (name: string, listener: Listener): (() => void) => {
      const listeners = this.#listeners.get(name) ?? new Set();
      this.#listeners.set(name, listeners.add(listener));
      return () => listeners.delete(listener);
    };
    this.bridge = { ask, on } as KioskBridge;
  }

  command(command: ReaderCommand): void {
    this.#tell('reader:commanded', command);
  }

  show(snapshot: Snapshot): void {
    this.#tell('kiosk:changed', snapshot);
  }

  /** Who still listens to anything. */
  listening(): readonly string[] {
    return [...this.#listeners].filter(([, heard]) => heard.size > 0).map(([name]) => name);
  }

  /** What was told of commands, in order. */
  told(): readonly Told[] {
    return this.asked.flatMap(({ name, request }): readonly Told[] => {
      if (name === 'reader:report') {
        const { commandId, report } = requestSchemas[name].parse(request);
        return [{ commandId, report }];
      }
      if (name !== 'payment:capture') return [];
      return [{ commandId: requestSchemas[name].parse(request).commandId, report: 'capture' }];
    });
  }

  /** How the reader is, as last told. */
  status(): ReaderStatus | undefined {
    const last = this.asked.findLast(({ name }) => name === 'reader:status');
    return last === undefined ? undefined : requestSchemas['reader:status'].parse(last.request);
  }

  #tell(name: string, payload: unknown): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never);
  }

  #answer(name: CommandName, request: unknown): Promise<unknown> {
    if (!requestSchemas[name].safeParse(request).success) {
      this.misshapen.push({ name, request });
      return Promise.resolve(refusal('bad_request'));
    }
    this.asked.push({ name, request });
    if (this.lost.has(name)) return Promise.reject(new Error('the answer was lost'));
    if (this.refused.has(name)) return Promise.resolve(refusal('not_now'));
    const value = name === 'connection-token:create' ? { secret: 'pst_scripted' } : null;
    return Promise.resolve({ ok: true, value });
  }
}

function refusal(code: string): object {
  return { ok: false, error: { code, messageKey: code, retryable: true } };
}
