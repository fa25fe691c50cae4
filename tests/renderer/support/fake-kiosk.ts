import type { CatalogueView } from '../../../preload/contract/catalogue.ts';
import type { CommandName, EventName } from '../../../preload/contract/channels.ts';
import type { Snapshot } from '../../../preload/contract/kiosk.ts';

/** What the page finds in place of main. */
export interface FakeMain {
  readonly snapshot: Snapshot;
  readonly catalogue: CatalogueView;
  /** What other commands are answered with; null where nothing is given. */
  readonly answers?: Partial<Record<CommandName, unknown>>;
}

/** One thing the page asked for. */
export interface Asked {
  readonly name: CommandName;
  readonly request: unknown;
}

declare global {
  interface Window {
    /** The test's end of the fake bridge. */
    readonly fakeMain: {
      push(snapshot: Snapshot): void;
      tell(event: EventName, payload: unknown): void;
      /** The next answer to this command is a refusal with this code. */
      refuse(name: CommandName, code: string): void;
      /** From now on this command is answered with this. */
      answer(name: CommandName, value: unknown): void;
      readonly asked: Asked[];
    };
  }
}

/** Runs in the page before its own script: puts a bridge there that answers from `main`. */
export function installFakeKiosk(main: FakeMain): void {
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const refusals = new Map<string, string>();
  const asked: Asked[] = [];
  let snapshot = main.snapshot;

  const tell = (event: string, payload: unknown): void => {
    for (const listener of listeners.get(event) ?? []) listener(payload);
  };
  const given = new Map<string, unknown>(Object.entries(main.answers ?? {}));
  const answers: Partial<Record<CommandName, () => unknown>> = {
    'kiosk:attach': () => snapshot,
    'catalogue:read': () => main.catalogue,
  };
  Object.defineProperty(window, 'kiosk', {
    value: {
      ask(name: CommandName, request: unknown) {
        asked.push({ name, request });
        const code = refusals.get(name);
        refusals.delete(name);
        return Promise.resolve(
          code === undefined
            ? { ok: true, value: answers[name]?.() ?? given.get(name) ?? null }
            : { ok: false, error: { code, messageKey: code, retryable: true } },
        );
      },
      on(name: EventName, listener: (payload: unknown) => void) {
        const heard = listeners.get(name) ?? new Set();
        listeners.set(name, heard.add(listener));
        return () => heard.delete(listener);
      },
    },
  });
  // A reader SDK that is there and finds nothing, so that the reader's own affairs stay out of sight.
  const never = (): Promise<never> => new Promise(() => undefined);
  Object.defineProperty(window, 'StripeTerminal', {
    writable: true,
    value: {
      create: () => new Proxy({}, { get: () => never }),
    },
  });
  Object.defineProperty(window, 'fakeMain', {
    value: {
      asked,
      tell,
      push(next: Snapshot) {
        snapshot = { ...next, revision: snapshot.revision + 1 };
        tell('kiosk:changed', snapshot);
      },
      answer(name: string, value: unknown) {
        given.set(name, value);
      },
      refuse(name: string, code: string) {
        refusals.set(name, code);
      },
    },
  });
}
